// The relations between some entities: [[slug, [[slug of the other, type], …]], …], for each that starts no more than the bound.
// $slugs: List<String>, $bound: Float
UNWIND $slugs AS slug
MATCH (one:Entity {id: slug})
WITH collect(one) AS all
UNWIND all AS near
WITH all, near
WHERE COUNT { (near)-[:__RELATIONS__]->() } <= $bound
RETURN collect([
  near.id,
  COLLECT {
    MATCH (near)-[relation:__RELATIONS__]->(far)
    WHERE far IN all
    RETURN [far.id, type(relation)]
  }
])
