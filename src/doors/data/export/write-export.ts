import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** A file to be written: its path, and its text piece by piece. */
export interface WrittenFile {
  readonly path: string;
  readonly pieces: AsyncIterable<string>;
}

/**
 * Writes files, all or none: each has a temporary name until the last one is complete, so that final names always
 * belong to complete files, and files of an earlier export remain until then. Of several exports into one file at the same
 * time, that of the last one remains.
 */
export async function writeFiles(files: readonly WrittenFile[]): Promise<void> {
  const begun: string[] = [];
  const id = randomUUID();
  const partOf = (path: string) => join(dirname(path), `.${basename(path)}.${id}.part`);
  try {
    for (const { path, pieces } of files) {
      await mkdir(dirname(path), { recursive: true });
      begun.push(path);
      await pipeline(pieces, createWriteStream(partOf(path)));
    }
    for (const path of begun) await rename(partOf(path), path);
  } catch (error) {
    for (const path of begun) await rm(partOf(path), { force: true });
    throw error;
  }
}

/** Writes pieces to a stream that stays open, no faster than it accepts them, until its reader closes it. */
export async function writeTo(out: Writable, pieces: AsyncIterable<string>): Promise<void> {
  try {
    await pipeline(pieces, out, { end: false });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPIPE')) throw error;
  }
}
