import { fileURLToPath } from 'node:url';

/** The folder of Neo4j's jars, which tests share with the server, and of what tests build once. */
export const projectFolder = fileURLToPath(new URL('../../.silkgraph', import.meta.url));
