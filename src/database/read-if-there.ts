import { readFileSync } from 'node:fs';
import { DatabaseError } from './database-error.ts';

/**
 * The text of a file; `undefined` where there is none.
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
      `${path} cannot be read (${message}). Let whoever runs Silkgraph read and write it and its folder, or name another folder with SILKGRAPH_FOLDER.`,
      { cause: error },
    );
  }
}
