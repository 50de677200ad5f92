// The relations of entities: [[row, degree, [[row of the far end, its degree, type, whether it leads there], …]], …].
// A row is what is wanted of an entity, or [slug, labels] for the far ends of one with many. Of an entity with a degree above the bound, the relations are null.
// $slugs: List<String>, $ends: List<String>, $bound: Float, $few: Float
UNWIND $slugs AS slug
MATCH (near:Entity {id: slug})
WITH near, __DEGREE(near)__ AS degree
RETURN collect([
  __WANTED(near)__,
  degree,
  CASE WHEN degree > $bound THEN null ELSE COLLECT {
    MATCH (near)-[relation:__RELATIONS__]-(far)
    WHERE __KINDS(far)__ OR far.id IN $ends
    RETURN [
      CASE WHEN degree > $few THEN [far.id, labels(far)] ELSE __WANTED(far)__ END,
      __DEGREE(far)__,
      type(relation),
      startNode(relation) = near
    ]
  } END
])
