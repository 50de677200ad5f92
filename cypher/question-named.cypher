// Entities with words of a question in their names, best first, and those of the classes that such words name.
// Parameters: $named: {queries: List<{as: String, query: String, limit: Float}>}
// Columns: as: String, slug: String, labels: List<String>, names: List<String?>, classes: List<String?>
UNWIND $named.queries AS asked
CALL (asked) {
  CALL db.index.fulltext.queryNodes('__SEARCH_INDEX__', asked.query, {limit: toInteger(asked.limit)}) YIELD node
  RETURN node
}
RETURN asked.as AS as, node.id AS slug, labels(node) AS labels, __NAMES__ AS names, [__CATEGORIES__] AS classes
