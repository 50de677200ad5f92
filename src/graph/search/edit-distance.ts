/**
 * Number of letters to insert, delete, substitute or swap with their neighbours to turn one word into another: the optimal
 * string alignment distance (Damerau 1964, Levenshtein 1966). Takes time in proportion to the product of the lengths.
 */
export function editDistance(from: string, to: string): number {
  let before: readonly number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row += 1) {
    const next = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[row - 1] === to[column - 1];
      const swapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      next.push(
        Math.min(
          Number(last[column]) + 1,
          Number(next[column - 1]) + 1,
          Number(last[column - 1]) + (same ? 0 : 1),
          swapped ? Number(before[column - 2]) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    before = last;
    last = next;
  }
  return Number(last[to.length]);
}
