import { execFileSync } from 'node:child_process';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { comparable, difference, valuesIn } from './answers.ts';
import { type Asked, askQuestion, drawSubjects, timeNothing, trySpared } from './asking.ts';
import { type Contestant, createHand, type ServedContestant, startServer } from './contestants.ts';
import { type Database, openDatabase } from './database.ts';
import { findFacts } from './facts.ts';
import { type Budget, type Measurement, type Measurements, measure, type Task, turned, warmUp } from './measure.ts';
import { type Facts, type Query, queries, type Variables, type Walk } from './queries.ts';
import { questions } from './questions.ts';
import { askingPlace, askingSection, comparisonSection, growthSection, summary, writeResults } from './report.ts';
import { openDriver } from './servers/counting-driver.ts';

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    scale: { type: 'string', default: 'medium' },
    rounds: { type: 'string' },
    queries: { type: 'boolean', default: false },
    build: { type: 'boolean', default: true },
    write: { type: 'boolean', default: true },
    help: { type: 'boolean', default: false },
  },
  allowNegative: true,
});

const help = `npm start [-- OPTIONS]
  --quick        shorter, for a first look; RESULTS.md stays as it is
  --only NAMES   these queries or questions, with commas between; RESULTS.md stays as it is, but for all questions
  --scale large  how Silkgraph grows from medium to large instead of the comparison
  --rounds N     how often everything is measured [3; questions 10]
  --queries      lists the queries and questions
  --no-build     measures dist/ as it is
  --no-write     leaves RESULTS.md as it is`;

const rounds = Number(options.rounds ?? (options.quick ? 1 : 3));
/** A question is asked about each of its subjects once a round, not for a while. */
const askingRounds = Number(options.rounds ?? (options.quick ? 1 : 10));
const budget: Budget = options.quick
  ? { serialMilliseconds: 200, leastOperations: 10, parallelMilliseconds: 200, inFlight: 16 }
  : { serialMilliseconds: 600, leastOperations: 30, parallelMilliseconds: 700, inFlight: 16 };
const warming = options.quick ? 300 : 700;

const only = options.only?.split(',');
const chosen = queries.filter(({ name }) => only?.includes(name) ?? true);
const chosenQuestions = questions.filter(({ field }) => only?.includes(field) ?? true);
const names = [...new Set([...queries.map(({ name }) => name), ...questions.map(({ field }) => field)])];
const unknown = only?.filter((name) => !names.includes(name)) ?? [];
const started = performance.now();
const report = (step: string) =>
  console.log(`${((performance.now() - started) / 1000).toFixed(0).padStart(4)} s  ${step}`);

const variablesFor = (query: Query, facts: Facts, cursor: string | undefined): readonly Variables[] =>
  query.variables(facts).map((variables) => (cursor === undefined ? variables : { ...variables, cursor }));

/** Walks to the page in the middle, as this server counts its pages. */
async function walk({ post }: ServedContestant, { text, pages }: Walk): Promise<string> {
  let after: string | undefined;
  for (let page = 0; page < pages; page += 1) {
    const answer = JSON.parse(await post('/graphql', text, after === undefined ? {} : { after }));
    after = answer.data.page.pageInfo.endCursor;
  }
  return after ?? '';
}

interface Field {
  readonly hand: Contestant;
  readonly ceiling: Contestant;
  readonly silkgraph: ServedContestant;
  readonly unplanned: ServedContestant;
  readonly peer: ServedContestant;
}

async function startAll({ address }: Database): Promise<Field> {
  const silkgraph = await startSilkgraph({ address }, 'silkgraph');
  const schemaText = await (await fetch(`${silkgraph.origin}/schema.graphql`)).text();
  const [ceiling, unplanned, peer] = await Promise.all([
    startServer({
      name: 'ceiling',
      description: 'graphql-yoga over HTTP, with fixed resolvers over that statement',
      program: 'ceiling',
      setting: { address, planning: true, schemaText },
      path: ({ name }) => `/${name}`,
    }),
    startServer({
      name: 'unplanned',
      description: 'Silkgraph with planning off: DataLoader alone',
      program: 'silkgraph',
      setting: { address, planning: false, schemaText: '' },
    }),
    startServer({
      name: 'peer',
      description: '@neo4j/graphql over HTTP, on graphql-yoga',
      program: 'peer',
      setting: { address, planning: true, schemaText: '' },
      text: ({ peer }) => peer?.text ?? '',
    }),
  ]);
  const hand = createHand({ address, description: 'the statement written by hand, through the driver' });
  return { hand, ceiling, silkgraph, unplanned, peer };
}

