// What many subscribers cost a server, and how soon they hear of a change: `npx tsx subscribers.ts [--count 1000]`.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { WebSocket } from 'ws';
import { cooperation } from '../src/cooperation/ontology.ts';
import { applyOperations } from '../src/engine/changes/apply/apply-operations.ts';
import { openDriver } from '../src/engine/database/open-driver.ts';
import { createGraph } from '../src/engine/graph/graph.ts';
import { openDatabase } from './database.ts';
import type { Held } from './servers/live.ts';
import { quantile } from './statistics.ts';

const { values: options } = parseArgs({
  options: {
    count: { type: 'string', default: '1000' },
    changes: { type: 'string', default: '40' },
    scale: { type: 'string', default: 'small' },
  },
});
const count = Number(options.count);
const changes = Number(options.changes);

const questions = {
  'the change alone': 'subscription { changes { ... on EntityChange { sequence cursor slug action after } } }',
  'the answer to a question, live':
    'subscription { live { sources(first: 1, orderBy: [{ slug: DESC }], filter: { slug: { startsWith: "bench-" } }) { nodes { slug } } } }',
  'and the entity': 'subscription { changes { ... on EntityChange { sequence cursor slug action entity { name } } } }',
};

interface Subscribers {
  /** Is told whenever one of them is sent a change. */
  heard: (slug: string) => void;
  leave(): void;
}

const slugsIn = (text: string) => [...text.matchAll(/"slug":"(bench-[^"]+)"/g)].map(([, slug = '']) => slug);

/** So many at a time, as the server lets in. */
const AT_A_TIME = 20;

async function inTurns<Made>(make: () => Promise<Made>): Promise<readonly Made[]> {
  const made: Made[] = [];
  while (made.length < count) {
    const next = Math.min(AT_A_TIME, count - made.length);
    made.push(...(await Promise.all(Array.from({ length: next }, make))));
  }
  return made;
}

