import type { KindWays, StepTypes } from './kind-ways.ts';
import type { KnownEntity } from './known-graph.ts';

/** Two entities that were not expanded, and how many steps the ways between them have that are still to be asked for. */
export interface Gap {
  /** The one with fewer relations, where the search starts. */
  readonly near: KnownEntity;
  readonly far: KnownEntity;
  readonly length: number;
  /** The relations that a way across may have. */
  readonly types: StepTypes;
}

/** The gap between two entities; nothing where the ontology knows no way of this length between their kinds. */
export function gapOf(one: KnownEntity, other: KnownEntity, length: number, ways: KindWays): Gap | undefined {
  const isTurned = one.degree > other.degree || (one.degree === other.degree && one.slug > other.slug);
  const [near, far] = isTurned ? [other, one] : [one, other];
  const types = ways(near.kind, far.kind, length);
  return types ? { near, far, length, types } : undefined;
}

/** Two gaps are one where this is the same. */
export const keyOf = ({ near, far, length }: Gap): string => `${near.slug} ${far.slug} ${length}`;

const costOf = ({ near, far }: Gap) => Math.log(1 + near.degree) + Math.log(1 + far.degree);

/** Orders by what a way across is worth: most between entities with few relations. */
export const byCost = (left: Gap, right: Gap): number => costOf(left) - costOf(right);
