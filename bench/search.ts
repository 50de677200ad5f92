// How long searches of several things take: `npm run search`, on the seeds or with `-- --scale large`.
import { execFileSync } from 'node:child_process';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Driver } from 'neo4j-driver';
import { namedSearches } from '../tests/setup/named-searches.ts';
import { startServer } from './contestants.ts';
import { openDatabase } from './database.ts';
import { createClient } from './load.ts';
import { startProduct } from './product.ts';
import { searchSection, writeResults } from './report.ts';
import { openDriver } from './servers/counting-driver.ts';

const { values: options } = parseArgs({
  options: {
    scale: { type: 'string', default: 'seeds' },
    rounds: { type: 'string', default: '40' },
    build: { type: 'boolean', default: true },
    write: { type: 'boolean', default: true },
  },
  allowNegative: true,
});

/** Milliseconds in which 95 of 100 searches are to be answered. */
const wanted: Readonly<Record<string, number>> = { seeds: 60, large: 150 };

const report = (step: string) => console.error(step);

/** What twenty labs are about and where their partners are, in the words of their areas and countries. */
async function searchesIn(driver: Driver, database: string | undefined): Promise<readonly string[]> {
  const session = driver.session(database === undefined ? {} : { database });
  const { records } = await session
    .run(
      `MATCH (l:Lab) WHERE EXISTS { (l)-[:RESEARCHES]->() } AND EXISTS { (l)-[:PARTNERS_WITH]->() }
       WITH l ORDER BY l.id LIMIT 2000 WITH collect(l) AS labs
       UNWIND [i IN range(0, 1900, 100) | labs[i]] AS l
       RETURN [(l)-[:RESEARCHES]->(a) | a.name][0] + ' laboratory ' + [(l)-[:PARTNERS_WITH]->(c) | c.name][0] AS search`,
    )
    .finally(() => session.close());
  return records.map((record) => record.get('search'));
}

/** The server of a scale, with what is searched there. */
async function openScale(scale: string) {
  if (scale === 'seeds') {
    const folder = join(import.meta.dirname, '.data', 'seeds');
    const product = await startProduct({ SILKGRAPH_FOLDER: folder, SILKGRAPH_CACHE: 'off' });
    return { origin: product.origin, searches: namedSearches.map(([search]) => search), close: product.close };
  }
  const database = await openDatabase(scale, report);
  const { address } = database;
  const driver = openDriver(address);
  const searches = await searchesIn(driver, address.database).finally(() => driver.close());
  const setting = { address, planning: true, schemaText: '' };
  const server = await startServer({ name: 'silkgraph', description: '', program: 'silkgraph', setting });
  const close = async () => {
    await server.close();
    await database.close();
  };
  return { origin: server.origin, searches, close };
}

const text = (search: string) =>
  `{ search(query: ${JSON.stringify(search)}, first: 20) { totalCount edges { score node { slug name } matched { words field text slug through } } } }`;

if (options.build) {
  report('Building Silkgraph');
  execFileSync('npm', ['run', 'build', '--silent'], { cwd: join(import.meta.dirname, '..'), stdio: 'inherit' });
}
const { origin, searches, close } = await openScale(options.scale);
const client = createClient(origin);
const before = loadavg()[0] ?? 0;
const times = new Map<string, number[]>();
try {
  for (let round = -3; round < Number(options.rounds); round += 1) {
    for (const search of searches) {
      const { code, milliseconds } = await client.ask(text(search));
      if (round >= 0 && code !== 'OK') throw new Error(`"${search}" was answered with ${code}.`);
      if (round >= 0) times.set(search, [...(times.get(search) ?? []), milliseconds]);
    }
  }
} finally {
  client.close();
  await close();
}
const load = [before, loadavg()[0] ?? 0] as const;
const section = searchSection({ times, scale: options.scale, wanted: wanted[options.scale], load });
console.log(section);
if (options.write) writeResults(`search ${options.scale}`, section);
