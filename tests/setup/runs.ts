/** `npm run test:full` tries every random case; `npm test` a fifth of them, and both the same ones at each run. */
const isFull = process.env.SILKGRAPH_TEST_FULL === '1';

/** How many random cases a property is tried with, as fast-check's parameters. */
export const runs = (cases: number): { numRuns: number; seed: number } => ({
  numRuns: isFull ? cases : Math.ceil(cases / 5),
  seed: 1,
});
