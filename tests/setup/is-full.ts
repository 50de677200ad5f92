/** Whether this is `npm run test:full`. */
export const isFull = process.env.SILKGRAPH_TEST_FULL === '1';
