import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { cooperation } from '../src/cooperation/ontology.ts';
import { openDriver } from '../src/engine/database/open-driver.ts';
import { createGraph, type RanStatement } from '../src/engine/graph/graph.ts';
import { keepStatistics } from '../src/engine/reads/statistics.ts';
import { createContext } from '../src/graphql/index.ts';
import { createServer } from '../src/service/server.ts';
import {
  byUnderEstimate,
  type CostedQuery,
  rankCorrelation,
  underEstimated,
} from '../tests/setup/costs/cost-accuracy.ts';
import { randomQueries, slugsOf } from '../tests/setup/costs/random-queries.ts';
import { hitsOf } from '../tests/setup/hits-of.ts';
import { served } from '../tests/setup/served.ts';
import { openDatabase } from './database.ts';

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

interface Measured extends CostedQuery {
  readonly milliseconds: number;
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
    ran.length = 0;
    const first = await ask(query);
    if (first.answer.errors) {
      console.error(`Left out: ${first.answer.errors[0].message} ${query}`);
      continue;
    }
    const hits = await hitsOf(
      driver,
      ran.filter(({ name }) => name !== 'explain'),
    );
    const times: number[] = [];
    for (let turn = 0; turn < Number(options.turns); turn += 1) times.push((await ask(query)).milliseconds);
    const { estimated } = first.answer.extensions.cost;
    measured.push({ query, estimated, hits, milliseconds: Math.min(...times) });
    if (options.out) writeFileSync(options.out, JSON.stringify(measured));
  }
  if (options.show) {
    for (const { query, estimated, hits, milliseconds } of byUnderEstimate(measured)) {
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
  if (Number(options.turns) > 0)
    against(
      'milliseconds',
      measured.map(({ milliseconds }) => milliseconds),
    );
  const [worst] = byUnderEstimate(measured);
  if (worst) console.log(`most under-estimated: ${underEstimated(worst).toFixed(1)} ×, ${worst.query}`);
  console.log(`highest estimate: ${Math.max(...estimates)}`);
} finally {
  await driver.close();
  await database.close();
}
