import { parseArgs } from 'node:util';
import { cooperation } from '../src/cooperation/ontology.ts';
import { openDriver } from '../src/database/open-driver.ts';
import { createGraph } from '../src/graph/graph.ts';
import { keepStatistics } from '../src/graph/reads/statistics.ts';
import { createStatementTiers } from '../src/graph/statement-tiers.ts';
import { loadExamples } from '../src/http/documents/examples.ts';
import { describeEntity } from '../src/linked-data/described-entity.ts';
import { createContext } from '../src/schema/index.ts';
import { warmUp } from '../src/schema/warm-up/warm-up.ts';
import { createServer } from '../src/server.ts';
import { randomQueries, slugsOf } from '../tests/setup/costs/random-queries.ts';
import { served } from '../tests/setup/served.ts';
import { openDatabase } from './database.ts';
import { median, quantile } from './statistics.ts';

/** How long random queries take the first time, when Neo4j has planned none of their statements, and when they come again. */

const { values: options } = parseArgs({
  options: {
    scale: { type: 'string', default: 'medium' },
    queries: { type: 'string', default: '200' },
    seed: { type: 'string', default: '7' },
    whole: { type: 'boolean', default: false },
  },
});

const database = await openDatabase(options.scale, (step) => console.error(step));
const driver = openDriver(database.address);
try {
  const texts = new Set<string>();
  let statements = 0;
  const graph = createGraph(driver, cooperation, {
    database: database.address.database,
    observe: ({ name, text }) => {
      if (name === 'explain') return;
      statements += 1;
      texts.add(text);
    },
  });
  const statistics = keepStatistics(graph, 3_600_000);
  await statistics();
  const tiers = createStatementTiers(graph);
  if (!options.whole) {
    const begun = performance.now();
    const { schema } = served;
    await warmUp({
      schema,
      graph,
      statistics,
      tiers,
      documents: [...loadExamples(served.examples).map(({ query }) => query), ...served.explorer.documents],
      reads: [(limited) => describeEntity(limited, '')],
      signal: new AbortController().signal,
    });
    console.log(`planned ahead in ${((performance.now() - begun) / 1_000).toFixed(1)} s`);
  }
  const server = createServer({
    ...served,
    costLimit: 10_000_000,
    timeout: 30_000,
    context: (read) => createContext(graph, statistics, { ...read, ...(options.whole ? {} : { tiers }) }),
  });
  const ask = async (query: string): Promise<number> => {
    const begun = performance.now();
    const response = await server.fetch('http://silkgraph/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    await response.text();
    return performance.now() - begun;
  };
  statements = 0;
  texts.clear();
  const times: number[] = [];
  // A question that comes again is no first run.
  const wanted = Number(options.queries);
  const asked = new Set(randomQueries(2 * wanted, Number(options.seed), await slugsOf(driver)));
  for (const query of [...asked].slice(0, wanted)) {
    times.push(await ask(query));
    if (process.env.SHOW) console.log(times.at(-1)?.toFixed(0), query.slice(0, 400));
  }
  console.log(
    `${times.length} queries, the first time: median ${median(times).toFixed(0)} ms, p95 ${quantile(times, 0.95).toFixed(0)} ms, longest ${Math.max(...times).toFixed(0)} ms; ${statements} statements with ${texts.size} texts`,
  );
} finally {
  await driver.close();
  await database.close();
}
