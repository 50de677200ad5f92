// Random questions on a generated graph, each compared with a model of it: `npm run random`.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { cooperation } from '../src/cooperation/ontology.ts';
import { describeEntity } from '../src/doors/linked-data/described-entity.ts';
import { readsOfToday } from '../src/doors/linked-data/entity-reads.ts';
import { openDriver } from '../src/engine/database/open-driver.ts';
import { createGraph, type RanStatement } from '../src/engine/graph/graph.ts';
import { createPlanner } from '../src/engine/planning/planner.ts';
import { createStatementTiers } from '../src/engine/planning/statement-tiers.ts';
import { keepStatistics } from '../src/engine/reads/statistics.ts';
import { createContext } from '../src/graphql/index.ts';
import { warmUp } from '../src/graphql/warm-up/warm-up.ts';
import { loadExamples } from '../src/server/documents/examples.ts';
import { createServer } from '../src/service/server.ts';
import { served } from '../tests/setup/served.ts';
import { openDatabase } from './database.ts';
import { type RandomQuestion, RandomQuestions, readRecords } from './random-questions.ts';
import { type RandomRow, type RandomRun, randomSection } from './random-report.ts';
import { writeResults } from './report.ts';

const { values: options } = parseArgs({
  options: {
    scale: { type: 'string', default: 'medium' },
    questions: { type: 'string', default: '300' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    json: { type: 'string' },
    before: { type: 'string' },
    'warm-up': { type: 'boolean', default: true },
    show: { type: 'boolean', default: false },
    write: { type: 'boolean', default: true },
  },
  allowNegative: true,
});

const report = (step: string) => console.error(step);

// As much memory as the product gives it: what exceeds that is to be found.
const database = await openDatabase(options.scale, report, null);
const driver = openDriver(database.address);
try {
  report('Reading the graph into a model');
  const records = await readRecords(driver, database.address.database);
  const writer = new RandomQuestions(records);
  const all = [...writer.known(), ...writer.questions(Number(options.questions), Number(options.seed))];
  const only = options.only?.split(',').map(Number);
  const questions = only ? all.filter((_, index) => only.includes(index)) : all;

  let statements: RanStatement[] = [];
  const graph = createGraph(driver, cooperation, {
    database: database.address.database,
    observe: (statement) => {
      if (statement.name !== 'explain') statements.push(statement);
    },
  });
  const statistics = keepStatistics(graph, 3_600_000);
  await statistics();
  const tiers = createStatementTiers(createPlanner(graph));
  if (options['warm-up']) {
    report('Warming up');
    await warmUp({
      schema: served.schema,
      graph,
      statistics,
      tiers,
      documents: [...loadExamples(served.examples).map(({ query }) => query), ...served.explorer.documents],
      reads: [(limited) => describeEntity(readsOfToday(limited), '')],
      signal: new AbortController().signal,
    });
  }
  const unlimited = Number.MAX_SAFE_INTEGER;
  const server = createServer({
    ...served,
    // No question is told that there were too many new ones before it: each is to be answered.
    newStatements: { characters: unlimited, charactersPerSecond: unlimited },
    context: (read) => createContext(graph, statistics, { ...read, tiers }),
  });

  const ask = async ({ query, variables }: RandomQuestion) => {
    statements = [];
    const begun = performance.now();
    const response = await server.fetch('http://silkgraph/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'cache-control': 'no-cache' },
      body: JSON.stringify({ query, variables, extensions: { cost: true } }),
    });
    const { data, errors, extensions } = JSON.parse(await response.text());
    const milliseconds = performance.now() - begun;
    const [error] = errors ?? [];
    const code: string = error ? (error.extensions?.code ?? 'no code') : 'OK';
    return { data, code, message: error?.message, milliseconds, cost: extensions?.cost, statements };
  };

  const load = loadavg()[0] ?? 0;
  const answers: Awaited<ReturnType<typeof ask>>[][] = [];
  for (const pass of ['the first time', 'again']) {
    report(`Asking ${questions.length} questions ${pass}`);
    const found: Awaited<ReturnType<typeof ask>>[] = [];
    let told = performance.now();
    for (const question of questions) {
      found.push(await ask(question));
      if (performance.now() - told < 20_000) continue;
      told = performance.now();
      report(`${found.length} of ${questions.length}`);
    }
    answers.push(found);
  }
  const [first = [], again = []] = answers;
  report('Comparing with the model');
  const after = loadavg()[0] ?? 0;
  const rows: RandomRow[] = [];
  for (const [index, question] of questions.entries()) {
    const given = [first[index], again[index]].filter((answer) => answer !== undefined);
    const wrong = given.find(
      ({ code, data }) =>
        code === 'OK' && JSON.stringify(question.answered(data)) !== JSON.stringify(question.expected()),
    );
    const codes = given.map(({ code }) => code);
    const times = given.map(({ milliseconds }) => milliseconds);
    const [, last] = given;
    rows.push({
      index: only?.[index] ?? index,
      shape: question.shape,
      query: question.query,
      variables: question.variables,
      codes,
      times,
      message: given.find(({ message }) => message !== undefined)?.message,
      estimated: last?.cost?.estimated,
      statements: last?.statements.map(({ text }) => text) ?? [],
      ...(wrong ? { wrong: [question.answered(wrong.data), question.expected()] } : {}),
    });
  }
  const run: RandomRun = {
    scale: options.scale,
    seed: Number(options.seed),
    warmedUp: options['warm-up'],
    load: [load, after],
    rows,
  };
  if (options.json) writeFileSync(options.json, JSON.stringify(run));
  if (options.show) for (const row of rows) console.log(JSON.stringify(row));
  const before: RandomRun | undefined =
    options.before && existsSync(options.before) ? JSON.parse(readFileSync(options.before, 'utf8')) : undefined;
  const section = randomSection(run, before);
  console.log(section);
  if (options.write && !only) writeResults(`random ${options.scale}`, section);
} finally {
  await driver.close();
  await database.close();
}
