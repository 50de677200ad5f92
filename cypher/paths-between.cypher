// The degrees of some entities, and their relations with each other: [[slug, degree, [[slug of the other, type], …]], …].
// The relations of one that starts more than the bound are null.
// $slugs: List<String>, $bound: Float
UNWIND $slugs AS slug
MATCH (one:Entity {id: slug})
WITH collect(one) AS all
UNWIND all AS near
RETURN collect([
  near.id,
  __DEGREE(near)__,
  CASE WHEN COUNT { (near)-[:__RELATIONS__]->() } > $bound THEN null ELSE COLLECT {
    MATCH (near)-[relation:__RELATIONS__]->(far)
    WHERE far IN all
    RETURN [far.id, type(relation)]
  } END
])
