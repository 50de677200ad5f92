// The degrees of some entities, and their relations with each other; those of one that starts more than the bound are null.
// Parameters: $slugs: List<String>, $bound: Float
// Columns: between: List<[slug: String, degree: Integer, relations: List<[far: String, type: String]>?]>
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
]) AS between
