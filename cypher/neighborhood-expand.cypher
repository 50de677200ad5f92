// What lies next to entities: steps to the far ends, and whether the relation leads there. Of an entity with a degree
// above its bound there are no steps, but branches, one for each relation of its kind, with its degree and some far ends;
// neither for one of a kind without hubs. Where it is wanted and all fit, the far ends are read in the same way.
// __BRANCHES(near)__ stands for the cases of the kinds with hubs, and uses $look, the maximum number of far ends of each.
// Parameters: $slugs: List<String>, $ahead: Boolean, $capacity: Float, $look: Float, $bound: Float, $boundAhead: Float
// Columns: expanded: List<[slug: String, labels: List<String>, steps: List<[far: String, type: String, leads: Boolean]>?,
//   branches: List<[degree: Integer, slugs: List<String>]>?]>
UNWIND $slugs AS slug
MATCH (asked:Entity {id: slug})
WITH collect(asked) AS asked, sum(__DEGREE(asked)__) AS total
CALL (asked, total) {
  UNWIND asked AS near
  RETURN near
UNION
  UNWIND CASE WHEN $ahead AND total <= $capacity THEN asked ELSE [] END AS one
  MATCH (one)-[:__RELATIONS__]-(near)
  WHERE __KINDS(near)__
  RETURN near
}
WITH near, __DEGREE(near)__ AS degree, CASE WHEN near IN asked THEN $bound ELSE $boundAhead END AS bound
RETURN collect([
  near.id,
  labels(near),
  CASE WHEN degree <= bound THEN COLLECT {
    MATCH (near)-[relation:__RELATIONS__]-(far)
    WHERE __KINDS(far)__
    RETURN [far.id, type(relation), startNode(relation) = near]
  } END,
  CASE
    WHEN degree <= bound THEN null
    __BRANCHES(near)__
  END
]) AS expanded
