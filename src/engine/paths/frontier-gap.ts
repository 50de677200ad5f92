import { getOrInsert } from '../../ontology/get-or-insert.ts';
import type { Metapaths, StepTypes } from '../traversal/metapaths.ts';
import type { KnownEntity } from './explored-subgraph.ts';

/** Two unexpanded entities, and the number of steps of the connecting paths still to be searched. */
export interface FrontierGap {
  /** The one with fewer relations, where the search starts. */
  readonly near: KnownEntity;
  readonly far: KnownEntity;
  readonly length: number;
  /** The relations possible on a connecting path. */
  readonly types: StepTypes;
}

/** The gap between two entities; `undefined` if the ontology allows no path of this length between their kinds. */
export function frontierGapOf(
  one: KnownEntity,
  other: KnownEntity,
  length: number,
  ways: Metapaths,
): FrontierGap | undefined {
  const isTurned = one.degree > other.degree || (one.degree === other.degree && one.slug > other.slug);
  const [near, far] = isTurned ? [other, one] : [one, other];
  const types = ways(near.kind, far.kind, length);
  return types ? { near, far, length, types } : undefined;
}

/** Key by which two gaps are the same. */
export const keyOf = ({ near, far, length }: FrontierGap): string => `${near.slug} ${far.slug} ${length}`;

const costOf = ({ near, far }: FrontierGap) => Math.log(1 + near.degree) + Math.log(1 + far.degree);

/** Sorts by the value of a connecting path: entities with few relations first. */
export const byCost = (left: FrontierGap, right: FrontierGap): number => costOf(left) - costOf(right);

/** Gaps that allow the same relations, together. */
export function gapsByTypes(gaps: readonly FrontierGap[]): readonly (readonly FrontierGap[])[] {
  const byTypes = new Map<string, FrontierGap[]>();
  for (const gap of gaps) getOrInsert(byTypes, gap.types.join(' '), () => []).push(gap);
  return [...byTypes.values()];
}
