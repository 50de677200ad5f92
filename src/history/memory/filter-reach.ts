import { type Filter, type FilterCases, foldFilter, type Related } from '../../engine/reads/filter.ts';
import type { RelationType } from '../../ontology/vocabulary.ts';
import type { GraphSnapshot } from './graph-snapshot.ts';

/** How far from an entity a condition looks: along these relations, up to this number of steps; `null` for anywhere. */
export interface Reach {
  readonly relations: ReadonlySet<RelationType>;
  readonly depth: number | null;
}

export const noReach: Reach = { relations: new Set(), depth: 0 };

/** The wider of reaches. */
export const widest = (reaches: readonly Reach[]): Reach => ({
  relations: new Set(reaches.flatMap(({ relations }) => [...relations])),
  depth: reaches.some(({ depth }) => depth === null) ? null : Math.max(0, ...reaches.map(({ depth }) => Number(depth))),
});

const beyond = (relation: RelationType, steps: number, { relations, depth }: Reach): Reach => ({
  relations: new Set([relation, ...relations]),
  depth: depth === null ? null : depth + steps,
});

const acrossOne = ({ relation, filter, hops }: Related): Reach =>
  beyond(relation.relation, hops ? (hops.max ?? Number.POSITIVE_INFINITY) : 1, reachOf(filter));

const toItself = () => noReach;

const reaches: FilterCases<null, Reach> = {
  all: ({ all }) => widest(all.map(reachOf)),
  any: ({ any }) => widest(any.map(reachOf)),
  not: ({ not }) => reachOf(not),
  ahead: ({ ahead }) => reachOf(ahead),
  ofEdge: ({ ofEdge }) => reachOf(ofEdge),
  some: acrossOne,
  count: acrossOne,
  // Relations name their sources, which no step leads to.
  source: () => ({ relations: new Set(), depth: null }),
  reaches: ({ reaches, depth }) => beyond(reaches, depth ?? Number.POSITIVE_INFINITY, noReach),
  kinds: toItself,
  items: toItself,
  around: toItself,
  exists: toItself,
  is: toItself,
  has: toItself,
  hasAny: toItself,
};

/** How far from an entity or a relation what a filter says of it may depend on. */
export function reachOf(filter: Filter): Reach {
  return foldFilter(filter, reaches, null);
}

/** The slugs within a reach of others, in either direction; `null` if they are more than a maximum. */
export function within(
  graph: GraphSnapshot,
  { relations, depth }: Reach,
  slugs: Iterable<string>,
  most: number,
): ReadonlySet<string> | null {
  if (depth === null) return null;
  const reached = new Set(slugs);
  let frontier: readonly string[] = [...reached];
  for (let hop = 1; hop <= depth && frontier.length > 0; hop += 1) {
    const next: string[] = [];
    for (const slug of frontier) {
      for (const type of relations) {
        const far = [
          ...graph.relationsAt(slug, type, 'from').map(({ to }) => to),
          ...graph.relationsAt(slug, type, 'to').map(({ from }) => from),
        ];
        for (const one of far) {
          if (reached.has(one)) continue;
          reached.add(one);
          next.push(one);
        }
      }
      if (reached.size > most) return null;
    }
    frontier = next;
  }
  return reached;
}
