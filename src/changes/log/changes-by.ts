/**
 * Cypher that finds a `change` through the index of the log on these properties. While Neo4j has no statistics of an index
 * that has just grown, it would scan the whole index without this hint.
 */
export const changesBy = (...properties: readonly string[]): string =>
  `MATCH (change:\`_Change\`) USING INDEX SEEK change:\`_Change\`(${properties.join(', ')})`;
