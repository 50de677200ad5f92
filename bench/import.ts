// How fast an import is beside bare statements through the driver: `npx tsx import.ts [--scale large] [--rounds 3]`.
import { createReadStream, existsSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { databaseStatus, findDatabase } from '../src/cli/managed-database/find-database.ts';
import { cooperation } from '../src/cooperation/ontology.ts';
import type { RelationType } from '../src/cooperation/relations.ts';
import { syntheticShape } from '../src/cooperation/synthetic-shape.ts';
import { allExported } from '../src/doors/data/export/export-graph.ts';
import { fileNameOf } from '../src/doors/data/files/data-file.ts';
import { generate, labsOf } from '../src/doors/data/generate/generate.ts';
import { importFiles } from '../src/doors/data/import/import-files.ts';
import { storedEntity, storedRelation } from '../src/engine/changes/apply/stored-form.ts';
import type { Address } from '../src/engine/database/address.ts';
import { openDriver } from '../src/engine/database/open-driver.ts';
import { applySchemaChanges } from '../src/engine/database/schema/apply-schema-changes.ts';
import { createGraph } from '../src/engine/graph/graph.ts';
import { indexStatements } from '../src/engine/indexes/indexes.ts';
import type { Loading, Round } from './import-round.ts';
import { processCpu } from './measure.ts';
import { importSection, writeResults } from './report.ts';

const { isKind, isRelationType } = cooperation;

const { values: options } = parseArgs({
  options: {
    scale: { type: 'string', default: 'large' },
    rounds: { type: 'string', default: '3' },
    write: { type: 'boolean', default: true },
  },
  allowNegative: true,
});
const rounds = Number(options.rounds);

type Load = (address: Address, folder: string) => Promise<Pick<Loading, 'milliseconds' | 'inStatements'>>;

/** So many rows are one statement, and one transaction: with 1,000 or 50,000 it is slower. */
const ROWS = 10_000;

/**
 * What a person would write who trusts the files: rows as they are stored, so that the same indexes have the same work,
 * and a statement for each kind and each type. It checks nothing, and begins anew where it was stopped.
 */
const bare: Load = async (address, folder) => {
  const driver = openDriver(address);
  const session = driver.session(address.database === undefined ? {} : { database: address.database });
  const begun = performance.now();
  let inStatements = 0;

  async function write(text: string, rows: readonly object[]) {
    if (rows.length === 0) return;
    const sent = performance.now();
    await session.run(`UNWIND $rows AS row ${text}`, { rows });
    inStatements += performance.now() - sent;
  }

  for (const exported of allExported(cooperation)) {
    const rows = new Map<string, object[]>();
    const take = async (text: string, row: object) => {
      const waiting = rows.get(text) ?? [];
      rows.set(text, waiting);
      if (waiting.push(row) < ROWS) return;
      rows.delete(text);
      await write(text, waiting);
    };
    const name = isKind(exported) ? fileNameOf(cooperation, exported) : exported;
    for await (const line of createInterface(createReadStream(join(folder, `${name}.jsonl`)))) {
      const record = JSON.parse(line);
      if (isKind(exported))
        await take(`CREATE (entity:Entity:${exported}) SET entity = row`, storedEntity(cooperation, exported, record));
      else await take(createRelation(record.type), { ...record, properties: storedOf(record) });
    }
    for (const [text, waiting] of rows) await write(text, waiting);
  }
  const milliseconds = performance.now() - begun;
  await driver.close();
  return { milliseconds, inStatements };
};

const createRelation = (type: RelationType) => `MATCH (from:Entity {id: row.from}) MATCH (to:Entity {id: row.to})
CREATE (from)-[relation:${type}]->(to) SET relation = row.properties`;

function storedOf(record: { readonly type: string }) {
  if (isRelationType(record.type)) return storedRelation(cooperation, record.type, record);
  throw new Error(`${record.type} is no relation of the ontology.`);
}

const silkgraph: Load = async (address, folder) => {
  const driver = openDriver(address);
  let inStatements = 0;
  const observe = ({ milliseconds }: { readonly milliseconds: number }) => {
    inStatements += milliseconds;
  };
  const begun = performance.now();
  await importFiles(createGraph(driver, cooperation, { database: address.database, observe }), [folder]);
  const milliseconds = performance.now() - begun;
  await driver.close();
  return { milliseconds, inStatements };
};

/** Loads the files into a Neo4j that was started for it. */
async function measure(load: Load, files: string): Promise<Loading> {
  const folder = join(import.meta.dirname, '.data', 'import');
  rmSync(folder, { recursive: true, force: true });
  const settings = { folder, memory: { heap: '1g', pageCache: '1g' } };
  const database = await findDatabase(settings);
  const pid = (await databaseStatus(settings))?.pid;
  const cpu = () => processCpu(process.pid) + processCpu(pid);
  try {
    const driver = openDriver(database.address);
    await applySchemaChanges(driver, database.address, { derived: indexStatements(cooperation) });
    const before = cpu();
    const loading = { ...(await load(database.address, files)), cpu: cpu() - before };
    const graph = createGraph(driver, cooperation, database.address);
    const [row] = await graph.read(
      {
        name: 'count',
        text: 'RETURN COUNT { (:Entity) } + COUNT { (:Entity)-->() }',
      },
      {},
    );
    await driver.close();
    return { ...loading, records: Number(row?.[0]) };
  } finally {
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const files = join(import.meta.dirname, '.data', `${options.scale}-files`);
const mark = join(files, 'complete');
if (!existsSync(mark)) {
  console.log(`Generating ${options.scale}`);
  await generate(cooperation, { shape: syntheticShape, labs: labsOf(options.scale), out: files });
  writeFileSync(mark, '');
}

const measured: Round[] = [];
for (let round = 0; round < rounds; round += 1) {
  const [load = 0] = loadavg();
  const isFirst = round % 2 === 0;
  const [one, other] = isFirst
    ? [await measure(bare, files), await measure(silkgraph, files)]
    : [await measure(silkgraph, files), await measure(bare, files)];
  const [bareLoading, own] = isFirst ? [one, other] : [other, one];
  if (bareLoading.records !== own.records)
    throw new Error(`One has ${bareLoading.records} records, the other ${own.records}.`);
  measured.push({ bare: bareLoading, silkgraph: own, load });
  console.log(measured.at(-1));
}
const section = importSection({ rounds: measured, scale: options.scale });
console.log(section);
if (options.write) writeResults(`import ${options.scale}`, section);
