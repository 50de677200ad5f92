import { isFull } from './is-full.ts';

/**
 * How many random cases a property is tried with, as fast-check's parameters: `npm run test:full` tries every one,
 * `npm test` a fifth of them, and both the same ones at each run.
 *
 * @param few how many `npm test` tries
 */
export const runs = (cases: number, few = Math.ceil(cases / 5)): { numRuns: number; seed: number } => ({
  numRuns: isFull ? cases : few,
  seed: 1,
});

/** All of some cases in `npm run test:full`, and the first of them in `npm test`. */
export const casesOf = <Case>(...[first, ...others]: readonly [Case, ...Case[]]): readonly Case[] =>
  isFull ? [first, ...others] : [first];

/** All of some cases in `npm run test:full`, and those in `npm test` that a condition holds for. */
export const chosenOf = <Case>(cases: readonly Case[], isChosen: (one: Case) => boolean): readonly Case[] =>
  isFull ? cases : cases.filter(isChosen);

/** All of many cases in `npm run test:full`, and every fifth of them in `npm test`. */
export const fifthOf = <Case>(cases: readonly Case[]): readonly Case[] =>
  isFull ? cases : cases.filter((_, index) => index % 5 === 0);
