// What the answer cache saves, beside the ceiling in the same run, and what a miss costs: `npm run kept-answers`.
import { execFileSync } from 'node:child_process';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type ServedContestant, startServer } from './contestants.ts';
import { openDatabase } from './database.ts';
import { findFacts } from './facts.ts';
import { type Budget, type Measurement, measure, type Task, turned, warmUp } from './measure.ts';
import { type Facts, queries } from './queries.ts';
import { writeResults } from './report.ts';
import { openDriver } from './servers/counting-driver.ts';
import { median } from './statistics.ts';

const { values: options } = parseArgs({
  options: {
    scale: { type: 'string', default: 'medium' },
    rounds: { type: 'string', default: '5' },
    passes: { type: 'string', default: '5' },
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
/** The cache of a server that is asked new questions only, in bytes: it is full after some seconds. */
const SMALL_CACHE = 4 * 2 ** 20;

const rounds = options.quick ? 1 : Number(options.rounds);
/** Two equal processes differ by some percent, so those that are compared are started anew so many times. */
const passes = options.quick ? 1 : Number(options.passes);
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
const compared = queries.filter(({ name }) => name in wanted && (options.only?.split(',').includes(name) ?? true));
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

/** Ratios of each round of all passes: of a server with a full cache to one without, and of two without. */
interface Missed {
  readonly alone: number[];
  readonly many: number[];
  readonly cpu: number[];
  readonly equal: number[];
}

/** Asks servers that are started for it nothing but new questions. */
async function measureMisses(facts: Facts, found: Map<string, Missed>): Promise<void> {
  const names = ['without', 'also without', 'with a full cache'] as const;
  const servers = await Promise.all(
    names.map((name, place) => silkgraph(name, place === names.length - 1 ? SMALL_CACHE : undefined)),
  );
  try {
    for (const query of compared) {
      const variables = query.variables(facts);
      const tasks = servers.map((server): Task => ({ query, contestant: neverTheSame(server), variables }));
      await warmUp(tasks, options.quick ? 500 : 4_000, budget.inFlight);
      const missed = found.get(query.name) ?? { alone: [], many: [], cpu: [], equal: [] };
      found.set(query.name, missed);
      for (let round = 0; round < 2; round += 1) {
        const order = turned([0, 1, 2] as const, round);
        const measured = await measure(turned(tasks, round), budget, undefined);
        const of = (place: 0 | 1 | 2) => measured[order.indexOf(place)] as Measurement;
        const [one, other, full] = [of(0), of(1), of(2)];
        missed.alone.push(median(full.serial) / median(one.serial), median(full.serial) / median(other.serial));
        missed.many.push(one.throughput / full.throughput, other.throughput / full.throughput);
        missed.cpu.push(full.serverCpu / one.serverCpu, full.serverCpu / other.serverCpu);
        missed.equal.push(median(other.serial) / median(one.serial));
      }
    }
  } finally {
    await Promise.all(servers.map((server) => server.close()));
  }
}

const rows: string[] = [];
const missed = new Map<string, Missed>();
const before = loadavg()[0] ?? 0;
const driver = openDriver(address);
try {
  const facts = await findFacts(driver, address.database).finally(() => driver.close());
  for (const query of compared) {
    report(`Measuring ${query.name}`);
    const variables = query.variables(facts);
    const all = [ceiling, without, cached].map((contestant): Task => ({ query, contestant, variables }));
    await warmUp(all, options.quick ? 1_000 : 5_000, budget.inFlight);
    const hits = await measureRounds((round) => turned(all, round));
    const found = ratio(hits.throughput, cached.name, ceiling.name);
    const perSecond = (name: string) => median(hits.throughput.get(name) ?? []).toFixed(0);
    const cpu = (name: string) => median(hits.cpu.get(name) ?? []).toFixed(2);
    const least = wanted[query.name] ?? 0;
    rows.push(
      `| ${query.name} | ${perSecond(ceiling.name)} | ${perSecond(without.name)} | ${perSecond(cached.name)} | ${median(hits.statements.get(cached.name) ?? []).toFixed(3)} | ${cpu(ceiling.name)} | ${cpu(cached.name)} | ${found.toFixed(1)} | ${least} | ${found >= least ? 'yes' : 'no'} |`,
    );
  }
  for (let pass = 0; pass < passes; pass += 1) {
    report(`Measuring questions that are not in the cache, pass ${pass + 1} of ${passes}`);
    await measureMisses(facts, missed);
  }
} finally {
  await Promise.all([ceiling, without, cached].map((server) => server.close()));
  await database.close();
}

const spread = (values: readonly number[]) => `${Math.min(...values).toFixed(2)} to ${Math.max(...values).toFixed(2)}`;

const missRows = [...missed].map(([name, { alone, many, cpu, equal }]) => {
  const found = median(alone);
  return `| ${name} | ${found.toFixed(3)} | ${median(many).toFixed(3)} | ${median(cpu).toFixed(3)} | ${median(equal).toFixed(3)} (${spread(equal)}) | ${found <= MOST_FOR_A_MISS ? 'yes' : 'no'} |`;
});

const section = `## Repeated questions on \`${options.scale}\`

${cpus().length} cores (${cpus()[0]?.model}), Node.js ${process.version}; load average ${before.toFixed(1)} before, ${(loadavg()[0] ?? 0).toFixed(1)} after. Medians of ${rounds} rounds, 16 in flight, over HTTP; clients, servers and Neo4j share the machine. A ratio is that of each round, and their median is shown.

| query | ceiling, operations a second | without a cache | repeated | statements each | server CPU, ceiling, ms | server CPU, repeated, ms | repeated ÷ ceiling | wanted | reached |
| --- | --: | --: | --: | --: | --: | --: | --: | --: | --- |
${rows.join('\n')}

A question that is not in the cache, on a server whose cache is full ÷ on one without a cache (less is better; wanted: one at a time at most ${MOST_FOR_A_MISS}). Two processes that run the same differ, too: three are started ${passes} times, one with a cache and two without, and the column before the last compares these two.

| query | time, one at a time | time, 16 in flight | server CPU | without ÷ without, one at a time | reached |
| --- | --: | --: | --: | --: | --- |
${missRows.join('\n')}
`;
console.log(section);
if (options.write && !options.quick && options.only === undefined) writeResults('kept answers', section);
