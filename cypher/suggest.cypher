// Entities that are called something like what is being typed, the likeliest first.
// Parameters: $typed: {prefix: String, query: String, kinds: List<String>?, evidence: String?, bound: Float, limit: Float}
// Columns: slug: String, labels: List<String>, names: List<String?>
CALL () {
  MATCH (node:Entity)
  WHERE node._nameFolded STARTS WITH $typed.prefix AND ($typed.kinds IS NULL OR any(label IN labels(node) WHERE label IN $typed.kinds))
  RETURN node, 0 AS rank ORDER BY node._nameFolded LIMIT toInteger($typed.bound)
UNION ALL
  CALL db.index.fulltext.queryNodes('__SEARCH_INDEX__', $typed.query, {limit: toInteger($typed.bound)}) YIELD node
  RETURN node,
    CASE
      WHEN node.id = $typed.prefix OR __IS_OTHER_NAME($typed.prefix)__ THEN -1
      WHEN __NAME_BEGINS($typed.prefix)__ THEN 0
      WHEN node.id STARTS WITH $typed.prefix OR __OTHER_NAME_BEGINS($typed.prefix)__ THEN 1
      ELSE 2
    END AS rank
}
WITH node, min(rank) AS rank
ORDER BY rank, coalesce($typed.evidence IN labels(node), false), size(node._nameFolded), node._nameFolded, node.id
LIMIT toInteger($typed.limit)
RETURN node.id AS slug, labels(node) AS labels,
  __NAMES__ AS names
