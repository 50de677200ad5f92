import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseError } from '../../engine/database/database-error.ts';
import { readIfThere } from '../../engine/database/system/read-if-there.ts';
import { writeWhole } from '../../engine/database/system/write-whole.ts';

const origins = ['local', 'container'] as const;

/** How the Neo4j of a folder is run, and so where its data is: in the folder, or in a volume of Docker. */
export type Origin = (typeof origins)[number];

const fileIn = (home: string) => join(home, 'origin');

/**
 * The engine that runs the Neo4j with the data of a folder; `undefined` if there is no data.
 * @throws DatabaseError `unreadable`
 */
export function readOrigin(home: string): Origin | undefined {
  const text = readIfThere(fileIn(home))?.trim();
  // Folders were filled before this was written down.
  if (text === undefined) return existsSync(join(home, 'data')) ? 'local' : undefined;
  const origin = origins.find((name) => name === text);
  if (origin) return origin;
  throw new DatabaseError(
    'unreadable',
    `${fileIn(home)} does not say where the graph is. Write local into it if the data is in ${join(home, 'data')}, container if it is in a volume of Docker.`,
  );
}

/** Records it permanently at the first start. */
export function writeOrigin(home: string, origin: Origin): void {
  if (!existsSync(fileIn(home))) writeWhole(fileIn(home), `${origin}\n`);
}
