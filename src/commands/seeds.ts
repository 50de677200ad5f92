import { fileURLToPath } from 'node:url';

/** Folder of the included data. */
export const seeds = fileURLToPath(new URL('../../seeds', import.meta.url));
