// What lies next to entities: [[slug, labels, steps, branches], …], with steps [[slug of the far end, type, whether it leads there], …].
// Of an entity with a degree above its bound there are no steps, but branches [[degree, [slug of a far end, …]], …], one
// for each relation of its kind; none of a kind that is not looked at so.
// Where it is asked for and all have room, the far ends are read in the same way.
// __BRANCHES(near)__ stands for the cases of the kinds with hubs, and brings the parameter that limits a branch.
// $slugs: List<String>, $ahead: Boolean, $room: Float, $bound: Float, $boundAhead: Float
UNWIND $slugs AS slug
MATCH (asked:Entity {id: slug})
WITH collect(asked) AS asked, sum(__DEGREE(asked)__) AS total
CALL (asked, total) {
  UNWIND asked AS near
  RETURN near
UNION
  UNWIND CASE WHEN $ahead AND total <= $room THEN asked ELSE [] END AS one
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
])