/** Every query as every contestant is asked it. @throws Error where their answers differ */
async function prepare(field: Field, facts: Facts): Promise<ReadonlyMap<Query, readonly Task[]>> {
  const tasks = new Map<Query, readonly Task[]>();
  for (const query of chosen) {
    const { hand, ceiling, silkgraph, unplanned, peer } = field;
    const cursor = query.walk && (await walk(silkgraph, query.walk));
    const variables = variablesFor(query, facts, cursor);
    const peerVariables = variables.map((own) => ({ ...own, ...query.peer?.variables(facts) }));
    for (const [index, own] of variables.entries()) {
      const answer = await silkgraph.ask(query, own);
      const wanted = JSON.stringify(comparable(answer));
      for (const contestant of [ceiling, unplanned]) {
        const got = JSON.stringify(comparable(await contestant.ask(query, own)));
        if (got !== wanted)
          throw new Error(`${query.name}: silkgraph and ${contestant.name} differ ${difference(wanted, got)}`);
      }
      if (query.peer && !query.peer.isUnordered) {
        const values = JSON.stringify(valuesIn(answer, query.unknownToPeer));
        const peerValues = JSON.stringify(
          valuesIn(await peer.ask(query, peerVariables[index] ?? {}), query.unknownToPeer),
        );
        if (values !== peerValues)
          throw new Error(`${query.name}: silkgraph and peer differ ${difference(values, peerValues)}`);
      }
      if ((await hand.ask(query, own)) === '') throw new Error(`${query.name}: the statement has no answer.`);
    }
    tasks.set(query, [
      ...[hand, ceiling, silkgraph, unplanned].map((contestant) => ({ query, contestant, variables })),
      ...(query.peer ? [{ query, contestant: peer, variables: peerVariables }] : []),
    ]);
  }
  return tasks;
}

/** Round by round, query by query; each round begins with another contestant. */
async function measureAll(
  tasks: ReadonlyMap<Query, readonly Task[]>,
  neo4j: number | undefined,
): Promise<Measurements> {
  // A Neo4j that has just started needs time, however few queries are asked.
  const warm = performance.now() + (options.quick ? 10_000 : 60_000);
  do {
    for (const list of tasks.values()) await warmUp(list, warming, budget.inFlight);
  } while (performance.now() < warm);
  const results = new Map<Query, Map<string, Measurement[]>>();
  for (let round = 0; round < rounds; round += 1) {
    const load = loadavg().map((average) => average.toFixed(1));
    report(`Round ${round + 1} of ${rounds}; load average ${load.join(', ')}`);
    for (const [query, list] of tasks) {
      const byName = results.get(query) ?? new Map<string, Measurement[]>();
      results.set(query, byName);
      const order = turned(list, round);
      for (const [place, measurement] of (await measure(order, budget, neo4j)).entries()) {
        const name = order[place]?.contestant.name ?? '';
        byName.set(name, [...(byName.get(name) ?? []), measurement]);
      }
    }
  }
  return results;
}

/** Questions about the graph, of one server and by hand. */
async function askAll(database: Database, silkgraph: ServedContestant, scale: string): Promise<void> {
  if (chosenQuestions.length === 0) return;
  // Not before the product was built.
  const { openDriver, openSilkgraph } = await import('./servers/open-silkgraph.ts');
  const driver = openDriver(database.address);
  const called = await openSilkgraph(database.address, { planning: true });
  const sides = { silkgraph, called, driver, address: database.address };
  const before = loadavg()[0] ?? 0;
  const asked: Asked[] = [];
  const subjects = await drawSubjects(driver, database.address.database);
  for (const question of chosenQuestions) {
    report(`Asking for ${question.title}`);
    asked.push(await askQuestion(question, subjects, askingRounds, sides));
  }
  const floor = await timeNothing(sides);
  report('Trying what may not end');
  await trySpared(asked, askingRounds, sides);
  const load = [before, loadavg()[0] ?? 0] as const;
  // A field is chosen with all its questions.
  for (const field of new Set(chosenQuestions.map((question) => question.field))) {
    const ofField = asked.filter(({ question }) => question.field === field);
    const section = askingSection({ field, asked: ofField, floor, scale, rounds: askingRounds, load });
    console.log(section);
    if (!options.quick && options.write) writeResults(askingPlace(scale, field), section);
  }
  for (const { question, comparisons } of asked) {
    for (const failure of new Set(comparisons.flatMap(({ answers }) => answers.failures)))
      console.log(`${question.title}: ${failure}`);
  }
  await called.close();
  // A statement that nothing ends would keep the driver from closing.
  const handTimes = asked.flatMap(({ comparisons }) => comparisons.flatMap(({ byHand }) => byHand?.times ?? []));
  if (handTimes.every(Number.isFinite)) await driver.close();
}

