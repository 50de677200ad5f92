import type { Driver, Session } from 'neo4j-driver';
import type { Address } from '../../engine/database/address.ts';
import { readSchemaFiles, type SchemaChange, schemaFolder } from '../../engine/database/schema/schema-files.ts';
import {
  type BackupEnd,
  type BackupHead,
  type BackupLine,
  type BackupNode,
  type BackupRelation,
  readBackupFile,
} from './backup-file.ts';
import { BackupRefused } from './backup-refused.ts';
import { fromStoredProperties } from './stored-value.ts';

/** Records written per transaction. */
const BATCH = 1_000;

/** What was restored. */
export interface RestoredBackup extends BackupEnd {
  readonly head: BackupHead;
}

const isNode = (line: BackupLine): line is BackupNode => 'labels' in line;
const isRelation = (line: BackupLine): line is BackupRelation => 'from' in line && 'to' in line;

/** Reads the whole file before anything is written. @throws BackupRefused if it is not whole */
async function checkFile(path: string): Promise<RestoredBackup> {
  let head: BackupHead | undefined;
  let end: BackupEnd | undefined;
  const found = { nodes: 0, relations: 0 };
  for await (const line of readBackupFile(path)) {
    if ('silkgraph' in line) head = line;
    else if ('end' in line) end = line.end;
    else if (isNode(line)) found.nodes += 1;
    else if (isRelation(line) && Math.max(line.from, line.to) < found.nodes) found.relations += 1;
    else throw new BackupRefused(`The file ${path} has a line that is neither a node nor a relation between nodes.`);
  }
  if (!head || end?.nodes !== found.nodes || end.relations !== found.relations) {
    throw new BackupRefused(`The file ${path} is incomplete. Create a new backup.`);
  }
  return { head, ...found };
}

/** The schema changes that the data of a backup have. @throws BackupRefused if a newer Silkgraph wrote it */
function schemaOf({ schema, version }: BackupHead, derived: string): readonly SchemaChange[] {
  const files = readSchemaFiles(schemaFolder);
  const names = schema.filter((name) => name !== derived);
  const unknown = names.find((name) => !files.some((file) => file.name === name));
  if (unknown !== undefined) {
    throw new BackupRefused(
      `Silkgraph ${version} wrote the backup, which has the schema change ${unknown}. Restore it with that version or a newer one.`,
    );
  }
  return files.filter(({ name }) => names.includes(name));
}

/** The record of the indexes that follow from the ontology. They are made anew at the next start. */
const DERIVED = 'ontology';

const isSchemaChange = ({ labels }: BackupNode) => labels.includes('_SchemaChange');
const isLog = ({ labels }: BackupNode) => labels.includes('_ChangeLog');

/** A record of the schema, without what says that the indexes of the ontology are there. */
function schemaRecord({ properties: { checksum, ...properties } }: BackupNode) {
  const isDerived = properties.name === DERIVED || checksum === undefined;
  return fromStoredProperties(isDerived ? properties : { ...properties, checksum });
}

type Write = (text: string, rows: readonly object[]) => Promise<readonly unknown[]>;

/** Deletes what an earlier attempt wrote, or refuses a database with anything else. */
async function emptyDatabase(session: Session, uri: string): Promise<void> {
  const { records } = await session.run(
    'RETURN COUNT { MATCH (node) } AS nodes, EXISTS { MATCH (:`_Restore`) } AS isUnfinished',
  );
  const [found] = records;
  if (found?.get('isUnfinished')) {
    await session.run(
      'MATCH (node) WHERE NOT node:`_Restore` CALL (node) { DETACH DELETE node } IN TRANSACTIONS OF 100 ROWS',
    );
  } else if (Number(found?.get('nodes')) > 0) {
    throw new BackupRefused(
      `The database at ${uri} is not empty. A backup is restored into an empty one: name it with NEO4J_URI, NEO4J_DATABASE or, for the local Neo4j, SILKGRAPH_FOLDER.`,
    );
  }
}

