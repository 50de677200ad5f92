import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProcessIdentity } from './process-identity.ts';

/** What is written beside a database's data while its Neo4j runs. */
export interface KeptRecord {
  readonly origin: 'local' | 'container';
  readonly neo4j: ProcessIdentity;
  readonly version: string;
  /** Absent until it answers. */
  readonly uri?: string;
  /** RFC 3339. */
  readonly since: string;
  /** Kept by `server`, it ends with the last process that uses it; kept by `command`, only when told. */
  readonly keptBy: 'server' | 'command';
  readonly users: readonly ProcessIdentity[];
}

const fileIn = (home: string) => join(home, 'record.json');

export function readRecord(home: string): KeptRecord | undefined {
  try {
    return JSON.parse(readFileSync(fileIn(home), 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Writes the record whole, or not at all. */
export function writeRecord(home: string, record: KeptRecord): void {
  writeFileSync(`${fileIn(home)}.part`, `${JSON.stringify(record, undefined, 2)}\n`);
  renameSync(`${fileIn(home)}.part`, fileIn(home));
}

export function removeRecord(home: string): void {
  rmSync(fileIn(home), { force: true });
}
