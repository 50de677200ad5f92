import type { Driver, Transaction } from 'neo4j-driver';
import type { Address } from '../../engine/database/address.ts';
import { type BackupEnd, type BackupLine, FORM, writeBackupFile } from './backup-file.ts';
import { BackupRefused } from './backup-refused.ts';
import { toStoredProperties } from './stored-value.ts';

/** What a backup contains. */
export interface WrittenBackup extends BackupEnd {
  readonly revision: number;
}

// Each change takes this lock as its last step, so that none is half in the backup: it waits until everything is read.
const lock = `MERGE (log:\`_ChangeLog\` {name: 'changes'})
SET log.\`_lock\` = true REMOVE log.\`_lock\`
RETURN coalesce(log.last, 0) AS revision,
  COLLECT { MATCH (change:\`_SchemaChange\`) RETURN change.name ORDER BY change.name } AS schema,
  EXISTS { MATCH (:\`_Import\`) } AS isImporting`;

const nodes = `MATCH (node) WHERE NOT node:\`_SchemaLock\`
RETURN elementId(node) AS element, labels(node) AS labels, properties(node) AS properties`;

const relations = `MATCH (from)-[relation]->(to)
RETURN type(relation) AS type, elementId(from) AS from, elementId(to) AS to, properties(relation) AS properties`;

async function* linesIn(
  transaction: Transaction,
  version: string,
  done: (written: WrittenBackup) => void,
): AsyncGenerator<BackupLine> {
  const [found] = (await transaction.run(lock)).records;
  const schema: readonly string[] = found?.get('schema') ?? [];
  if (schema.length === 0) throw new BackupRefused('The database does not contain a Silkgraph graph.');
  if (found?.get('isImporting')) {
    throw new BackupRefused('An import is not complete. Repeat the command once it is; silkgraph import completes it.');
  }
  const revision = Number(found?.get('revision'));
  yield { silkgraph: 'backup', form: FORM, version, at: new Date().toISOString(), revision, schema };
  const places = new Map<string, number>();
  for await (const record of transaction.run(nodes)) {
    places.set(record.get('element'), places.size);
    yield { labels: record.get('labels'), properties: toStoredProperties(record.get('properties')) };
  }
  let count = 0;
  for await (const record of transaction.run(relations)) {
    const [from, to] = [places.get(record.get('from')), places.get(record.get('to'))];
    if (from === undefined || to === undefined) throw new BackupRefused('The data changed while they were read.');
    count += 1;
    yield { type: record.get('type'), from, to, properties: toStoredProperties(record.get('properties')) };
  }
  const end = { nodes: places.size, relations: count };
  yield { end };
  done({ ...end, revision });
}

/**
 * Writes all nodes and relations of a database to a file: entities, the log of changes, keys (their hashes), tags, watches and
 * all else that servers keep. Changes to the graph wait meanwhile; reads do not.
 *
 * @param driver must read integers without loss
 * @throws BackupRefused; errors of the driver
 */
export async function writeBackup(
  driver: Driver,
  { database }: Pick<Address, 'database'>,
  path: string,
  version: string,
): Promise<WrittenBackup> {
  const session = driver.session({ fetchSize: 1_000, ...(database === undefined ? {} : { database }) });
  try {
    const transaction = session.beginTransaction();
    let written: WrittenBackup | undefined;
    try {
      await writeBackupFile(
        path,
        linesIn(transaction, version, (all) => {
          written = all;
        }),
      );
    } finally {
      // It only held the lock.
      await transaction.rollback();
    }
    if (!written) throw new Error('The backup has no end.');
    return written;
  } finally {
    await session.close();
  }
}
