import { readFileSync } from 'node:fs';
import { DatabaseError } from '../database-error.ts';

/**
 * The text of a file; `undefined` if there is none.
 * @throws DatabaseError `unreadable` when there is one that cannot be read
 */
export function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw new DatabaseError(
      'unreadable',
      `${path} cannot be read (${message}). Give the user that runs Silkgraph read and write access to it and its folder, or set SILKGRAPH_FOLDER to another folder.`,
      { cause: error },
    );
  }
}
