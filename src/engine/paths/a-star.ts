import { getOrInsert } from '../../ontology/get-or-insert.ts';
import { byText, type StoredRelation } from '../graph/walk.ts';
import type { ExploredSubgraph, KnownEntity } from './explored-subgraph.ts';
import { PriorityQueue } from './priority-queue.ts';

/** A simple path between two entities. */
export interface FoundPath {
  /** From the first to the last. */
  readonly entities: readonly KnownEntity[];
  readonly relations: readonly StoredRelation[];
}

export interface PathsWanted {
  readonly from: string;
  readonly to: string;
  /** Entities that the path passes, in any order; neither of the ends. */
  readonly via: readonly string[];
  readonly length: number;
  readonly limit: number;
}

export interface FoundPaths {
  readonly paths: readonly FoundPath[];
  /** There may be more, but the search exceeded its effort. */
  readonly gaveUp: boolean;
}

/** In whole millionths, so that sums do not depend on their order. */
const costOf = ({ degree }: KnownEntity) => Math.round(Math.log(1 + degree) * 1e6);

/**
 * How much a path explains: 1 for a direct relation, else the harmonic mean of `1 / ln(1 + degree)` over the entities
 * between its ends, so that one hub weakens the whole path. Rare entities weigh as in Adamic and Adar, "Friends and
 * neighbors on the Web", Social Networks 25 (2003).
 */
export function scoreOf({ entities }: FoundPath): number {
  const between = entities.slice(1, -1);
  if (between.length === 0) return 1;
  return (between.length * 1e6) / between.reduce((sum, entity) => sum + costOf(entity), 0);
}

/** What an entity between the ends of a path adds to its score. */
export const weightOf = (entity: KnownEntity): number => 1e6 / costOf(entity);

/** Maximum number of prefixes of paths examined before the search gives up. */
const MOST_BEGINNINGS = 300_000;

interface Beginning {
  readonly at: KnownEntity;
  readonly passed: number;
  readonly cost: number;
  /** No path that begins so costs less. */
  readonly least: number;
  readonly length: number;
  readonly key: string;
  readonly before: Beginning | null;
  readonly relation: StoredRelation | null;
}

const meets = (beginning: Beginning | null, entity: KnownEntity): boolean =>
  beginning !== null && (beginning.at === entity || meets(beginning.before, entity));

/** Lower bounds of the remaining cost, by the set of `via` entities visited so far. */
type Costs = Map<KnownEntity, Float64Array>;

/**
 * The least costs of walks of 0, 1, … hops to the end, for each entity and each set of `via` passed before. A walk may
 * meet an entity twice, so these are lower bounds for paths. O(length × relations × 2^via).
 *
 * @returns `null` if time is over
 */
function leastCosts(
  known: ExploredSubgraph,
  { from, to, via, length }: PathsWanted,
  isOver: () => boolean,
): readonly Costs[] | null {
  const sets = 2 ** via.length;
  const bitOf = bits(via);
  const none = () => new Float64Array(sets).fill(Number.POSITIVE_INFINITY);
  const end = known.entity(to);
  const levels: Costs[] = [new Map(end ? [[end, none().fill(0, sets - 1)]] : [])];
  for (let hops = 1; hops <= length; hops += 1) {
    const level: Costs = new Map();
    if (isOver()) return null;
    for (const [far, costs] of levels[hops - 1] as Costs) {
      const bit = bitOf(far);
      const own = hops === 1 ? 0 : costOf(far);
      for (const { far: near } of far.steps) {
        if (near.slug === to || (near.slug === from) !== (hops === length)) continue;
        const best = getOrInsert(level, near, none);
        for (let passed = 0; passed < sets; passed += 1) {
          if (passed & bit) continue;
          const cost = own + (costs[passed | bit] as number);
          if (cost < (best[passed] as number)) best[passed] = cost;
        }
      }
    }
    levels.push(level);
  }
  return levels;
}

const bits = (via: readonly string[]) => {
  const bySlug = new Map(via.map((slug, index) => [slug, 2 ** index]));
  return ({ slug }: KnownEntity) => bySlug.get(slug) ?? 0;
};

/**
 * The best-scoring paths of a length in the explored subgraph, best first; ties are sorted by the slugs and relations
 * on the path. A best-first search (A*, Hart, Nilsson and Raphael 1968) whose estimate is the cost of the cheapest walk
 * of the right length, so that nearly every prefix examined leads to a wanted path.
 */
export function findBestPaths(known: ExploredSubgraph, wanted: PathsWanted, isOver: () => boolean): FoundPaths {
  const { from, length, limit, via } = wanted;
  const start = known.entity(from);
  const costs = leastCosts(known, wanted, isOver);
  if (!costs) return { paths: [], gaveUp: true };
  const bitOf = bits(via);
  const queue = new PriorityQueue<Beginning>((left, right) => left.least - right.least || byText(left.key, right.key));
  const rest = (entity: KnownEntity, hops: number, passed: number) => costs[hops]?.get(entity)?.[passed];
  const consider = (beginning: Omit<Beginning, 'least'>) => {
    const least = rest(beginning.at, length - beginning.length, beginning.passed);
    if (least !== undefined && least < Number.POSITIVE_INFINITY) {
      queue.add({ ...beginning, least: beginning.cost + least });
    }
  };
  if (start) consider({ at: start, passed: 0, cost: 0, length: 0, key: '', before: null, relation: null });

  const found: FoundPath[] = [];
  for (let looked = 0; found.length < limit; looked += 1) {
    const beginning = queue.take();
    if (!beginning) break;
    if (looked === MOST_BEGINNINGS || (looked % 1024 === 1023 && isOver())) return { paths: found, gaveUp: true };
    if (beginning.length === length) {
      found.push(pathOf(beginning));
      continue;
    }
    const isLast = beginning.length + 1 === length;
    for (const { relation, far } of beginning.at.steps) {
      if (meets(beginning, far)) continue;
      consider({
        at: far,
        passed: beginning.passed | bitOf(far),
        cost: beginning.cost + (isLast ? 0 : costOf(far)),
        length: beginning.length + 1,
        key: `${beginning.key} ${far.slug} ${relation.relation}${relation.to === far.slug ? '>' : '<'}`,
        before: beginning,
        relation,
      });
    }
  }
  return { paths: found, gaveUp: false };
}

function pathOf(end: Beginning): FoundPath {
  const entities: KnownEntity[] = [];
  const relations: StoredRelation[] = [];
  for (let at: Beginning | null = end; at !== null; at = at.before) {
    entities.unshift(at.at);
    if (at.relation) relations.unshift(at.relation);
  }
  return { entities, relations };
}
