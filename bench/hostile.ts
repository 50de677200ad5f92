import { parseArgs } from 'node:util';
import { cooperation } from '../src/cooperation/ontology.ts';
import { openDriver } from '../src/engine/database/open-driver.ts';
import { createGraph } from '../src/engine/graph/graph.ts';
import { keepStatistics } from '../src/engine/reads/statistics.ts';
import { createContext } from '../src/graphql/index.ts';
import { createServer } from '../src/service/server.ts';
import { codeOf, hostileInputs, leak, send } from '../tests/setup/hostile-inputs.ts';
import { served } from '../tests/setup/served.ts';
import { openDatabase } from './database.ts';

/** Prints what the server says to each sort of hostile input, and how soon; fails where one takes too long or leaks. */

const { values: options } = parseArgs({ options: { scale: { type: 'string', default: 'small' } } });

/** No answer may take longer, in milliseconds. */
const LONGEST = 2_000;

const database = await openDatabase(options.scale, (step) => console.error(step));
const driver = openDriver(database.address);
const graph = createGraph(driver, cooperation, database.address);
const statistics = keepStatistics(graph);
const server = createServer({ ...served, context: (read) => createContext(graph, statistics, read) });
const listening = await server.listen(0, '127.0.0.1');

async function countAll(): Promise<string> {
  const { records } = await driver.executeQuery('RETURN COUNT { (n) } + COUNT { ()-->() } AS all');
  return String(records[0]?.get('all'));
}

const faults: string[] = [];
try {
  const before = await countAll();
  await send(listening.origin, { body: '{"query":"{ __typename }"}', headers: { 'content-type': 'application/json' } });
  console.log('| input | status | code | ms |\n|---|---|---|---|');
  for (const { name, sent } of hostileInputs) {
    const begun = performance.now();
    const received = await send(listening.origin, sent);
    const milliseconds = performance.now() - begun;
    console.log(`| ${name} | ${received.status} | ${codeOf(received) ?? ''} | ${milliseconds.toFixed(0)} |`);
    if (milliseconds > LONGEST) faults.push(`${name} took ${milliseconds.toFixed(0)} ms`);
    if (leak.test(received.text)) faults.push(`${name} leaks`);
    if (received.status === 0 || received.status >= 500) faults.push(`${name} is answered with ${received.status}`);
  }
  if ((await countAll()) !== before) faults.push('the graph changed');
} finally {
  await listening.close(0);
  await driver.close();
  await database.close();
}
console.log(faults.length === 0 ? `\n${hostileInputs.length} inputs, none at fault.` : `\n${faults.join('\n')}`);
process.exitCode = faults.length === 0 ? 0 : 1;
