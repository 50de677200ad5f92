import { createHash } from 'node:crypto';
import { memoize } from '../../ontology/memoize.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import { foldedForm, kindProperty, searchedIn, slugProperty } from './searched.ts';

/** Begins the names of all indexes for search, so that those of an earlier ontology can be found. */
export const SEARCH_INDEX = 'entity_search';

interface SearchIndex {
  readonly name: string;
  readonly statement: string;
}

/**
 * The full-text index of an ontology: names, other names and texts of all kinds, each in the folded form in which queries
 * are compared with them. It is named after its properties, so that another ontology has another index.
 */
export const searchIndex: (ontology: Ontology) => SearchIndex = memoize((ontology: Ontology): SearchIndex => {
  // A role that sees a part of the graph searches the same index, in the fields of that part.
  if (ontology.partOf) return searchIndex(ontology.partOf);
  const { names, otherNames, texts } = searchedIn(ontology);
  const properties = [kindProperty, slugProperty, ...[...names, ...otherNames, ...texts].map(foldedForm)];
  const name = `${SEARCH_INDEX}_${createHash('sha256').update(properties.join(' ')).digest('hex').slice(0, 8)}`;
  // The analyser makes a word of each Chinese character, so that a phrase finds any run of them, and one alone too.
  const options = "{ indexConfig: { `fulltext.analyzer`: 'standard-no-stop-words' } }";
  const each = properties.map((property) => `entity.${property}`).join(', ');
  const statement = `CREATE FULLTEXT INDEX ${name} IF NOT EXISTS FOR (entity:Entity) ON EACH [${each}] OPTIONS ${options}`;
  return { name, statement };
});
