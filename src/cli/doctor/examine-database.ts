import type { Driver, RecordShape } from 'neo4j-driver';
import type { Address } from '../../engine/database/address.ts';
import { DatabaseError } from '../../engine/database/database-error.ts';
import { openDriver } from '../../engine/database/open-driver.ts';
import { refuseForeignData } from '../../engine/database/refuse-foreign-data.ts';
import { checksum, readSchemaFiles, schemaFolder } from '../../engine/database/schema/schema-files.ts';
import { verifyDatabase } from '../../engine/database/verify-database.ts';
import { indexStatements } from '../../engine/indexes/indexes.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import { examineIdentifiers } from './examine-identifiers.ts';
import { type Finding, fault, ok, warning } from './finding.ts';
import type { Run } from './run.ts';

/** Milliseconds by which clocks may differ before it is worth a word, and before times of keys and tokens go wrong. */
const UNUSUAL = 2_000;
const WRONG = 60_000;

/** Examines a database as far as it can be reached. Only reads. */
export async function examineDatabase(address: Address, ontology: Ontology): Promise<readonly Finding[]> {
  let driver: Driver | undefined;
  try {
    driver = openDriver(address);
    await verifyDatabase(driver, address);
    await refuseForeignData(driver, address);
    return await examineReached(driver, address, ontology);
  } catch (error) {
    if (error instanceof DatabaseError) return [fault('Database', error.message)];
    return [fault('Database', `It cannot be used: ${(error as Error).message}`, 'Check the log of Neo4j.')];
  } finally {
    await driver?.close();
  }
}

async function examineReached(driver: Driver, { uri, database }: Address, ontology: Ontology) {
  const run: Run = async <Columns extends RecordShape>(text: string) => {
    const session = driver.session({ ...(database === undefined ? {} : { database }), defaultAccessMode: 'READ' });
    const { records } = await session.run<Columns>(text).finally(() => session.close());
    return records.map((record) => record.toObject());
  };
  const [component] = await run<{ version: string; edition: string }>(
    "CALL dbms.components() YIELD name, versions, edition WHERE name = 'Neo4j Kernel' RETURN versions[0] AS version, edition",
  );
  const findings = [ok('Database', `Neo4j ${component?.version} (${component?.edition}) responds at ${uri}.`)];
  findings.push(await examineAccess(run, database));
  findings.push(await examineClock(run));
  findings.push(...(await examineSchema(run, ontology)));
  const [{ entities = 0 } = {}] = await run<{ entities: number }>(
    'MATCH (entity:Entity) RETURN count(entity) AS entities',
  );
  findings.push(
    entities === 0
      ? warning('Graph', 'The graph is empty.', 'silkgraph start loads the seeds, silkgraph import your own files.')
      : ok('Graph', `The graph has ${entities.toLocaleString('en')} entities.`),
  );
  if (ontology.identification) findings.push(...(await examineIdentifiers(run)));
  findings.push(...(await examineImport(run)));
  return findings;
}

/** Whether an import is under way, or was stopped before it was complete. */
async function examineImport(run: Run): Promise<readonly Finding[]> {
  const [pending] = await run<{ files: readonly string[]; written: number; total: number }>(
    'MATCH (marker:`_Import`) RETURN marker.files AS files, marker.written AS written, marker.total AS total',
  );
  if (!pending) return [];
  return [
    warning(
      'Import',
      `An import of ${pending.files.join(', ')} is incomplete: ${pending.written} of ${pending.total} records written.`,
      'If it stopped, run that import again to complete it, or another one in its place: silkgraph import --replace-pending.',
    ),
  ];
}

async function examineAccess(run: Run, database: string | undefined): Promise<Finding> {
  const rows = await run<{ name: string; access: string; home: boolean }>(
    'SHOW DATABASES YIELD name, access, home RETURN name, access, home',
  ).catch(() => []);
  const row = rows.find(({ name, home }) => (database === undefined ? home : name === database));
  return row?.access === 'read-only'
    ? fault(
        'Access',
        `The database ${row.name} is read-only.`,
        'A server needs to write its schema: allow writing (ALTER DATABASE … SET ACCESS READ WRITE).',
      )
    : ok('Access', 'The database can be written.');
}

