import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseError } from '../../engine/database/database-error.ts';
import { attempt } from '../../engine/database/system/attempt.ts';
import type { ProcessIdentity } from '../../engine/database/system/process-identity.ts';
import { readIfThere } from '../../engine/database/system/read-if-there.ts';
import { writeWhole } from '../../engine/database/system/write-whole.ts';
import type { Origin } from './neo4j-origin.ts';

/** The record beside a database's data while its Neo4j runs. */
export interface Neo4jLease {
  readonly origin: Origin;
  readonly neo4j: ProcessIdentity;
  readonly version: string;
  /** Absent until it is ready. */
  readonly uri?: string;
  /** RFC 3339. */
  readonly since: string;
  /** If kept by `server`, it stops with the last process that uses it; if kept by `command`, only on command. */
  readonly keptBy: 'server' | 'command';
  readonly users: readonly ProcessIdentity[];
}

const fileIn = (home: string) => join(home, 'record.json');

/**
 * The record written by the process that started the Neo4j; `undefined` if there is none.
 * @throws DatabaseError `unreadable`, also for a broken record: the Neo4j that it named may still run
 */
export function readLease(home: string): Neo4jLease | undefined {
  const text = readIfThere(fileIn(home));
  if (text === undefined) return undefined;
  const record: Neo4jLease | undefined = attempt(() => JSON.parse(text));
  if (typeof record?.neo4j?.started === 'string') return record;
  throw new DatabaseError(
    'unreadable',
    `${fileIn(home)} is broken, so it is unknown whether a Neo4j runs on ${home}. Stop it if one does (a java process, or a container named silkgraph-…), then delete the file.`,
  );
}

export function writeLease(home: string, record: Neo4jLease): void {
  writeWhole(fileIn(home), `${JSON.stringify(record, undefined, 2)}\n`);
}

export function removeLease(home: string): void {
  rmSync(fileIn(home), { force: true });
}
