// A page of the matches of a search, best first, with the properties searched, how many matches there are, whether any come
// before the page, how many there are of each kind, and, for facets, all of them.
// Parameters: $search: {attempts: List<{index: String, query: String, weight: Float}>, forgiving: List<{index: String, query: String, weight: Float}>,
//   loose: List<{index: String, query: String, weight: Float}>,
//   whole: String, spellings: List<String>, evidence: String?, bound: Float, related: List<[slug: String, score: Float]>, named: List<[slug: String, score: Float]>,
//   meant: List<[slug: String, score: Float]>, meantWords: Float, kind: String?, isStrict: Boolean, nearlyRelated: List<[slug: String, score: Float]>, relatedTo: List<String>, afterScore: Float?, afterSlug: String?, rows: Float,
//   properties: List<String>, count: Boolean, facets: Boolean}
// Columns: page: List<[slug: String, score: Float, labels: List<String>, values: List]>, total: Integer, hasPrevious: Boolean,
//   kinds: List<[labels: List<String>, matches: Integer]>, all: List<String>
CALL () {
  UNWIND $search.attempts AS attempt
  CALL db.index.fulltext.queryNodes(attempt.index, attempt.query, {limit: toInteger($search.bound)}) YIELD node
  WITH node, max(attempt.weight) AS weight
  UNWIND $search.spellings AS whole
  WITH node,
    CASE
      WHEN __IS_NAME(whole)__ THEN 1.0
      WHEN node.id = replace(whole, ' ', '-') OR __IS_OTHER_NAME(whole)__ THEN 0.95
      WHEN __NAME_BEGINS(whole)__ THEN 0.8
      ELSE weight
    END AS weight,
    toFloat(size(whole)) / size(__NAME_WITH(whole)__) AS share
  WITH node,
    max(CASE
      WHEN weight >= 0.95 THEN weight
      ELSE weight + 0.09 * CASE WHEN share > 1 THEN 1 ELSE share END * CASE WHEN coalesce($search.evidence IN labels(node), false) THEN 0.5 ELSE 1 END
    END) AS score
  ORDER BY score DESC, node.id
  LIMIT toInteger($search.bound)
  RETURN collect([node, score]) AS close
}
CALL (close) {
  UNWIND CASE WHEN size(close) = 0 THEN $search.forgiving ELSE [] END AS attempt
  CALL db.index.fulltext.queryNodes(attempt.index, attempt.query, {limit: toInteger($search.bound)}) YIELD node
  WITH node, attempt.weight AS weight, toFloat(size($search.whole)) / size(node._nameFolded) AS share
  WITH node,
    weight + 0.09 * CASE WHEN share > 1 THEN 1 ELSE share END * CASE WHEN coalesce($search.evidence IN labels(node), false) THEN 0.5 ELSE 1 END AS score
  ORDER BY score DESC, node.id
  LIMIT toInteger($search.bound)
  RETURN collect([node, score]) AS forgiven
}
CALL (close, forgiven) {
  UNWIND CASE WHEN size(close) + size(forgiven) + size($search.related) + size($search.nearlyRelated) = 0 THEN $search.loose ELSE [] END AS attempt
  CALL db.index.fulltext.queryNodes(attempt.index, attempt.query, {limit: toInteger($search.bound)}) YIELD node
  WITH node, sum(attempt.weight) AS weight, toFloat(size($search.whole)) / size(node._nameFolded) AS share
  WITH node,
    weight * (1 + 0.9 * CASE WHEN share > 1 THEN 1 ELSE share END * CASE WHEN coalesce($search.evidence IN labels(node), false) THEN 0.5 ELSE 1 END) AS score
  ORDER BY score DESC, node.id
  LIMIT toInteger($search.bound)
  RETURN collect([node, score]) AS loose
}
CALL (close, forgiven, loose) {
  UNWIND close + forgiven + loose AS match
  RETURN match[0] AS node, match[1] AS score, 0.0 AS meant
UNION ALL
  UNWIND $search.related + $search.named + CASE WHEN size(close) + size(forgiven) + size($search.related) = 0 THEN $search.nearlyRelated ELSE [] END AS found
  MATCH (node:Entity {id: found[0]})
  RETURN node, found[1] AS score, 0.0 AS meant
UNION ALL
  UNWIND $search.meant AS found
  MATCH (node:Entity {id: found[0]})
  RETURN node, 0.0 AS score, found[1] AS meant
}
WITH node, max(score) AS score, max(meant) AS meant, $search.kind IS NULL OR node._kind = $search.kind AS isNamed
WHERE isNamed OR score >= 0.95 OR NOT $search.isStrict
WITH node,
  CASE
    WHEN meant > score THEN meant + $search.meantWords * score
    WHEN isNamed OR score >= 0.8 THEN score
    ELSE 0.5 * score
  END AS score
WHERE all(slug IN $search.relatedTo WHERE node.id = slug OR slug IN COLLECT { MATCH (node)-[:__RELATED__|__WHOLE__]->(other) RETURN other.id })
WITH node, score
ORDER BY score DESC, node.id
LIMIT toInteger($search.bound)
WITH collect([node, score]) AS matches
CALL (matches) {
  UNWIND CASE WHEN $search.count THEN matches ELSE [] END AS match
  WITH labels(match[0]) AS labels, count(*) AS number
  RETURN collect([labels, number]) AS kinds
}
WITH matches, kinds, $search.afterScore AS score, $search.afterSlug AS slug
WITH matches, kinds,
  [match IN matches WHERE score IS NULL OR match[1] < score OR (match[1] = score AND match[0].id > slug)] AS following
RETURN
  [match IN following[..toInteger($search.rows)] | [match[0].id, match[1], labels(match[0]), [property IN $search.properties | match[0][property]]]] AS page,
  size(matches) AS total,
  size(following) < size(matches) AS hasPrevious,
  kinds,
  CASE WHEN $search.facets THEN [match IN matches | match[0].id] ELSE [] END AS all
