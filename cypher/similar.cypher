// Entities of the same kind that share neighbours with one, most alike first (of equals, the one with fewest relations), each with the shared neighbours as reasons, and how
// many neighbours by each type were left out; null without the one. Neighbours with more relations than the bound are
// passed over: what so many share explains nothing. At most `relations` relations of the one are read; of what they lead to,
// the rarest are looked at, as long as they have no more relations together than `visits`.
// Parameters: $slug: String, $symmetric: List<String>, $single: List<String>, $bound: Float, $relations: Float, $visits: Float,
//   $limit: Float, $reasons: Float
// Columns: similar: [rows: List<[slug: String, score: Float, shared: Integer,
//   because: List<[slug: String, degree: Integer, type: String, starts: Boolean]>, likeness: Float]>, leftOut: List<[type: String, count: Integer]>]?
OPTIONAL MATCH (one:Entity {id: $slug})
CALL (one) {
  MATCH (one)-[relation:__RELATIONS__]-(shared)
  WHERE shared <> one AND __KINDS(shared)__
  WITH one, relation, shared
  LIMIT toInteger($relations)
  WITH DISTINCT one, shared, type(relation) AS type,
    type(relation) IN $symmetric OR startNode(relation) = shared AS starts
  WITH shared, type, starts, __DEGREE(shared)__ AS degree
  // Nobody else has what leads to one alone.
  WHERE degree > 1 AND degree <= $bound AND NOT (starts AND type IN $single)
  WITH shared, type, starts, degree
  ORDER BY degree, shared.id, type, starts
  RETURN collect([shared, type, starts, degree]) AS neighbors
}
WITH one, neighbors, reduce(seen = [0, 0], neighbor IN neighbors | CASE
  WHEN seen[1] + neighbor[3] <= $visits THEN [seen[0] + 1, seen[1] + neighbor[3]]
  ELSE seen
END)[0] AS looked
WITH one, neighbors, looked, reduce(sum = 0.0, neighbor IN neighbors[..looked] | sum + 1 / log(1 + neighbor[3])) AS most
CALL (one, neighbors, looked, most) {
  UNWIND neighbors[..looked] AS neighbor
  WITH one, neighbor[0] AS shared, neighbor[1] AS type, neighbor[2] AS starts, neighbor[3] AS degree, most
  MATCH (shared)-[other:__RELATIONS__]-(alike)
  WHERE type(other) = type AND (type IN $symmetric OR startNode(other) = shared) = starts
    AND alike <> one AND labels(alike) = labels(one)
  WITH DISTINCT alike, shared, type, starts, degree, most
  ORDER BY degree, shared.id, type, starts
  WITH alike, most, sum(1 / log(1 + degree)) AS score, collect([shared.id, degree, type, starts]) AS because
  ORDER BY score DESC, __DEGREE(alike)__, alike.id
  LIMIT toInteger($limit)
  RETURN collect([alike.id, score, size(because), because[..toInteger($reasons)], score / most]) AS rows
}
CALL (one, neighbors, looked) {
  CALL (one, neighbors, looked) {
    UNWIND neighbors[looked..] AS neighbor
    RETURN neighbor[1] AS type
    UNION ALL
    MATCH (one)-[relation:__RELATIONS__]-(shared)
    WHERE shared <> one AND __KINDS(shared)__
    WITH relation
    SKIP toInteger($relations)
    RETURN type(relation) AS type
  }
  WITH type, count(*) AS left
  ORDER BY left DESC, type
  RETURN collect([type, left]) AS leftOut
}
RETURN CASE WHEN one IS NULL THEN null ELSE [rows, leftOut] END AS similar