async function overSockets(port: number, query: string): Promise<Subscribers> {
  const subscribers: Subscribers = {
    heard: () => {},
    leave: () => sockets.forEach((socket) => void socket.terminate()),
  };
  const sockets = await inTurns(async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/graphql`, 'graphql-transport-ws');
    await once(socket, 'open');
    socket.send('{"type":"connection_init"}');
    await once(socket, 'message');
    socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query } }));
    socket.on('message', (data) => slugsIn(String(data)).forEach((slug) => void subscribers.heard(slug)));
    return socket;
  });
  return subscribers;
}

async function overEvents(port: number, query: string): Promise<Subscribers> {
  const agent = new Agent({ keepAlive: false, maxSockets: Number.POSITIVE_INFINITY });
  const subscribers: Subscribers = { heard: () => {}, leave: () => requests.forEach((one) => void one.destroy()) };
  const requests = await inTurns(async () => {
    const headers = { 'content-type': 'application/json', accept: 'text/event-stream' };
    const one = request({ port, host: '127.0.0.1', path: '/graphql', method: 'POST', headers, agent });
    one.on('error', () => {});
    one.end(JSON.stringify({ query }));
    const [response] = await once(one, 'response');
    response.setEncoding('utf8');
    response.on('data', (text: string) => slugsIn(text).forEach((slug) => void subscribers.heard(slug)));
    response.on('error', () => {});
    return one;
  });
  return subscribers;
}

const transports = { 'graphql-ws': overSockets, 'server-sent events': overEvents };

async function held(server: ChildProcess, wanted: 'memory' | 'followers' = 'memory'): Promise<Held> {
  server.send(wanted);
  const [answer] = await once(server, 'message');
  return answer as Held;
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = performance.now() + 60_000; !(await condition()); await pause(20)) {
    if (performance.now() > end) throw new Error('Some did not hear in time.');
  }
}

const database = await openDatabase(options.scale, (step) => console.error(step));
const driver = openDriver(database.address);
const graph = createGraph(driver, cooperation, { database: database.address.database });
const kilobytes = (bytes: number) => `${(bytes / 1024).toFixed(1)} kB`;
const milliseconds = (value: number) => `${value.toFixed(0)} ms`;
let written = 0;

/** Writes beside the server, as another one does. */
const besideIt = (slug: string) =>
  applyOperations(graph, {
    author: 'bench',
    operations: [
      { action: 'CREATE', kind: 'Source', slug, properties: { name: 'A source', type: 'MEDIA', reliability: 'LOW' } },
    ],
  });

/** Writes by the server itself. */
const byIt = (port: number) => async (slug: string) => {
  const query = `mutation { createSource: create(input: { entity: { source: { slug: "${slug}", name: "A source", type: MEDIA, reliability: LOW } } }) { outcome errors { message } } }`;
  const headers = { 'content-type': 'application/json', authorization: 'Bearer bench' };
  const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ query }),
  });
  const text = await response.text();
  if (!text.includes('CREATED')) throw new Error(text);
};

/** From the moment at which a change is acknowledged to that at which each subscriber has it. */
async function delays(subscribers: Subscribers, write: (slug: string) => Promise<unknown>): Promise<readonly number[]> {
  const acknowledged = new Map<string, number>();
  const arrivals: [slug: string, at: number][] = [];
  subscribers.heard = (slug) => void arrivals.push([slug, performance.now()]);
  for (let number = 0; number < changes; number++) {
    const slug = `bench-${process.pid}-${String(written++).padStart(6, '0')}`;
    await write(slug);
    acknowledged.set(slug, performance.now());
    await until(() => arrivals.length >= (number + 1) * count);
    await pause(50 + Math.random() * 300);
  }
  return arrivals.map(([slug, at]) => at - (acknowledged.get(slug) ?? Number.NaN));
}

try {
  console.log(`${count} subscribers on one server, ${changes} changes each way, one after the other.\n`);
  console.log(
    '| transport | asks for | held for each (heap, resident) | statements for each change | by another server: p50, p99 | by this one: p50, p99 |',
  );
  console.log('|---|---|---|---|---|---|');
  for (const [transport, subscribe] of Object.entries(transports)) {
    for (const [asked, query] of Object.entries(questions)) {
      const server = fork(new URL('./servers/live.ts', import.meta.url), {
        execArgv: ['--import', 'tsx', '--expose-gc'],
        env: { ...process.env, NODE_ENV: 'production' },
      });
      server.send({ address: database.address, planning: true, schemaText: '' });
      const [{ port }] = await once(server, 'message');
      await fetch(`http://127.0.0.1:${port}/graphql?query={__typename}`);
      const before = await held(server);
      const subscribers = await subscribe(port, query);
      await until(async () => (await held(server, 'followers')).followers === count);
      const after = await held(server);
      const others = await delays(subscribers, besideIt);
      const own = await delays(subscribers, byIt(port));
      const statements = (await held(server)).statements - after.statements;
      const both = (values: readonly number[]) =>
        `${milliseconds(quantile(values, 0.5))}, ${milliseconds(quantile(values, 0.99))}`;
      const each = (part: 'heap' | 'resident') => kilobytes((after[part] - before[part]) / count);
      console.log(
        `| ${transport} | ${asked} | ${each('heap')}, ${each('resident')} | ${(statements / (2 * changes)).toFixed(1)} | ${both(others)} | ${both(own)} |`,
      );
      subscribers.leave();
      await until(async () => (await held(server, 'followers')).followers === 0);
      const left = await held(server);
      console.error(`left: ${kilobytes(left.heap - before.heap)} more than before`);
      server.disconnect();
      await once(server, 'exit');
    }
  }
  await graph.write((run) =>
    run({ name: 'tidy', text: "MATCH (node:Source) WHERE node.id STARTS WITH 'bench-' DETACH DELETE node" }, {}),
  );
} finally {
  await driver.close();
  await database.close();
}
