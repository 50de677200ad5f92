// The relations of entities: [[slug, [[slug of the far end, its labels, its degree, type, whether it leads there], …]], …].
// Of an entity with a degree above the bound, the relations are null.
// $slugs: List<String>, $ends: List<String>, $bound: Float
UNWIND $slugs AS slug
MATCH (near:Entity {id: slug})
RETURN collect([
  near.id,
  CASE WHEN __DEGREE(near)__ > $bound THEN null ELSE COLLECT {
    MATCH (near)-[relation:__RELATIONS__]-(far)
    WHERE __KINDS(far)__ OR far.id IN $ends
    RETURN [far.id, labels(far), __DEGREE(far)__, type(relation), startNode(relation) = near]
  } END
])
