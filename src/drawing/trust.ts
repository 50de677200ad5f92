import type { Card, Hop } from './answers.ts';
import { inWords } from './words.ts';

export const degrees = ['LOW', 'MEDIUM', 'HIGH'] as const;
export type Degree = (typeof degrees)[number];

/** The designation of an official Belt and Road Joint Laboratory. Laboratories with any other designation are context. */
const DESIGNATED = 'BELT_AND_ROAD_JOINT_LABORATORY';

/** Whether an entity is a designated laboratory. */
export const isDesignated = ({ designation }: Pick<Card, 'designation'>): boolean => designation === DESIGNATED;

/** `designated`, or `context` with the designation; empty for other kinds. */
export function designationInWords({ designation }: Pick<Card, 'designation'>): string {
  if (designation === undefined) return '';
  return isDesignated({ designation }) ? 'designated' : `context: ${inWords(designation)}`;
}

/** Reliability of the best source of a relation; `LOW` if it has none. */
export function reliabilityOf({ sources }: Pick<Hop, 'sources'>): Degree {
  return degrees.findLast((degree) => sources.some(({ reliability }) => reliability === degree)) ?? 'LOW';
}
