import { byText, type StoredRelation } from '../../graph/walk.ts';

/** One relation as a step to its far end. */
export interface Step {
  readonly relation: StoredRelation;
  readonly far: string;
  readonly cost: number;
}

export type Steps = ReadonlyMap<string, readonly Step[]>;

/** A simple path: it visits no entity twice. */
export interface CostedPath {
  readonly slugs: readonly string[];
  readonly relations: readonly StoredRelation[];
  /** Sum of the weights of its relations, in whole millionths, so that it does not depend on their order. */
  readonly cost: number;
  /** Tells paths apart, and sorts those of equal cost and length. */
  readonly key: string;
}

export interface EnumeratedPaths {
  readonly paths: readonly CostedPath[];
  /** There may be more, but the search exceeded its effort. */
  readonly gaveUp: boolean;
}

export interface PathsWanted {
  readonly from: string;
  readonly to: string;
  readonly maxHops: number;
  /** Maximum number of paths. */
  readonly limit: number;
  /** Entities that paths may lead through. */
  readonly through: ReadonlySet<string>;
}

/** Numbers of hops to an entity, as far as steps lead, at most `most`. */
function distancesTo(steps: Steps, to: string, most: number): ReadonlyMap<string, number> {
  const distances = new Map([[to, 0]]);
  for (const [slug, distance] of distances) {
    if (distance === most) break;
    for (const { far } of steps.get(slug) ?? []) if (!distances.has(far)) distances.set(far, distance + 1);
  }
  return distances;
}

/** The order in which paths are returned: by cost, then by length, then by what they visit. */
export const byCost = (left: CostedPath, right: CostedPath): number =>
  compareCosts(left, { cost: right.cost, length: right.relations.length, key: right.key });

/** Where a path stands relative to a place in that order. */
export const compareCosts = (
  { cost, relations, key }: CostedPath,
  place: { readonly cost: number; readonly length: number; readonly key: string },
): number => cost - place.cost || relations.length - place.length || byText(key, place.key);

/** Costs are sums of whole numbers of them. */
export const MILLIONTHS = 1e6;

/** Steps that may still be tried, by all enumerations that share them. */
export interface Effort {
  left: number;
}

/**
 * All simple paths from one entity to another of up to a number of hops: a depth-first search that only goes where the rest
 * can be reached in the hops that are left.
 */
export function enumeratePaths(
  steps: Steps,
  { from, to, maxHops, limit, through }: PathsWanted,
  effort: Effort,
  isOver: () => boolean,
): EnumeratedPaths {
  const distances = distancesTo(steps, to, maxHops);
  const found: CostedPath[] = [];
  const visited = new Set([from]);
  let gaveUp = false;
  const slugs = [from];
  const relations: StoredRelation[] = [];
  const keys: string[] = [from];
  const go = (at: string, cost: number): void => {
    for (const { relation, far, cost: own } of steps.get(at) ?? []) {
      effort.left -= 1;
      if (effort.left < 0 || found.length > limit || (effort.left % 4096 === 0 && isOver())) gaveUp = true;
      if (gaveUp) return;
      const distance = distances.get(far);
      if (visited.has(far) || distance === undefined || relations.length + 1 + distance > maxHops) continue;
      if (far !== to && !through.has(far)) continue;
      slugs.push(far);
      relations.push(relation);
      keys.push(`${relation.relation}${relation.to === far ? '>' : '<'}${far}`);
      if (far === to) {
        found.push({ slugs: [...slugs], relations: [...relations], cost: cost + own, key: keys.join(' ') });
      } else {
        visited.add(far);
        go(far, cost + own);
        visited.delete(far);
      }
      slugs.pop();
      relations.pop();
      keys.pop();
    }
  };
  if (from !== to) go(from, 0);
  return { paths: found.slice(0, limit), gaveUp: gaveUp || found.length > limit };
}
