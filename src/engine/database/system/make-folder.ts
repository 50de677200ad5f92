import { mkdirSync } from 'node:fs';
import { DatabaseError } from '../database-error.ts';

/**
 * Creates a folder for its owner alone, unless it exists.
 * @throws DatabaseError `unreadable`
 */
export function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new DatabaseError(
      'unreadable',
      `The folder ${path} cannot be created (${(error as Error).message}). Set SILKGRAPH_FOLDER to a folder that the user who runs Silkgraph may write to.`,
      { cause: error },
    );
  }
}
