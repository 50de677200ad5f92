const sorted = (values: readonly number[]) => [...values].sort((left, right) => left - right);

/** The value below which the share of the values lies. */
export function quantile(values: readonly number[], share: number): number {
  const ordered = sorted(values);
  return ordered[Math.min(ordered.length - 1, Math.floor(share * ordered.length))] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => {
  const ordered = sorted(values);
  const middle = Math.floor(ordered.length / 2);
  const [upper = Number.NaN, lower = upper] = [ordered[middle], ordered[middle - 1]];
  return ordered.length % 2 === 1 ? upper : (upper + lower) / 2;
};

export const geometricMean = (values: readonly number[]): number =>
  Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
