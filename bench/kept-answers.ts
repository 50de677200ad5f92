// What the answer cache saves, beside the ceiling in the same run, and what a miss costs: `npm run kept-answers`.
import { execFileSync } from 'node:child_process';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type ServedContestant, startServer } from './contestants.ts';
import { openDatabase } from './database.ts';
import { findFacts } from './facts.ts';
import { type Budget, measure, type Task, turned, warmUp } from './measure.ts';
import { queries } from './queries.ts';
import { writeResults } from './report.ts';
import { openDriver } from './servers/counting-driver.ts';
import { median } from './statistics.ts';

const { values: options } = parseArgs({
  options: {
    scale: { type: 'string', default: 'medium' },
    rounds: { type: 'string', default: '5' },
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    build: { type: 'boolean', default: true },
    write: { type: 'boolean', default: true },
  },
  allowNegative: true,
});

/** How many times the operations a second of the ceiling. */
const wanted: Readonly<Record<string, number>> = { lookup: 2, page: 5, 'three-levels': 5, facets: 5, groups: 5 };
/** How much longer a question may take that is not in the cache. */
const MOST_FOR_A_MISS = 1.03;

const rounds = options.quick ? 1 : Number(options.rounds);
const budget: Budget = options.quick
  ? { serialMilliseconds: 100, leastOperations: 10, parallelMilliseconds: 500, inFlight: 16 }
  : { serialMilliseconds: 600, leastOperations: 50, parallelMilliseconds: 1_500, inFlight: 16 };

const report = (step: string) => console.error(step);
if (options.build) {
  report('Building Silkgraph');
  execFileSync('npm', ['run', 'build', '--silent'], { cwd: join(import.meta.dirname, '..'), stdio: 'inherit' });
}

const database = await openDatabase(options.scale, report);
const { address } = database;
const silkgraph = (name: string, cache?: number) =>
  startServer({
    name,
    description: name,
    program: 'silkgraph',
    setting: { address, planning: true, schemaText: '', ...(cache === undefined ? {} : { cache }) },
  });
const without = await silkgraph('without a cache');
const cached = await silkgraph('with a cache', 64 * 2 ** 20);
const schemaText = await (await fetch(`${without.origin}/schema.graphql`)).text();
const ceiling = await startServer({
  name: 'ceiling',
  description: 'graphql-yoga over HTTP, with fixed resolvers over a statement written by hand',
  program: 'ceiling',
  setting: { address, planning: true, schemaText },
  path: ({ name }) => `/${name}`,
});

/** Asks each time with another variable, which the operation does not use. */
function neverTheSame(server: ServedContestant): ServedContestant {
  let asked = 0;
  return { ...server, ask: (query, variables) => server.ask(query, { ...variables, number: ++asked }) };
}

interface Found {
  readonly throughput: Map<string, number[]>;
  readonly serial: Map<string, number[]>;
  readonly statements: Map<string, number[]>;
  /** Milliseconds of the server alone. */
  readonly cpu: Map<string, number[]>;
}

async function measureRounds(tasksOf: (round: number) => readonly Task[]): Promise<Found> {
  const found: Found = { throughput: new Map(), serial: new Map(), statements: new Map(), cpu: new Map() };
  const add = (map: Map<string, number[]>, name: string, value: number) =>
    void map.set(name, [...(map.get(name) ?? []), value]);
  for (let round = 0; round < rounds; round += 1) {
    const tasks = tasksOf(round);
    for (const [place, { throughput, serial, statements, serverCpu }] of (
      await measure(tasks, budget, undefined)
    ).entries()) {
      const name = tasks[place]?.contestant.name ?? '';
      add(found.throughput, name, throughput);
      add(found.serial, name, median(serial));
      add(found.statements, name, statements);
      add(found.cpu, name, serverCpu);
    }
  }
  return found;
}

/** The median of the ratios of each round. */
function ratio(values: Map<string, readonly number[]>, of: string, to: string): number {
  const base = values.get(to) ?? [];
  return median((values.get(of) ?? []).map((value, round) => value / (base[round] ?? Number.NaN)));
}

const rows: string[] = [];
const missRows: string[] = [];
const before = loadavg()[0] ?? 0;
try {
  const driver = openDriver(address);
  const facts = await findFacts(driver, address.database).finally(() => driver.close());
  for (const query of queries.filter(
    ({ name }) => name in wanted && (options.only?.split(',').includes(name) ?? true),
  )) {
    report(`Measuring ${query.name}`);
    const variables = query.variables(facts);
    const task = (contestant: ServedContestant): Task => ({ query, contestant, variables });
    const all = [ceiling, without, cached].map(task);
    await warmUp(all, options.quick ? 1_000 : 5_000, budget.inFlight);
    const hits = await measureRounds((round) => turned(all, round));
    const found = ratio(hits.throughput, cached.name, ceiling.name);
    const perSecond = (name: string) => median(hits.throughput.get(name) ?? []).toFixed(0);
    const cpu = (name: string) => median(hits.cpu.get(name) ?? []).toFixed(2);
    const least = wanted[query.name] ?? 0;
    rows.push(
      `| ${query.name} | ${perSecond(ceiling.name)} | ${perSecond(without.name)} | ${perSecond(cached.name)} | ${median(hits.statements.get(cached.name) ?? []).toFixed(3)} | ${cpu(ceiling.name)} | ${cpu(cached.name)} | ${found.toFixed(1)} | ${least} | ${found >= least ? 'yes' : 'no'} |`,
    );
    const misses = [neverTheSame(without), neverTheSame(cached)].map(task);
    await warmUp(misses, options.quick ? 500 : 3_000, budget.inFlight);
    const missed = await measureRounds((round) => turned(misses, round));
    const alone = ratio(missed.serial, cached.name, without.name);
    const many = 1 / ratio(missed.throughput, cached.name, without.name);
    missRows.push(
      `| ${query.name} | ${alone.toFixed(3)} | ${many.toFixed(3)} | ${alone <= MOST_FOR_A_MISS ? 'yes' : 'no'} |`,
    );
  }
} finally {
  await Promise.all([ceiling, without, cached].map((server) => server.close()));
  await database.close();
}

const section = `## Repeated questions on \`${options.scale}\`

${cpus().length} cores (${cpus()[0]?.model}), Node.js ${process.version}; load average ${before.toFixed(1)} before, ${(loadavg()[0] ?? 0).toFixed(1)} after. Medians of ${rounds} rounds, 16 in flight, over HTTP; clients, servers and Neo4j share the machine. A ratio is that of each round, and their median is shown.

| query | ceiling, operations a second | without a cache | repeated | statements each | server CPU, ceiling, ms | server CPU, repeated, ms | repeated ÷ ceiling | wanted | reached |
| --- | --: | --: | --: | --: | --: | --: | --: | --: | --- |
${rows.join('\n')}

A question that is not in the cache, with the cache ÷ without one (less is better; wanted: one at a time at most ${MOST_FOR_A_MISS}):

| query | time, one at a time | time, 16 in flight | reached |
| --- | --: | --: | --- |
${missRows.join('\n')}
`;
console.log(section);
if (options.write && !options.quick && options.only === undefined) writeResults('kept answers', section);
