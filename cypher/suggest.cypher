// Entities that are called something like what is being typed, the likeliest first.
// Parameters: $typed: {prefix: String, query: String, kinds: List<String>?, evidence: String, bound: Float, limit: Float}
// Columns: slug: String, labels: List<String>, names: List<String?>
CALL () {
  MATCH (node:Entity)
  WHERE node._nameFolded STARTS WITH $typed.prefix AND ($typed.kinds IS NULL OR any(label IN labels(node) WHERE label IN $typed.kinds))
  RETURN node, 0 AS rank ORDER BY node._nameFolded LIMIT toInteger($typed.bound)
UNION ALL
  CALL db.index.fulltext.queryNodes('entity_search', $typed.query, {limit: toInteger($typed.bound)}) YIELD node
  RETURN node,
    CASE
      WHEN node.id = $typed.prefix OR node._codeFolded = $typed.prefix OR node._codeAlpha3Folded = $typed.prefix OR $typed.prefix IN node._alsoKnownAsFolded THEN -1
      WHEN node._nameZhFolded STARTS WITH $typed.prefix THEN 0
      WHEN node.id STARTS WITH $typed.prefix OR node._officialNameFolded STARTS WITH $typed.prefix
        OR any(other IN node._alsoKnownAsFolded WHERE other STARTS WITH $typed.prefix) THEN 1
      ELSE 2
    END AS rank
}
WITH node, min(rank) AS rank
ORDER BY rank, $typed.evidence IN labels(node), size(node._nameFolded), node._nameFolded, node.id
LIMIT toInteger($typed.limit)
RETURN node.id AS slug, labels(node) AS labels,
  [node.name, node.nameZh, node.officialName, node.code, node.codeAlpha3] + coalesce(node.alsoKnownAs, []) + coalesce(node.branchNames, []) AS names
