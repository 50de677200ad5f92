import type { Card, Hop } from './answers.ts';
import { inWords } from './words.ts';

export const degrees = ['LOW', 'MEDIUM', 'HIGH'] as const;
export type Degree = (typeof degrees)[number];

/** The designation that is the title proper. All others are context to it. */
export const TITLE = 'BELT_AND_ROAD_JOINT_LABORATORY';

/** Whether an entity is a laboratory with the title. */
export const isTitled = ({ designation }: Pick<Card, 'designation'>): boolean => designation === TITLE;

/** `titled`, or what a laboratory is context by; nothing of anything else. */
export function titleInWords({ designation }: Pick<Card, 'designation'>): string {
  if (designation === undefined) return '';
  return isTitled({ designation }) ? 'titled' : `context: ${inWords(designation)}`;
}

/** How far the best of a relation's sources can be trusted; the least where there is none. */
export function reliabilityOf({ sources }: Pick<Hop, 'sources'>): Degree {
  return degrees.findLast((degree) => sources.some(({ reliability }) => reliability === degree)) ?? 'LOW';
}