/** Questions alone, on one graph. */
async function askAlone(scale: string): Promise<void> {
  const database = await openDatabase(scale, report);
  const silkgraph = await startSilkgraph(database, scale);
  try {
    await askAll(database, silkgraph, scale);
  } finally {
    await silkgraph.close();
    await database.close();
  }
}

const startSilkgraph = ({ address }: Pick<Database, 'address'>, name: string): Promise<ServedContestant> =>
  startServer({
    name,
    description: 'Silkgraph over HTTP',
    program: 'silkgraph',
    setting: { address, planning: true, schemaText: '' },
  });

async function compare(): Promise<void> {
  const database = await openDatabase('medium', report);
  try {
    const field = await startAll(database);
    try {
      const driver = openDriver(database.address);
      const facts = await findFacts(driver, database.address.database).finally(() => driver.close());
      report('Comparing the answers');
      const tasks = await prepare(field, facts);
      const before = loadavg()[0] ?? 0;
      const results = await measureAll(tasks, database.pid);
      const load = [before, loadavg()[0] ?? 0] as const;
      const contestants = Object.values(field).map(({ name, description }: Contestant) => ({ name, description }));
      console.log(summary(results));
      const isWhole = !options.quick && options.only === undefined && options.write;
      if (isWhole)
        writeResults(
          'comparison',
          comparisonSection({ results, contestants, rounds, load, inFlight: budget.inFlight }),
        );
      await askAll(database, field.silkgraph, 'medium');
    } finally {
      await Promise.all(Object.values(field).map((contestant: Contestant) => contestant.close()));
    }
  } finally {
    await database.close();
  }
}

/** Silkgraph alone, on two graphs at the same time. */
async function grow(scale: string): Promise<void> {
  const scales = ['medium', scale];
  const databases: Database[] = [];
  const servers: ServedContestant[] = [];
  try {
    for (const name of scales) databases.push(await openDatabase(name, report));
    const tasks = new Map<Query, Task[]>();
    const bytes = new Map<Query, number[]>();
    for (const [index, { address }] of databases.entries()) {
      const server = await startSilkgraph({ address }, scales[index] ?? '');
      servers.push(server);
      const driver = openDriver(address);
      const facts = await findFacts(driver, address.database).finally(() => driver.close());
      for (const query of chosen) {
        const cursor = query.walk && (await walk(server, query.walk));
        const variables = variablesFor(query, facts, cursor);
        tasks.set(query, [...(tasks.get(query) ?? []), { query, contestant: server, variables }]);
        const answer = await server.ask(query, variables[0] ?? {});
        bytes.set(query, [...(bytes.get(query) ?? []), Buffer.byteLength(answer)]);
      }
    }
    const before = loadavg()[0] ?? 0;
    const results = await measureAll(tasks, undefined);
    const section = growthSection({ results, bytes, scale, rounds, load: [before, loadavg()[0] ?? 0] });
    console.log(section);
    if (!options.quick && options.only === undefined && options.write) writeResults('growth', section);
    const [database, silkgraph] = [databases.at(-1), servers.at(-1)];
    if (database && silkgraph) await askAll(database, silkgraph, scale);
  } finally {
    await Promise.all(servers.map((server) => server.close()));
    for (const database of databases) await database.close();
  }
}

if (options.help) console.log(help);
else if (options.queries) {
  for (const { name, title, text } of queries) console.log(`${name}: ${title}\n  ${text}\n`);
  for (const { field, title, text } of questions) console.log(`${field}: ${title}\n  ${text}\n`);
} else if (unknown.length > 0) {
  console.error(`There is no query ${unknown.join(', ')}; they are ${names.join(', ')}.`);
  process.exitCode = 2;
} else {
  report(`${cpus().length} cores, Node.js ${process.version}`);
  if (options.build) {
    report('Building Silkgraph');
    execFileSync('npm', ['run', 'build', '--silent'], { cwd: join(import.meta.dirname, '..'), stdio: 'inherit' });
  }
  if (chosen.length === 0) await askAlone(options.scale);
  else await (options.scale === 'medium' ? compare() : grow(options.scale));
  report('Done');
}
