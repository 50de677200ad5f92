/**
 * Number of letters to insert, delete, substitute or swap with their neighbours to turn one word into another: the optimal
 * string alignment distance (Damerau 1964, Levenshtein 1966). Takes time in proportion to the product of the lengths.
 *
 * @param most with more edits than this, the result is some number above it, found sooner
 */
export function editDistance(from: string, to: string, most = Number.POSITIVE_INFINITY): number {
  const different = Math.abs(from.length - to.length);
  if (different > most) return different;
  const width = to.length + 1;
  let [before, last, next] = [new Int32Array(width), new Int32Array(width), new Int32Array(width)];
  for (let column = 0; column < width; column += 1) last[column] = column;
  let least = 0;
  for (let row = 1; row <= from.length; row += 1) {
    const leastBefore = least;
    const letter = from.charCodeAt(row - 1);
    const previous = row > 1 ? from.charCodeAt(row - 2) : -1;
    let edits = row;
    let other = -1;
    next[0] = row;
    least = row;
    for (let column = 1; column < width; column += 1) {
      const wanted = to.charCodeAt(column - 1);
      if ((last[column] as number) < edits) edits = last[column] as number;
      edits += 1;
      const replaced = (last[column - 1] as number) + (letter === wanted ? 0 : 1);
      if (replaced < edits) edits = replaced;
      if (letter === other && previous === wanted && column > 1)
        edits = Math.min(edits, (before[column - 2] as number) + 1);
      next[column] = edits;
      if (edits < least) least = edits;
      other = wanted;
    }
    // A swap continues from the row before the last one.
    if (Math.min(least, leastBefore) > most) return least;
    [before, last, next] = [last, next, before];
  }
  return last[to.length] as number;
}
