import { fileURLToPath } from 'node:url';

/** The questions of the graph of the product, each with its answer. */
export const examplesFolder = fileURLToPath(new URL('../../examples', import.meta.url));
