import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { homeIn } from '../src/cli/managed-database/managed-neo4j.ts';
import { readLease } from '../src/cli/managed-database/neo4j-lease.ts';
import { cooperation } from '../src/cooperation/ontology.ts';
import { openDriver } from '../src/engine/database/open-driver.ts';
import { createGraph } from '../src/engine/graph/graph.ts';
import { createPlanner } from '../src/engine/planning/planner.ts';
import { createStatementTiers } from '../src/engine/planning/statement-tiers.ts';
import { keepStatistics } from '../src/engine/reads/statistics.ts';
import { createContext } from '../src/graphql/index.ts';
import { createServer } from '../src/service/server.ts';
import { randomQueries, slugsOf } from '../tests/setup/costs/random-queries.ts';
import { served } from '../tests/setup/served.ts';
import { startProduct } from './product.ts';

/**
 * How many characters of new statements Neo4j plans in a second of processor time: random queries follow each other, as of a
 * tool that sends no query twice. The budget for new documents (`server/limits/new-statements`) is chosen from it. Linux only.
 */
const { values: options } = parseArgs({ options: { queries: { type: 'string', default: '150' } } });

const folder = join(import.meta.dirname, '.data', 'idle');
const product = await startProduct({ SILKGRAPH_FOLDER: folder });
const lease = readLease(homeIn(folder));
const password = readFileSync(join(homeIn(folder), 'password'), 'utf8');
const driver = openDriver({ uri: lease?.uri ?? '', username: 'neo4j', password });

/** Seconds of processor time that Neo4j has used. */
function processorTime(): number {
  const stat = readFileSync(`/proc/${lease?.neo4j.pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

try {
  const texts = new Set<string>();
  let characters = 0;
  const graph = createGraph(driver, cooperation, {
    database: 'neo4j',
    observe: ({ text: ran }) => {
      const text = ran.replace(/^EXPLAIN /, '');
      if (texts.has(text)) return;
      texts.add(text);
      characters += Math.max(text.length, 300);
    },
  });
  const statistics = keepStatistics(graph, 3_600_000);
  await statistics();
  const tiers = createStatementTiers(createPlanner(graph));
  const server = createServer({ ...served, context: (read) => createContext(graph, statistics, { ...read, tiers }) });
  const queries = [...new Set(randomQueries(2 * Number(options.queries), 11, await slugsOf(driver)))];
  console.log('| queries | new characters | processor time, s | characters a second of it | seconds by the clock |');
  console.log('|--:|--:|--:|--:|--:|');
  for (let from = 0; from < Number(options.queries); from += 25) {
    characters = 0;
    const [before, begun] = [processorTime(), performance.now()];
    for (const query of queries.slice(from, from + 25)) {
      const body = JSON.stringify({ query });
      const headers = { 'content-type': 'application/json' };
      await (await server.fetch('http://silkgraph/graphql', { method: 'POST', headers, body })).text();
    }
    const [used, elapsed] = [processorTime() - before, (performance.now() - begun) / 1_000];
    console.log(
      `| ${from}-${from + 25} | ${characters} | ${used.toFixed(1)} | ${(characters / used).toFixed(0)} | ${elapsed.toFixed(1)} |`,
    );
  }
} finally {
  await driver.close();
  await product.close();
}
