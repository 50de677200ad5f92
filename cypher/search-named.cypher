// Entities with words of a search in their names, in the classes that they belong to, or in texts about them, best first.
// Parameters: $named: {queries: List<{as: String, query: String, limit: Float}>}
// Columns: as: String, slug: String, names: List<String?>, texts: List
UNWIND $named.queries AS asked
CALL (asked) {
  CALL db.index.fulltext.queryNodes('__SEARCH_INDEX__', asked.query, {limit: toInteger(asked.limit)}) YIELD node
  RETURN node
}
RETURN asked.as AS as, node.id AS slug,
  CASE asked.as WHEN 'name' THEN __NAMES__ ELSE [node.name] END AS names,
  CASE asked.as WHEN 'category' THEN [__CATEGORIES__] WHEN 'text' THEN [__TEXTS__] ELSE [] END AS texts
