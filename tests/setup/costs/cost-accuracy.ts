/** What a query was estimated to cost, and how often Neo4j read its store for it. */
export interface CostedQuery {
  readonly query: string;
  readonly estimated: number;
  readonly hits: number;
}

/** Positions in ascending order; those of equal values are shared. */
function ranks(values: readonly number[]): readonly number[] {
  const ordered = [...values].sort((left, right) => left - right);
  return values.map((value) => (ordered.indexOf(value) + ordered.lastIndexOf(value)) / 2);
}

/** Spearman's rho: 1 where two measures order things alike. */
export function rankCorrelation(left: readonly number[], right: readonly number[]): number {
  const [first, second] = [ranks(left), ranks(right)];
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanFirst, meanSecond] = [mean(first), mean(second)];
  let [both, squaresFirst, squaresSecond] = [0, 0, 0];
  for (const [index, rank] of first.entries()) {
    const [a, b] = [rank - meanFirst, (second[index] ?? 0) - meanSecond];
    both += a * b;
    squaresFirst += a * a;
    squaresSecond += b * b;
  }
  return both / Math.sqrt(squaresFirst * squaresSecond);
}

/** How many times more a query reads than it was estimated to. */
export const underEstimated = ({ estimated, hits }: CostedQuery): number => hits / Math.max(estimated, 1);

/** From the most under-estimated query on. */
export const byUnderEstimate = <Costed extends CostedQuery>(costed: readonly Costed[]): readonly Costed[] =>
  costed.toSorted((left, right) => underEstimated(right) - underEstimated(left));
