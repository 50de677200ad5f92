// The relations of entities, and whether they lead to the far end. Of an entity with a degree above the bound, they are null.
// Parameters: $slugs: List<String>, $ends: List<String>, $bound: Float
// Columns: expanded: List<[slug: String,
//   relations: List<[far: String, labels: List<String>, degree: Integer, type: String, leads: Boolean]>?]>
UNWIND $slugs AS slug
MATCH (near:Entity {id: slug})
RETURN collect([
  near.id,
  CASE WHEN __DEGREE(near)__ > $bound THEN null ELSE COLLECT {
    MATCH (near)-[relation:__RELATIONS__]-(far)
    WHERE __KINDS(far)__ OR far.id IN $ends
    RETURN [far.id, labels(far), __DEGREE(far)__, type(relation), startNode(relation) = near]
  } END
]) AS expanded