async function writeLines(path: string, write: Write): Promise<readonly BackupNode[]> {
  const elements: unknown[] = [];
  const signs: BackupNode[] = [];
  let nodes: { readonly labels: readonly string[]; readonly properties: object }[] = [];
  let relations: object[] = [];
  const flush = async () => {
    if (nodes.length > 0) {
      const text =
        'UNWIND $rows AS row CREATE (node:$(row.labels)) SET node = row.properties RETURN elementId(node) AS element';
      elements.push(...(await write(text, nodes)));
    }
    if (relations.length > 0) {
      const text = `UNWIND $rows AS row MATCH (from) WHERE elementId(from) = row.from
        MATCH (to) WHERE elementId(to) = row.to
        CREATE (from)-[relation:$(row.type)]->(to) SET relation = row.properties RETURN row.from AS element`;
      const made = await write(text, relations);
      if (made.length !== relations.length) throw new Error('Relations of the backup could not be written.');
    }
    [nodes, relations] = [[], []];
  };
  for await (const line of readBackupFile(path)) {
    if (isNode(line)) {
      // Written last, as the signs that the rest is there; a place of their own keeps the numbers of the others.
      if (isSchemaChange(line) || isLog(line)) {
        await flush();
        signs.push(line);
        elements.push(null);
      } else nodes.push({ labels: line.labels, properties: fromStoredProperties(line.properties) });
    } else if (isRelation(line)) {
      if (nodes.length > 0) await flush();
      const { type, from, to, properties } = line;
      relations.push({ type, from: elements[from], to: elements[to], properties: fromStoredProperties(properties) });
    }
    if (nodes.length + relations.length >= BATCH) await flush();
  }
  await flush();
  return signs;
}

const countIn = async (session: Session): Promise<BackupEnd> => {
  const { records } = await session.run(
    'RETURN COUNT { MATCH (node) } AS nodes, COUNT { MATCH ()-[relation]->() } AS relations',
  );
  return { nodes: Number(records[0]?.get('nodes')), relations: Number(records[0]?.get('relations')) };
};

/**
 * Restores a backup into an empty database. No server starts with it before it is complete; a restore that was broken off
 * begins anew when the command is repeated.
 *
 * @param driver must write integers as it is given them
 * @throws BackupRefused before anything is written; errors of the driver
 */
export async function restoreBackup(
  driver: Driver,
  { uri, database }: Pick<Address, 'uri' | 'database'>,
  path: string,
): Promise<RestoredBackup> {
  const backup = await checkFile(path);
  const changes = schemaOf(backup.head, DERIVED);
  const session = driver.session(database === undefined ? {} : { database });
  try {
    await emptyDatabase(session, uri);
    await session.run("MERGE (restore:`_Restore` {name: 'unfinished'}) SET restore.begunAt = datetime()");
    for (const { statements } of changes) for (const statement of statements) await session.run(statement);
    const before = await countIn(session);
    const write: Write = (text, rows) =>
      session.executeWrite(async (transaction) => {
        const { records } = await transaction.run(text, { rows });
        return records.map((record) => record.get('element'));
      });
    const signs = await writeLines(path, write);
    // If the answer to a commit is lost, the driver writes a batch once more.
    const after = await countIn(session);
    const isWhole =
      after.nodes - before.nodes + signs.length === backup.nodes &&
      after.relations - before.relations === backup.relations;
    if (!isWhole) throw new BackupRefused('The database was written to during the restore. Repeat the command.');
    await session.executeWrite(async (transaction) => {
      const { records } = await transaction.run('MATCH (restore:`_Restore`) DELETE restore RETURN count(*) AS found');
      // The driver repeats a commit whose answer was lost: then it is complete.
      if (Number(records[0]?.get('found')) === 0) return;
      await transaction.run('UNWIND $rows AS row CREATE (change:`_SchemaChange`) SET change = row', {
        rows: signs.filter(isSchemaChange).map(schemaRecord),
      });
      // Servers that follow the log learn from its number that another one took its place.
      await transaction.run('UNWIND $rows AS row CREATE (log:`_ChangeLog`) SET log = row, log.restore = randomUUID()', {
        rows: signs.filter(isLog).map(({ properties }) => fromStoredProperties(properties)),
      });
    });
    return backup;
  } finally {
    await session.close();
  }
}
