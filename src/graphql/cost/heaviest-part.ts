import { detachedText } from '../../engine/graph/detached-text.ts';

/** The estimated cost of a field, with what is selected below it. */
export interface Share {
  readonly key: string;
  readonly cost: number;
  readonly below: readonly Share[];
}

/** The field with the largest share of a cost. */
export interface HeaviestPart {
  /** Response keys separated by dots, cut off after `LONGEST_PATH` characters. */
  readonly path: string;
  readonly cost: number;
}

/** Maximum number of characters of a path: clients choose its keys. */
export const LONGEST_PATH = 300;

export const total = (shares: readonly Share[]): number => shares.reduce((sum, { cost }) => sum + cost, 0);

const largestOf = (shares: readonly Share[]): Share | undefined =>
  shares.reduce<Share | undefined>(
    (largest, share) => (largest && largest.cost >= share.cost ? largest : share),
    undefined,
  );

function pathOf(keys: readonly string[]): string {
  const path = keys.join('.');
  const shown = path.length > LONGEST_PATH ? `${path.slice(0, LONGEST_PATH)}…` : path;
  return detachedText(shown);
}

/** Follows the most expensive field down while it has most of the cost of its parent. */
export function heaviestPart(shares: readonly Share[]): HeaviestPart {
  const keys: string[] = [];
  let part = largestOf(shares);
  let cost = 0;
  while (part) {
    keys.push(part.key);
    cost = part.cost;
    const below = largestOf(part.below);
    part = below && below.cost > cost / 2 ? below : undefined;
  }
  return { path: pathOf(keys), cost: Math.ceil(cost) };
}
