import { randomUUID } from 'node:crypto';
import { type Driver, Neo4jError, type RecordShape } from 'neo4j-driver';
import type { Address, Report } from '../address.ts';
import { DatabaseError } from '../database-error.ts';
import { checksum, readSchemaFiles, type SchemaChange, schemaFolder } from './schema-files.ts';

export interface SchemaOptions {
  /** Where the hand-written changes are. */
  readonly folder?: string;
  /** Constraints and indexes that follow from the ontology, each with `IF NOT EXISTS`. */
  readonly derived: readonly string[];
  /** Begins the names of full-text indexes; those that `derived` does not create belong to an earlier ontology. */
  readonly replaced?: string;
  readonly report?: Report;
}

/** The name under which the derived statements are recorded, as one. */
const derivedName = 'ontology';

type Run = <Columns extends RecordShape = RecordShape>(
  text: string,
  parameters?: Record<string, unknown>,
) => Promise<readonly Columns[]>;

/** Compares the recorded changes, by name, with the files, and returns those still to apply. */
function pending(files: readonly SchemaChange[], recorded: ReadonlyMap<string, string>, folder: string) {
  const applied = [...recorded.keys()].filter((name) => name !== derivedName).sort();
  for (const name of applied) {
    const file = files.find((candidate) => candidate.name === name);
    if (!file) {
      throw new DatabaseError(
        'schema-change-missing',
        `${name} was applied to this database but is not in ${folder}. Put the file back: a schema change, once applied, is never removed. If the database is newer than this Silkgraph, use the newer Silkgraph.`,
      );
    }
    if (file.checksum !== recorded.get(name)) {
      throw new DatabaseError(
        'schema-change-altered',
        `${name} in ${folder} is not what was applied to this database. Put the file back as it was, and write what you want changed as a new file.`,
      );
    }
  }
  const left = files.filter(({ name }) => !recorded.has(name));
  const [first] = left;
  const last = applied.at(-1);
  if (first && last && first.name < last) {
    throw new DatabaseError(
      'schema-change-out-of-order',
      `${first.name} comes before ${last}, which has been applied to this database already. Give it a higher number.`,
    );
  }
  return left;
}

async function apply(run: Run, { name, checksum, statements }: SchemaChange): Promise<void> {
  for (const [index, statement] of statements.entries()) {
    await run(statement).catch((error) => {
      if (!(error instanceof Neo4jError) || !error.code.startsWith('Neo.ClientError')) throw error;
      throw new DatabaseError('schema-change-failed', `Statement ${index + 1} of ${name} failed: ${error.message}`, {
        cause: error,
      });
    });
  }
  await run(
    'MERGE (change:`_SchemaChange` {name: $name}) SET change.checksum = $checksum, change.appliedAt = datetime()',
    { name, checksum },
  );
}

/** Drops the full-text indexes of an earlier ontology. */
async function dropReplaced(run: Run, prefix: string, derived: readonly string[]): Promise<void> {
  const rows = await run<{ name: string }>(
    'SHOW FULLTEXT INDEXES YIELD name WHERE name STARTS WITH $prefix RETURN name',
    { prefix },
  );
  const stale = rows.filter(({ name }) => !derived.some((statement) => statement.includes(` ${name} `)));
  for (const { name } of stale) await run(`DROP INDEX \`${name}\` IF EXISTS`);
}

/** Milliseconds between two looks at what a transaction waits for. */
const LOOK = 2_000;

/**
 * Reports, once, that the transactions with these metadata wait for the lock of another one. Planning takes as long on a
 * busy machine, so only the database knows.
 * @returns ends that
 */
function reportBlocked(run: Run, metadata: Readonly<Record<string, string>>, report: () => void): () => void {
  const look = async () => {
    const [row] = await run<{ blocked: number }>(
      "SHOW TRANSACTIONS YIELD metaData, status WHERE metaData = $metadata AND status STARTS WITH 'Blocked' RETURN count(*) AS blocked",
      { metadata },
    );
    if (row?.blocked !== 1 || isOver) return;
    end();
    report();
  };
  let isOver = false;
  // Where it may not be asked, nothing is said.
  const timer = setInterval(() => void look().catch(() => {}), LOOK);
  const end = () => {
    isOver = true;
    clearInterval(timer);
  };
  return end;
}

/**
 * Brings the database's schema up to date: applies each file of the folder once, in order, then the derived statements
 * if they differ from those recorded; then waits until all indexes are online. Several servers may call it at the same
 * time: one works, the others wait, and one that is killed in the meantime blocks nobody.
 * @returns the names of what was applied
 * @throws DatabaseError `schema-change-missing`, `-altered`, `-out-of-order` or `-failed`, naming the file
 */
export async function applySchemaChanges(
  driver: Driver,
  { database }: Pick<Address, 'database'>,
  { folder = schemaFolder, derived, replaced, report = () => {} }: SchemaOptions,
): Promise<readonly string[]> {
  const openSession = () => driver.session(database === undefined ? {} : { database });
  const run: Run = async <Columns extends RecordShape>(text: string, parameters?: Record<string, unknown>) => {
    const session = openSession();
    const { records } = await session.run<Columns>(text, parameters).finally(() => session.close());
    return records.map((record) => record.toObject());
  };
  const ontology = { name: derivedName, checksum: checksum(derived.join('\n')), statements: derived };
  const files = readSchemaFiles(folder);
  const left = async () => {
    const rows = await run<{ name: string; checksum: string }>(
      'MATCH (change:`_SchemaChange`) RETURN change.name AS name, change.checksum AS checksum',
    );
    const recorded = new Map(rows.map(({ name, checksum }) => [name, checksum]));
    const changes = pending(files, recorded, folder);
    return recorded.get(derivedName) === ontology.checksum ? changes : [...changes, ontology];
  };

  let applied: readonly SchemaChange[] = [];
  if ((await left()).length > 0) {
    const session = openSession();
    const metadata = { silkgraph: `schema change ${randomUUID()}` };
    const acquired = reportBlocked(run, metadata, () =>
      report('Waiting for another server that is changing the schema'),
    );
    try {
      // Servers that create it at the same time may deadlock; the driver then retries.
      await session.executeWrite(
        (transaction) =>
          transaction.run(
            'CREATE CONSTRAINT schema_lock IF NOT EXISTS FOR (lock:`_SchemaLock`) REQUIRE lock.id IS UNIQUE',
          ),
        { metadata },
      );
      // The lock is this open transaction: when its holder dies, Neo4j rolls it back.
      const lock = session.beginTransaction({ metadata });
      await lock.run("MERGE (lock:`_SchemaLock` {id: 'schema'}) SET lock.takenAt = datetime()");
      acquired();
      applied = await left();
      for (const change of applied) {
        report(`Applying the schema change ${change.name}`);
        await apply(run, change);
      }
      if (replaced !== undefined) await dropReplaced(run, replaced, derived);
      await lock.commit();
    } finally {
      acquired();
      await session.close();
    }
  }
  await run('CALL db.awaitIndexes(600)');
  return applied.map(({ name }) => name);
}
