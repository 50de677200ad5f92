import { identifierKeys } from './items.ts';
import { kindProperty } from './searched.ts';

export const IDENTIFIER_INDEX = 'entity_identifiers';

/** The index of the identifiers of all kinds: full text, since Neo4j has no other one of the items of lists, whole as they are. */
export const identifierIndex = `CREATE FULLTEXT INDEX ${IDENTIFIER_INDEX} IF NOT EXISTS FOR (entity:Entity) ON EACH [entity.${identifierKeys}, entity.${kindProperty}] OPTIONS { indexConfig: { \`fulltext.analyzer\`: 'keyword' } }`;

/** The Lucene query for entities with any of these keys, whatever characters these have. */
export const identifierQuery = (keys: readonly string[]): string =>
  keys.map((key) => `${identifierKeys}:"${key.replace(/[\\"]/g, '\\$&')}"`).join(' OR ');
