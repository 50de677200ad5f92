import type { Card } from '../../drawing/answers.ts';
import type { Group } from './groups.ts';

/** A neighbour by one relation, of an entity that is compared. */
interface Related {
  readonly relation: string;
  readonly direction: string;
  readonly entity: { readonly slug: string };
}

interface Difference<Neighbor extends Related> {
  readonly entity: { readonly slug: string };
  readonly neighbors: readonly Neighbor[];
}

/** A neighbour that several of the compared entities have by the same relation, but not all. */
export interface SharedBySome<Neighbor extends Related> {
  readonly neighbor: Neighbor;
  /** Slugs of those that have it, in the order of comparison. */
  readonly by: readonly string[];
}

const keyOf = ({ relation, direction, entity }: Related) => `${relation} ${direction} ${entity.slug}`;

/** Divides what not all entities have: what several of them have, most widely shared first, and what only one has. */
export function divideDiffering<Neighbor extends Related>(
  differing: readonly Difference<Neighbor>[],
): { readonly some: readonly SharedBySome<Neighbor>[]; readonly own: readonly Difference<Neighbor>[] } {
  const found = new Map<string, { readonly neighbor: Neighbor; readonly by: string[] }>();
  for (const { entity, neighbors } of differing) {
    for (const neighbor of neighbors) {
      const key = keyOf(neighbor);
      const one = found.get(key);
      if (one) one.by.push(entity.slug);
      else found.set(key, { neighbor, by: [entity.slug] });
    }
  }
  const isShared = (neighbor: Neighbor) => (found.get(keyOf(neighbor))?.by.length ?? 0) > 1;
  return {
    some: [...found.values()].filter(({ by }) => by.length > 1).toSorted((a, b) => b.by.length - a.by.length),
    own: differing.map((one) => ({ ...one, neighbors: one.neighbors.filter((each) => !isShared(each)) })),
  };
}

interface Shared {
  readonly entity: Card;
  readonly by: readonly string[];
}

/** What at least two of the entities are grouped with, most widely shared first. */
export function sharedIn(groups: readonly Group[], entities: readonly Pick<Card, 'slug'>[]): readonly Shared[] {
  const found = new Map<string, Shared>();
  for (const { keys } of groups) {
    const [from, to] = keys;
    if (!to?.entity || !entities.some(({ slug }) => slug === from?.value)) continue;
    const { by = [] } = found.get(to.entity.slug) ?? {};
    found.set(to.entity.slug, { entity: { ...to.entity }, by: [...by, String(from?.value)] });
  }
  return [...found.values()].filter(({ by }) => by.length > 1).toSorted((a, b) => b.by.length - a.by.length);
}
