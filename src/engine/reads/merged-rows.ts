/**
 * Clauses that merge the rows that others find: `DISTINCT` columns, or columns with aggregates. In a subquery expression,
 * `WITH` would compare every outer variable that the expression uses, too: Neo4j would hold a list as often as there are
 * rows. `RETURN` compares its columns alone.
 *
 * @param lists names of the outer lists that the clauses use; without any, `WITH` is enough
 */
export const mergedRows = (found: string, columns: string, lists: readonly string[]): string =>
  lists.length === 0 ? `${found} WITH ${columns}` : `CALL (${lists.join(', ')}) { ${found} RETURN ${columns} }`;
