import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Fault } from '../fault.ts';

/** A record that is not imported, as a line of JSON in the file of rejects. */
export interface Reject {
  readonly file: string;
  /** Number of the record in its file, from 1; in a `.jsonl` file, its line. Absent for an error of the file itself. */
  readonly record: number;
  /** The line of a `.csv` file at which its row begins. */
  readonly line?: number;
  /** Its id, or its type and ends, if readable. */
  readonly id?: string;
  readonly faults: readonly Pick<Fault, 'field' | 'column' | 'expected' | 'found'>[];
  /** The record as it was. */
  readonly value?: unknown;
  /** The row as it was: cells by their columns. */
  readonly row?: unknown;
  /** The unreadable text. */
  readonly text?: string;
}

/** A file of rejects that is being written; until it is complete, the one of an earlier run stays. */
export interface Rejects {
  add(rejects: readonly Reject[]): Promise<void>;
  /** Completes the file. */
  finish(): Promise<void>;
  /** Leaves off, and no file. Does nothing once it is complete. */
  drop(): Promise<void>;
}

export async function openRejects(path: string): Promise<Rejects> {
  const part = join(dirname(path), `.${basename(path)}.${randomUUID()}.part`);
  const file = await open(part, 'w');
  return {
    async add(rejects) {
      if (rejects.length > 0) await file.appendFile(rejects.map((reject) => `${JSON.stringify(reject)}\n`).join(''));
    },
    async finish() {
      await file.close();
      await rename(part, path);
    },
    async drop() {
      await file.close();
      await rm(part, { force: true });
    },
  };
}
