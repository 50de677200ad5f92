import { fileURLToPath } from 'node:url';

/** The folder of the data that Silkgraph comes with. */
export const seeds = fileURLToPath(new URL('../../seeds', import.meta.url));
