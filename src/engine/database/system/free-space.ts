import { statfsSync } from 'node:fs';
import { DatabaseError } from '../database-error.ts';

/** Bytes without which Neo4j does not start, and does not always say so. */
const LEAST = 16 * 2 ** 20;

const freeBytes = (folder: string): number => {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
};

/** That the disk of a folder is full, or nearly so. */
export const tooLittleSpace = (folder: string): DatabaseError =>
  new DatabaseError(
    'start-failed',
    `The disk is full: only ${Math.floor(freeBytes(folder) / 2 ** 20)} MB are free at ${folder}. Make room, or set SILKGRAPH_FOLDER to a folder on another disk.`,
  );

/** @throws DatabaseError `start-failed` if Neo4j could not start on the disk of a folder */
export function requireSpace(folder: string, free = freeBytes): void {
  if (free(folder) < LEAST) throw tooLittleSpace(folder);
}
