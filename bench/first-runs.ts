import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { cooperation } from '../src/cooperation/ontology.ts';
import { describeEntity } from '../src/doors/linked-data/described-entity.ts';
import { readsOfToday } from '../src/doors/linked-data/entity-reads.ts';
import { openDriver } from '../src/engine/database/open-driver.ts';
import { createGraph } from '../src/engine/graph/graph.ts';
import { createPlanner } from '../src/engine/planning/planner.ts';
import { createStatementTiers } from '../src/engine/planning/statement-tiers.ts';
import { keepStatistics } from '../src/engine/reads/statistics.ts';
import { createContext } from '../src/graphql/index.ts';
import { warmUp } from '../src/graphql/warm-up/warm-up.ts';
import { loadExamples } from '../src/server/documents/examples.ts';
import { createServer } from '../src/service/server.ts';
import { randomQueries, slugsOf } from '../tests/setup/costs/random-queries.ts';
import { served } from '../tests/setup/served.ts';
import { createHand } from './contestants.ts';
import { openDatabase } from './database.ts';
import { findFacts } from './facts.ts';
import { queries } from './queries.ts';
import { writeResults } from './report.ts';
import { median, quantile } from './statistics.ts';

/**
 * How long random queries take the first time: those of one seed after the other, so that the first are asked right after
 * the warm-up, and the last of a server that has answered others.
 */

const { values: options } = parseArgs({
  options: {
    scale: { type: 'string', default: 'medium' },
    queries: { type: 'string', default: '200' },
    seeds: { type: 'string', default: '7,9,8' },
    write: { type: 'boolean', default: true },
    whole: { type: 'boolean', default: false },
  },
  allowNegative: true,
});

async function inTurn(texts: readonly string[], ask: (query: string) => Promise<number>): Promise<readonly number[]> {
  const times: number[] = [];
  for (const query of texts) times.push(await ask(query));
  return times;
}

const database = await openDatabase(options.scale, (step) => console.error(step));
const driver = openDriver(database.address);
try {
  const texts = new Set<string>();
  let statements = 0;
  let newTexts = 0;
  const graph = createGraph(driver, cooperation, {
    database: database.address.database,
    observe: ({ name, text }) => {
      // What was planned in the background is not new.
      if (name === 'explain') return void texts.add(text.replace(/^EXPLAIN /, ''));
      statements += 1;
      if (!texts.has(text)) newTexts += 1;
      texts.add(text);
    },
  });
  const statistics = keepStatistics(graph, 3_600_000);
  await statistics();
  const tiers = createStatementTiers(createPlanner(graph));
  let warmedUp = 0;
  if (!options.whole) {
    const begun = performance.now();
    const { schema } = served;
    await warmUp({
      schema,
      graph,
      statistics,
      tiers,
      documents: [...loadExamples(served.examples).map(({ query }) => query), ...served.explorer.documents],
      reads: [(limited) => describeEntity(readsOfToday(limited), '')],
      signal: new AbortController().signal,
    });
    warmedUp = (performance.now() - begun) / 1_000;
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
  /** How long the statements written by hand for the comparison take the first time: what planning takes here. */
  async function timesByHand(): Promise<readonly number[]> {
    const facts = await findFacts(driver, database.address.database);
    const hand = createHand({ address: database.address, description: 'by hand' });
    const times: number[] = [];
    for (const query of queries.filter(({ walk }) => !walk)) {
      const [variables = {}] = query.variables(facts);
      const begun = performance.now();
      await hand.ask(query, variables);
      times.push(performance.now() - begun);
    }
    await hand.close();
    return times;
  }

  const slugs = await slugsOf(driver);
  const wanted = Number(options.queries);
  const rows: string[] = [];
  let before = 0;
  let again: readonly number[] = [];
  for (const seed of options.seeds.split(',').map(Number)) {
    statements = 0;
    newTexts = 0;
    // A question that comes again is no first run.
    const asked = new Set(randomQueries(2 * wanted, seed, slugs));
    const different = [...asked].slice(0, wanted);
    const times = await inTurn(different, ask);
    if (process.env.SHOW)
      for (const [place, query] of different.entries()) console.log(times[place]?.toFixed(0), query);
    const figures = [median(times), quantile(times, 0.95), Math.max(...times)].map((time) => time.toFixed(0));
    rows.push(`| ${before} | ${figures.join(' | ')} | ${statements} | ${newTexts} |`);
    before += times.length;
    again = await inTurn(different, ask);
  }
  const byHand = await timesByHand();
  const section = `## First runs on \`${options.scale}\`

${cpus().length} cores (${cpus()[0]?.model}), Node.js ${process.version}. Of ${wanted} different random queries in each row, none was asked before${options.whole ? ', and each is read whole' : `; the warm-up took ${warmedUp.toFixed(0)} s`}. Wanted: a median of 40 ms and a p95 of 150 ms.

| other queries before | median, ms | p95, ms | longest, ms | statements | new texts |
| --: | --: | --: | --: | --: | --: |
${rows.join('\n')}

Asked once more, those of the last row take ${median(again).toFixed(0)} ms, ${quantile(again, 0.95).toFixed(0)} ms at p95: that is what reading takes. On the same database, the ${byHand.length} statements written by hand for the comparison take ${median(byHand).toFixed(0)} ms the first time, ${quantile(byHand, 0.95).toFixed(0)} ms at p95; each is a whole question.
`;
  console.log(section);
  if (options.write && !options.whole) writeResults('first runs', section);
} finally {
  await driver.close();
  await database.close();
}
