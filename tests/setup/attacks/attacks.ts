import { answerAttacks } from './answer-attacks.ts';
import type { Attack } from './attack.ts';
import { connectionAttacks } from './connection-attacks.ts';
import { inputAttacks } from './input-attacks.ts';
import { liveAttacks } from './live-attacks.ts';
import { questionAttacks } from './question-attacks.ts';
import { trustAttacks } from './trust-attacks.ts';

/** Every attack, each named once. */
export const attacks: readonly Attack[] = [
  ...inputAttacks,
  ...answerAttacks,
  ...connectionAttacks,
  ...liveAttacks,
  ...trustAttacks,
  ...questionAttacks,
];
