// Entities that meet enough units of a search, best first: by what they are related to, by a date, by their names, or by other texts.
// Parameters: $related: {units: List<{index: String, names: String, texts: String, entities: List<[slug: String, weight: Float]>, dated: List<String>}>,
//   least: Integer, kinds: List<String>?, evidence: String?, bound: Float, unitBound: Float}
// Columns: slug: String, score: Float
UNWIND range(0, size($related.units) - 1) AS position
WITH position, $related.units[position] AS unit
CALL (unit) {
  UNWIND unit.entities AS meant
  MATCH (named:Entity {id: meant[0]})
  MATCH way = (named)<-[:__WHOLE__*0..3]-(part:Entity)
  WITH part, max(meant[1] - 0.03 * length(way)) AS weight
  CALL (part) {
    RETURN part AS node, null AS via
  UNION ALL
    WITH part
    MATCH (part)<-[by:__RELATED__]-(node:Entity)
    RETURN node, type(by) AS via
  }
  RETURN node, 0.95 * weight AS weight, 'related' AS how, via
  LIMIT toInteger($related.unitBound)
UNION ALL
  WITH unit
  UNWIND unit.dated AS slug
  MATCH (node:Entity {id: slug})
  RETURN node, 1.0 AS weight, 'date' AS how, null AS via
UNION ALL
  WITH unit
  CALL db.index.fulltext.queryNodes(unit.index, unit.names, {limit: toInteger($related.bound)}) YIELD node
  RETURN node, 1.0 AS weight, 'name' AS how, null AS via
UNION ALL
  WITH unit
  CALL db.index.fulltext.queryNodes(unit.index, unit.texts, {limit: toInteger($related.bound)}) YIELD node
  RETURN node, 0.5 AS weight, 'text' AS how, null AS via
}
WITH position, node, max(weight) AS weight, count(DISTINCT how) AS ways, max(via) AS via
WITH node, count(*) AS met, avg(CASE WHEN weight + 0.03 * (ways - 1) > 1 THEN 1 ELSE weight + 0.03 * (ways - 1) END) AS weight, collect(via) AS relatedBy
WHERE met >= $related.least
  AND ($related.kinds IS NULL OR node._kind IN $related.kinds) AND NOT coalesce($related.evidence IN labels(node), false)
// The fewer others an entity is related to in the same ways, the more it is about these.
WITH node, 0.25 + 0.23 * weight + 0.015 * size(relatedBy) / (1.0 + COUNT { MATCH (node)-[other:__RELATED__]->() WHERE type(other) IN relatedBy }) AS score
ORDER BY score DESC, node.id
LIMIT toInteger($related.bound)
RETURN node.id AS slug, score
