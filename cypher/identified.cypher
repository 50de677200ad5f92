// The entities that have any of these keys of identifiers, with their identifiers as JSON text, in the order of their slugs.
// Parameters: $query: String, $keys: List<String>, $limit: Float
// Columns: slug: String, identifiers: String
CALL db.index.fulltext.queryNodes('__IDENTIFIER_INDEX__', $query, {limit: toInteger($limit)}) YIELD node
WITH node WHERE node:Entity AND any(key IN node._identifierKeys WHERE key IN $keys)
WITH node ORDER BY node.id
RETURN node.id AS slug, node.identifiers AS identifiers
