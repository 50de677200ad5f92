/**
 * Orders of magnitude are integers that sort like their numbers: 0 for zero; for a positive number, the sum of this constant and
 * the exponent of its lower bound; for a negative one, the same negated. The constant exceeds every exponent of a Float.
 */
export const MAGNITUDE_OF_ONE = 1_000;

/** The order of magnitude of a number, as `engine/reads/lists/facets` has Neo4j compute it. */
export function magnitudeOf(value: number): number {
  if (value === 0) return 0;
  return value > 0
    ? MAGNITUDE_OF_ONE + Math.floor(Math.log10(value))
    : -MAGNITUDE_OF_ONE - Math.ceil(Math.log10(-value));
}

/** Exponents beyond which JavaScript writes a number with its exponent. */
const [LEAST, MOST] = [-6, 20];

const powerOfTen = (exponent: number): string =>
  exponent < LEAST || exponent > MOST ? `1e${exponent < 0 ? '' : '+'}${exponent}` : String(Number(`1e${exponent}`));

/** The lower bound of an order of magnitude: `100` for the numbers from 100 to below 1,000, `-10` from -10 to below -1. */
export function lowerBoundOf(magnitude: number): string {
  if (magnitude === 0) return '0';
  return magnitude > 0 ? powerOfTen(magnitude - MAGNITUDE_OF_ONE) : `-${powerOfTen(-magnitude - MAGNITUDE_OF_ONE)}`;
}
