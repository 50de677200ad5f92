import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import neo4j, { type Driver } from 'neo4j-driver';
import { cooperation } from '../src/cooperation/ontology.ts';
import { openDriver } from '../src/database/open-driver.ts';
import { createGraph, type RanStatement } from '../src/graph/graph.ts';
import { keepStatistics } from '../src/graph/reads/statistics.ts';
import { createContext } from '../src/schema/index.ts';
import { createServer } from '../src/server.ts';
import { served } from '../tests/setup/served.ts';
import { openDatabase } from './database.ts';
import { slugsOf } from './facts.ts';
import { randomQueries } from './random-queries.ts';

/** How well the estimate of what a query costs orders random queries, beside what Neo4j and the clock say. */

const { values: options } = parseArgs({
  options: {
    scale: { type: 'string', default: 'small' },
    queries: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    turns: { type: 'string', default: '5' },
    show: { type: 'boolean', default: false },
    out: { type: 'string' },
  },
});

interface Measured {
  readonly query: string;
  readonly estimated: number;
  readonly hits: number;
  readonly milliseconds: number;
}

interface Profile {
  readonly dbHits: number;
  readonly children: readonly Profile[];
}

const hitsOf = ({ dbHits, children }: Profile): number =>
  children.reduce((sum, child) => sum + hitsOf(child), Number(dbHits));

async function profile(driver: Driver, { text, parameters }: RanStatement): Promise<number> {
  const session = driver.session({ defaultAccessMode: neo4j.session.READ });
  try {
    const { summary } = await session.run(`PROFILE ${text}`, parameters);
    return summary.profile ? hitsOf(summary.profile) : 0;
  } finally {
    await session.close();
  }
}

/** Positions in ascending order; those of equal values are shared. */
function ranks(values: readonly number[]): readonly number[] {
  const ordered = [...values].sort((left, right) => left - right);
  return values.map((value) => (ordered.indexOf(value) + ordered.lastIndexOf(value)) / 2);
}

/** Spearman's rho: 1 where two measures order things alike. */
function rankCorrelation(left: readonly number[], right: readonly number[]): number {
  const [first, second] = [ranks(left), ranks(right)];
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanFirst, meanSecond] = [mean(first), mean(second)];
  let [both, squaresFirst, squaresSecond] = [0, 0, 0];
  for (const [index, rank] of first.entries()) {
    const [a, b] = [rank - meanFirst, (second[index] ?? 0) - meanSecond];
    both += a * b;
    squaresFirst += a * a;
    squaresSecond += b * b;
  }
  return both / Math.sqrt(squaresFirst * squaresSecond);
}

const database = await openDatabase(options.scale, (step) => console.error(step));
const driver = openDriver(database.address);
try {
  const ran: RanStatement[] = [];
  const graph = createGraph(driver, cooperation, {
    database: database.address.database,
    observe: (statement) => ran.push(statement),
  });
  const statistics = keepStatistics(graph, 3_600_000);
  await statistics();
  const server = createServer({
    ...served,
    costLimit: 10_000_000,
    timeout: 30_000,
    context: (read) => createContext(graph, statistics, read),
  });
  const ask = async (query: string) => {
    const begun = performance.now();
    const response = await server.fetch(
      new Request('http://silkgraph/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'silkgraph-cost': '1' },
        body: JSON.stringify({ query }),
      }),
    );
    const answer = await response.json();
    return { answer, milliseconds: performance.now() - begun };
  };

  const measured: Measured[] = [];
  for (const query of randomQueries(Number(options.queries), Number(options.seed), await slugsOf(driver))) {
    const first = await ask(query);
    if (first.answer.errors) {
      console.error(`Left out: ${first.answer.errors[0].message} ${query}`);
      continue;
    }
    ran.length = 0;
    const times = [await ask(query)];
    const statements = [...ran];
    for (let turn = 1; turn < Number(options.turns); turn += 1) times.push(await ask(query));
    let hits = 0;
    for (const statement of statements) hits += await profile(driver, statement);
    const { estimated } = first.answer.extensions.cost;
    measured.push({ query, estimated, hits, milliseconds: Math.min(...times.map(({ milliseconds }) => milliseconds)) });
    if (options.out) writeFileSync(options.out, JSON.stringify({ statistics: await statistics(), measured }));
  }
  if (options.show) {
    for (const { query, estimated, hits, milliseconds } of [...measured].sort(
      (a, b) => a.estimated / (a.hits + 50) - b.estimated / (b.hits + 50),
    )) {
      console.log(`${estimated}\t${hits}\t${milliseconds.toFixed(1)}\t${query.slice(0, 300)}`);
    }
  }
  const estimates = measured.map(({ estimated }) => estimated);
  const against = (name: string, values: readonly number[]) =>
    console.log(`rank correlation with ${name}: ${rankCorrelation(estimates, values).toFixed(3)}`);
  console.log(`${measured.length} random queries, ${options.scale}, seed ${options.seed}`);
  against(
    'db hits',
    measured.map(({ hits }) => hits),
  );
  against(
    'milliseconds',
    measured.map(({ milliseconds }) => milliseconds),
  );
  console.log(`highest estimate: ${Math.max(...estimates)}`);
} finally {
  await driver.close();
  await database.close();
}
