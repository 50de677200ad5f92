// Entities of the same kind that share neighbours with one, most alike first:
// [[slug, score, how many are shared, [[shared slug, its degree, type, whether it is the start of the relation], …]], …];
// null without the one. Neighbours with more relations than the bound are passed over: what so many share explains
// nothing. Of the others, the rarest are looked at.
// $slug: String, $symmetric: List<String>, $single: List<String>, $bound: Float, $neighbors: Float, $limit: Float, $reasons: Float
OPTIONAL MATCH (one:Entity {id: $slug})
CALL (one) {
  MATCH (one)-[relation:__RELATIONS__]-(shared)
  WHERE shared <> one AND __KINDS(shared)__
  WITH DISTINCT one, shared, type(relation) AS type,
    type(relation) IN $symmetric OR startNode(relation) = shared AS starts
  WITH one, shared, type, starts, __DEGREE(shared)__ AS degree
  // Nobody else has what leads to one alone.
  WHERE degree > 1 AND degree <= $bound AND NOT (starts AND type IN $single)
  WITH one, shared, type, starts, degree
  ORDER BY degree, shared.id, type, starts
  LIMIT toInteger($neighbors)
  MATCH (shared)-[other:__RELATIONS__]-(alike)
  WHERE type(other) = type AND (type IN $symmetric OR startNode(other) = shared) = starts
    AND alike <> one AND labels(alike) = labels(one)
  WITH DISTINCT alike, shared, type, starts, degree
  ORDER BY degree, shared.id, type, starts
  WITH alike, sum(1 / log(1 + degree)) AS score, collect([shared.id, degree, type, starts]) AS because
  ORDER BY score DESC, alike.id
  LIMIT toInteger($limit)
  RETURN collect([alike.id, score, size(because), because[..toInteger($reasons)]]) AS rows
}
RETURN CASE WHEN one IS NULL THEN null ELSE rows END