async function examineClock(run: Run): Promise<Finding> {
  const before = Date.now();
  const [{ now = 0 } = {}] = await run<{ now: number }>('RETURN datetime.realtime().epochMillis AS now');
  const difference = Math.round(now - (before + Date.now()) / 2);
  const text = `The clock of the database is ${Math.abs(difference) < UNUSUAL ? 'that of this machine' : `${Math.abs(difference) / 1000} s ${difference > 0 ? 'ahead' : 'behind'}`}.`;
  if (Math.abs(difference) < UNUSUAL) return ok('Clock', text);
  const advice = 'Synchronise both with a time service (NTP): keys, tokens and the change log have times.';
  return Math.abs(difference) < WRONG ? warning('Clock', text, advice) : fault('Clock', text, advice);
}

async function examineSchema(run: Run, ontology: Ontology): Promise<readonly Finding[]> {
  const recorded = new Map(
    (
      await run<{ name: string; checksum: string }>(
        'MATCH (change:`_SchemaChange`) RETURN change.name AS name, change.checksum AS checksum',
      )
    ).map((row) => [row.name, row.checksum]),
  );
  const files = readSchemaFiles(schemaFolder);
  const derived = indexStatements(ontology);
  const names = new Set(files.map(({ name }) => name));
  const unknown = [...recorded.keys()].filter((name) => name !== 'ontology' && !names.has(name));
  if (unknown.length > 0) {
    return [
      fault(
        'Schema',
        `The database is newer than this Silkgraph: it has ${unknown.join(', ')}.`,
        'Use the newer Silkgraph, or restore a backup.',
      ),
    ];
  }
  const missing = files.filter(({ name }) => !recorded.has(name));
  const isCurrent = recorded.get('ontology') === checksum(derived.join('\n'));
  const schema =
    missing.length === 0 && isCurrent
      ? ok('Schema', 'All schema changes are applied.')
      : warning(
          'Schema',
          `Not yet applied: ${[...missing.map(({ name }) => name), ...(isCurrent ? [] : ['the indexes of the ontology'])].join(', ')}.`,
          'silkgraph start applies them.',
        );
  return [schema, await examineIndexes(run, isCurrent ? derived : [])];
}

async function examineIndexes(run: Run, derived: readonly string[]): Promise<Finding> {
  const indexes = await run<{ name: string; state: string; populationPercent: number }>(
    'SHOW INDEXES YIELD name, state, populationPercent RETURN name, state, populationPercent',
  );
  const failed = indexes.filter(({ state }) => state === 'FAILED');
  if (failed.length > 0) {
    return fault(
      'Indexes',
      `Neo4j could not build ${failed.map(({ name }) => name).join(', ')}.`,
      'Look into the log of Neo4j, drop these indexes, and start the server with another ontology or enough memory.',
    );
  }
  const there = new Set(indexes.map(({ name }) => name));
  const wanted = derived.flatMap((statement) => /INDEX (\w+) IF NOT EXISTS/.exec(statement)?.[1] ?? []);
  const absent = wanted.filter((name) => !there.has(name));
  if (absent.length > 0) {
    return fault(
      'Indexes',
      `${absent.slice(0, 5).join(', ')}${absent.length > 5 ? ` and ${absent.length - 5} more` : ''} ${absent.length === 1 ? 'is' : 'are'} missing, although recorded as created.`,
      "Run MATCH (change:`_SchemaChange` {name: 'ontology'}) DELETE change, then start the server: it creates them again.",
    );
  }
  const building = indexes.filter(({ state }) => state !== 'ONLINE');
  return building.length > 0
    ? warning(
        'Indexes',
        `${building.length} of ${indexes.length} are being built (${Math.floor(Math.min(...building.map(({ populationPercent }) => populationPercent)))} %).`,
        'Queries are slow until they are online.',
      )
    : ok('Indexes', `All ${indexes.length} are online.`);
}
