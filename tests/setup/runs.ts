/** `npm run test:full` tries every random case; `npm test` a fifth of them, the same at each run. */
const isFull = process.env.SILKGRAPH_TEST_FULL === '1';

/** How many random cases a property is tried with, as fast-check's parameters. */
export const runs = (cases: number): { numRuns: number; seed?: number } =>
  isFull ? { numRuns: cases } : { numRuns: Math.ceil(cases / 5), seed: 1 };
