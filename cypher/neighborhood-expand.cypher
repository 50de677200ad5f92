// What lies next to entities: [[slug, labels, [[slug of the far end, type, whether it leads there], …]], …].
// Of an entity with a degree above the bound, the relations are null.
// $slugs: List<String>, $bound: Float
UNWIND $slugs AS slug
MATCH (near:Entity {id: slug})
WITH near, __DEGREE(near)__ AS degree
RETURN collect([
  near.id,
  labels(near),
  CASE WHEN degree > $bound THEN null ELSE COLLECT {
    MATCH (near)-[relation:__RELATIONS__]-(far)
    WHERE __KINDS(far)__
    RETURN [far.id, type(relation), startNode(relation) = near]
  } END
])
