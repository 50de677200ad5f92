// The ends of paths, and what is next to those with a degree up to the bound: [[[row, degree], …], [[row, degree, [[slug of the end, type, whether it leads to the far one], …]], …]].
// A row is what is wanted of an entity, or [slug, labels] where it is next to ends with many relations alone.
// A degree that nobody needs for paths of two hops is null: between two ends with few, those of what is next to one of them; `measured` reads them all.
// $ends: List<String>, $bound: Float, $few: Float, $measured: Boolean
UNWIND $ends AS slug
MATCH (near:Entity {id: slug})
WITH near, __DEGREE(near)__ AS degree
WITH
  collect([__WANTED(near)__, degree]) AS ends,
  collect(CASE WHEN degree <= $bound THEN [near, degree] END) AS open,
  $measured OR max(degree) > $few AS measured
CALL (open, measured) {
  UNWIND open AS one
  WITH one[0] AS near, one[1] AS degree, measured
  MATCH (near)-[relation:__RELATIONS__]-(far)
  WHERE __KINDS(far)__ OR far.id IN $ends
  WITH far, measured, min(degree) <= $few AS isNextToFew, collect([near.id, type(relation), startNode(relation) = near]) AS steps
  RETURN collect([
    CASE WHEN isNextToFew THEN __WANTED(far)__ ELSE [far.id, labels(far)] END,
    CASE WHEN measured OR size(steps) > 1 THEN __DEGREE(far)__ END,
    steps
  ]) AS around
}
RETURN [ends, around]
