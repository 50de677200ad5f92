import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { testAddress } from '../../setup/database.ts';
import { program } from '../../setup/program.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Starts the server as a process, on the database of the tests. */
async function start() {
  const { uri, username, password } = await testAddress();
  const { PATH = '', HOME = '' } = process.env;
  const env = { PATH, HOME, PORT: '0', NEO4J_URI: uri, NEO4J_USERNAME: username, NEO4J_PASSWORD: password };
  const child = spawn(process.execPath, [...program, 'start'], { cwd: root, env });
  const ended = once(child, 'close').then(([code]): unknown => code);
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (part) => {
      said += String(part);
    });
  }
  await expect.poll(() => said, { timeout: 60_000, interval: 50 }).toMatch(/http:\/\/\S+\/graphql/);
  return { child, ended, origin: said.match(/http:\/\/[\d.]+:\d+/)?.[0] ?? '' };
}

it('SIGTERM interrupts those who follow the changes, so that they connect again, and does not wait for them', {
  timeout: 90_000,
}, async () => {
  const { child, ended, origin } = await start();
  const query = 'subscription { changes { __typename } }';

  const socket = new WebSocket(`${origin.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  const told: string[] = [];
  socket.on('message', (data) => void told.push(JSON.parse(String(data)).type));
  await once(socket, 'open');
  socket.send('{"type":"connection_init"}');
  await once(socket, 'message');
  socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query } }));
  const closed = once(socket, 'close').then(([code]): unknown => code);

  const { body } = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: { accept: 'text/event-stream', 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  let events = '';
  const read = (async () => {
    for await (const part of body ?? []) events += Buffer.from(part).toString();
  })();
  const following = async () => (await (await fetch(`${origin}/metrics`)).text()).includes('silkgraph_subscriptions 2');
  await expect.poll(following).toBe(true);

  child.kill('SIGTERM');
  await read;
  expect(events).not.toContain('complete');
  expect(await closed).toBe(1001);
  expect(told).toEqual(['connection_ack']);
  expect(await ended).toBe(0);
});
