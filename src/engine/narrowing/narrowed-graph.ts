import type { Ontology } from '../../ontology/ontology.ts';
import { GraphError } from '../graph/errors.ts';
import type { Graph } from '../graph/graph.ts';
import { narrowedText } from './narrowed-text.ts';

/** Silkgraph's own records of what was changed, in which everything is. */
const ofHistory = /:`?_(?:Change|ChangeLog|Tag)\b/;

const refused = (name: string) =>
  new GraphError('HIDDEN', `${name}: a role that sees a part of the graph asked for it.`);

/**
 * The part of a graph that a role sees, for reading: what is asked through it follows the ontology of the role. The log of
 * changes contains everything, and its numbers count everything, so none of it is read.
 */
export const narrowedGraph = (graph: Graph, ontology: Ontology): Graph => ({
  ontology,
  async read(statement, parameters, options) {
    if (ofHistory.test(statement.text)) throw refused(statement.name);
    return graph.read({ ...statement, text: narrowedText(ontology, statement.text) }, parameters, options);
  },
  write: () => Promise.reject(refused('write')),
});
