import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync, renameSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { BackupRefused } from './backup-refused.ts';
import type { StoredValue } from './stored-value.ts';

/** The form of the file, so that a later one is not taken for it. */
export const FORM = 1;

type Properties = Readonly<Record<string, StoredValue>>;

/** The first line. */
export interface BackupHead {
  readonly silkgraph: 'backup';
  readonly form: number;
  /** Version of Silkgraph that wrote it. */
  readonly version: string;
  /** RFC 3339. */
  readonly at: string;
  /** Newest revision of the graph; 0 if nothing was ever logged. */
  readonly revision: number;
  /** Names of the schema changes that the database has. */
  readonly schema: readonly string[];
}

/** A node; nodes are numbered from 0 in the order of their lines. */
export interface BackupNode {
  readonly labels: readonly string[];
  readonly properties: Properties;
}

export interface BackupRelation {
  readonly type: string;
  /** Numbers of nodes. */
  readonly from: number;
  readonly to: number;
  readonly properties: Properties;
}

/** The last line, without which a file is not whole. */
export interface BackupEnd {
  readonly nodes: number;
  readonly relations: number;
}

export type BackupLine = BackupHead | BackupNode | BackupRelation | { readonly end: BackupEnd };

/**
 * Writes lines to a compressed file that only its owner may read, completely or not at all.
 * @throws BackupRefused if there is a file of this name, or no folder for it
 */
export async function writeBackupFile(path: string, lines: AsyncIterable<BackupLine>): Promise<void> {
  if (existsSync(path)) throw new BackupRefused(`There is a file ${path} already. Name another one.`);
  const folder = dirname(resolve(path));
  if (!existsSync(folder)) throw new BackupRefused(`There is no folder ${folder}. Make it first, or name another one.`);
  // Of its own, so that another backup into the same file at the same time does not write into it.
  const part = `${path}.${randomUUID()}.part`;
  async function* text() {
    for await (const line of lines) yield `${JSON.stringify(line)}\n`;
  }
  try {
    await pipeline(Readable.from(text()), createGzip(), createWriteStream(part, { mode: 0o600, flush: true }));
    renameSync(part, path);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
}

const isHead = (line: unknown): line is BackupHead =>
  typeof line === 'object' && line !== null && 'silkgraph' in line && line.silkgraph === 'backup';

/** The lines of a file, each as it was written. @throws BackupRefused for a file that is no backup, or damaged */
export async function* readBackupFile(path: string): AsyncGenerator<BackupLine> {
  const unzipped = createGunzip();
  const file = createReadStream(path);
  file.once('error', (error) => unzipped.destroy(error));
  let isFirst = true;
  try {
    for await (const text of createInterface({ input: file.pipe(unzipped), crlfDelay: Number.POSITIVE_INFINITY })) {
      const line: unknown = JSON.parse(text);
      if (isFirst && !isHead(line)) throw new BackupRefused(`The file ${path} is no backup of Silkgraph.`);
      if (isFirst && isHead(line) && line.form !== FORM) {
        throw new BackupRefused(`Silkgraph ${line.version} wrote ${path}, in a form that is newer. Restore with it.`);
      }
      isFirst = false;
      // Written by `writeBackupFile`, as its first line says.
      yield line as BackupLine;
    }
  } catch (error) {
    if (error instanceof BackupRefused) throw error;
    throw new BackupRefused(`The file ${path} cannot be read as a backup: ${(error as Error).message}`, {
      cause: error,
    });
  } finally {
    file.destroy();
  }
}
