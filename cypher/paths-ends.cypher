// The ends of paths, what is next to those with a degree up to the bound, with the steps that lead there, and whether this is a part.
// A row is what is wanted of an entity, or [slug, labels] where it is next to ends with many relations alone.
// A degree that nobody needs for paths of two hops is null: between two ends with few, those of what is next to one of them; `measured` reads them all.
// Where all ends have a degree up to the bound, and at least `enough` of what is next to them is one of them or next to several, only that comes back: a part, which is all that paths of two hops need.
// Parameters: $ends: List<String>, $bound: Float, $few: Float, $measured: Boolean, $enough: Float?
// Columns: ends: List<[row: List, degree: Integer]>,
//   around: List<[row: List, degree: Integer?, steps: List<[end: String, type: String, leads: Boolean]>]>, isPart: Boolean?
UNWIND $ends AS slug
MATCH (near:Entity {id: slug})
WITH near, __DEGREE(near)__ AS degree
WITH
  collect([__ROW(near)__, degree]) AS ends,
  collect(CASE WHEN degree <= $bound THEN [near, degree] END) AS open,
  $measured OR max(degree) > $few AS measured,
  CASE WHEN max(degree) <= $bound THEN $enough END AS enough
CALL (open, measured, enough) {
  UNWIND open AS one
  WITH one[0] AS near, one[1] AS degree
  MATCH (near)-[relation:__RELATIONS__]-(far)
  WHERE __KINDS(far)__ OR far.id IN $ends
  WITH
    far, min(degree) <= $few AS isNextToFew, count(DISTINCT near) > 1 OR far.id IN $ends AS joins,
    collect([near, relation]) AS steps
  WITH
    collect([far, isNextToFew, steps]) AS whole,
    collect(CASE WHEN joins THEN [far, isNextToFew, steps] END) AS part
  WITH whole, part, size(part) >= enough AS isPart
  UNWIND CASE WHEN isPart THEN part ELSE whole END AS one
  WITH one[0] AS far, one[1] AS isNextToFew, one[2] AS steps, isPart
  RETURN
    max(isPart) AS isPart,
    collect([
      CASE WHEN isNextToFew THEN __ROW(far)__ ELSE [far.id, labels(far)] END,
      CASE WHEN measured OR size(steps) > 1 THEN __DEGREE(far)__ END,
      [step IN steps | [step[0].id, type(step[1]), startNode(step[1]) = step[0]]]
    ]) AS around
}
RETURN ends, around, isPart
