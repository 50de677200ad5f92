import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { createMetrics } from '../../../src/server/observability/metrics.ts';
import { createTinyServer, listeningLog } from '../tiny-server.ts';

async function start() {
  const metrics = createMetrics();
  const { log, lines, operations } = listeningLog();
  const { server } = createTinyServer({ metrics, log });
  const { origin, close } = await server.listen(0, '127.0.0.1');
  onTestFinished(() => close(0));
  const port = Number(new URL(origin).port);
  return { origin, port, metrics, lines, operations };
}

const head = (length: number) =>
  `POST /graphql HTTP/1.1\r\nhost: silkgraph\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n`;

const body = (query: string) => JSON.stringify({ query });

/** Ways in which callers hang up, by what they send before they do. */
const ways: Readonly<Record<string, string>> = {
  'half of a small body': `${head(1_000)}{"query": "{ hel`,
  'half of a large body': `${head(500_000)}{"query": "${'x'.repeat(50_000)}`,
  'an operation that is under way': head(body('{ wait }').length) + body('{ wait }'),
  'an operation that fails later':
    head(body('{ later(milliseconds: 300) fails }').length) + body('{ later(milliseconds: 300) fails }'),
};

describe('callers that hang up', () => {
  it.each(Object.entries(ways))('after %s are no errors of the server', async (_, text) => {
    const { port, metrics, lines, operations } = await start();
    for (let count = 0; count < 5; count += 1) {
      const socket = connect(port, '127.0.0.1');
      await once(socket, 'connect');
      socket.write(text);
      await new Promise((resolve) => setTimeout(resolve, 50));
      if (count % 2 === 0) socket.resetAndDestroy();
      else socket.destroy();
    }
    await expect.poll(() => operations.length).toBe(5);
    expect(operations.map(({ code }) => code)).not.toContain('INTERNAL_SERVER_ERROR');
    expect(await metrics.text()).not.toMatch(/^silkgraph_errors_total\{code="INTERNAL_SERVER_ERROR"\}/m);
    expect(lines.filter(({ level }) => Number(level) >= 50)).toEqual([]);
  });

  it('over a WebSocket, or whose frames are malformed or too long, are none either', async () => {
    const { origin, port, metrics, lines } = await start();
    const address = `${origin.replace('http', 'ws')}/graphql`;
    const leaving = new WebSocket(address, 'graphql-transport-ws');
    await once(leaving, 'open');
    leaving.send('{"type":"connection_init"}');
    await once(leaving, 'message');
    leaving.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: '{ wait }' } }));
    await new Promise((resolve) => setTimeout(resolve, 100));
    leaving.terminate();

    for (const message of ['no JSON', '[]', '{"type":"nothing"}', 'x'.repeat(2_000_000)]) {
      const socket = new WebSocket(address, 'graphql-transport-ws');
      await once(socket, 'open');
      socket.on('error', () => {});
      const closed = once(socket, 'close');
      socket.send(message);
      await closed;
    }
    const raw = connect(port, '127.0.0.1');
    raw.write(
      'GET /graphql HTTP/1.1\r\nhost: silkgraph\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-protocol: graphql-transport-ws\r\n\r\n',
    );
    await once(raw, 'data');
    raw.write(Buffer.from([0xff, 0xff, 0xff, 0xff]));
    raw.on('error', () => {});
    await once(raw, 'close');
    expect(lines.filter(({ level }) => Number(level) >= 40)).toEqual([]);
    expect(await metrics.text()).not.toMatch(/^silkgraph_errors_total\{code="INTERNAL_SERVER_ERROR"\}/m);
  });
});
