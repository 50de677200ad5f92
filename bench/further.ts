// What reaches further than one hop, beside statements written by hand, on one scale: `npm run further`.
import { execFileSync } from 'node:child_process';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { comparable, difference } from './answers.ts';
import { createHand, startServer } from './contestants.ts';
import { openDatabase } from './database.ts';
import { findFacts } from './facts.ts';
import { furtherQueries } from './further-queries.ts';
import { type Budget, type Measurement, measure, type Task, turned, warmUp } from './measure.ts';
import type { Query } from './queries.ts';
import { furtherSection, writeResults } from './report.ts';
import { openDriver } from './servers/counting-driver.ts';

const { values: options } = parseArgs({
  options: {
    scale: { type: 'string', default: 'medium' },
    rounds: { type: 'string', default: '3' },
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    build: { type: 'boolean', default: true },
    write: { type: 'boolean', default: true },
  },
  allowNegative: true,
});

const rounds = options.quick ? 1 : Number(options.rounds);
const budget: Budget = options.quick
  ? { serialMilliseconds: 100, leastOperations: 5, parallelMilliseconds: 100, inFlight: 4 }
  : { serialMilliseconds: 600, leastOperations: 15, parallelMilliseconds: 700, inFlight: 4 };
const chosen = furtherQueries.filter(({ name }) => options.only?.split(',').includes(name) ?? true);
const report = (step: string) => console.error(step);

if (options.build) {
  report('Building Silkgraph');
  execFileSync('npm', ['run', 'build', '--silent'], { cwd: join(import.meta.dirname, '..'), stdio: 'inherit' });
}
const database = await openDatabase(options.scale, report);
const { address } = database;
const silkgraph = await startServer({
  name: 'silkgraph',
  description: 'Silkgraph over HTTP',
  program: 'silkgraph',
  setting: { address, planning: true, schemaText: '' },
});
const ceiling = await startServer({
  name: 'ceiling',
  description: 'graphql-yoga over HTTP, with fixed resolvers over that statement',
  program: 'ceiling',
  setting: { address, planning: true, schemaText: await (await fetch(`${silkgraph.origin}/schema.graphql`)).text() },
  path: ({ name }) => `/${name}`,
});
const hand = createHand({ address, description: 'the statement written by hand, through the driver' });
const contestants = [hand, ceiling, silkgraph];

const results = new Map<Query, Map<string, Measurement[]>>();
const before = loadavg()[0] ?? 0;
try {
  const driver = openDriver(address);
  const facts = await findFacts(driver, address.database).finally(() => driver.close());
  report('Comparing the answers');
  for (const query of chosen) {
    for (const own of query.variables(facts)) {
      const [wanted, got] = await Promise.all(
        [silkgraph, ceiling].map(async (server) => JSON.stringify(comparable(await server.ask(query, own)))),
      );
      if (wanted !== got) throw new Error(`${query.name}: the answers differ ${difference(wanted ?? '', got ?? '')}`);
    }
  }
  for (const query of chosen) {
    report(`Measuring ${query.name}`);
    const variables = query.variables(facts);
    const tasks = contestants.map((contestant): Task => ({ query, contestant, variables }));
    await warmUp(tasks, options.quick ? 500 : 4_000, budget.inFlight);
    const byName = new Map<string, Measurement[]>();
    results.set(query, byName);
    for (let round = 0; round < rounds; round += 1) {
      const order = turned(tasks, round);
      for (const [place, measurement] of (await measure(order, budget, database.pid)).entries()) {
        const name = order[place]?.contestant.name ?? '';
        byName.set(name, [...(byName.get(name) ?? []), measurement]);
      }
    }
  }
} finally {
  await Promise.all(contestants.map((contestant) => contestant.close()));
  await database.close();
}

const section = furtherSection({ results, scale: options.scale, rounds, load: [before, loadavg()[0] ?? 0] });
console.log(section);
if (options.write && !options.quick && options.only === undefined) writeResults(`further ${options.scale}`, section);
