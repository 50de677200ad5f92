import { defineOntology } from '../../../src/ontology/definition/define-ontology.ts';
import * as vocabulary from '../../../src/ontology/vocabulary.ts';
import { createSilkgraph, type Silkgraph } from '../../../src/service/silkgraph.ts';

/** The graph that a written module exports, without the package that it imports. */
export function graphOf(module: string): Silkgraph {
  const body = module
    .replace(/^import \{ (.*) \} from 'silkgraph';$/m, 'const { $1 } = silkgraph;')
    .replace('export const', 'const')
    .replace('export default', 'return');
  return new Function('silkgraph', body)({ ...vocabulary, defineOntology, createSilkgraph });
}
