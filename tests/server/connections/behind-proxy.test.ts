import { describe, expect, it } from 'vitest';
import { AccessRefused } from '../../../src/engine/access/access-refused.ts';
import { createTinyServer, listeningLog } from '../tiny-server.ts';
import { afterwards, getOf, startPaced, statusesIn, upgradeOf } from './paced-server.ts';
import { sendRaw } from './send-raw.ts';

const hosts = ['data.example.org'];
const close = 'Connection: close\r\n';

describe('a server behind a proxy', () => {
  it('accepts WebSockets of its own pages by its public address, where the proxy passes on no port', async () => {
    const publicUrl = 'https://data.example.org:8443/graph';
    const { connect } = await startPaced({ hosts, publicUrl });
    const opened = (origin: string) => connect(upgradeOf(`Host: data.example.org\r\nOrigin: ${origin}\r\n`));
    const { socket, text } = opened('https://data.example.org:8443');
    await expect.poll(() => statusesIn(text())).toEqual([101]);
    socket.destroy();
    expect(statusesIn(await opened('https://data.example.org:9443').closed)).toEqual([403]);
    expect(statusesIn(await opened('http://data.example.org:8443').closed)).toEqual([403]);
  });

  it('says that the proxy removes the upgrade of a WebSocket, whose handshake looks like a request for a page', async () => {
    const { connect } = await startPaced();
    const sent = upgradeOf().replace('Connection: Upgrade\r\nUpgrade: websocket\r\n', close);
    expect(await connect(sent).closed).toMatch(
      /^HTTP\/1\.1 426 .*upgrade: websocket.*A proxy in front of the server removes them/is,
    );
  });

  it.each([
    ['a list', 'X-Forwarded-For: 198.51.100.1, 203.0.113.7\r\n'],
    ['a field of its own', 'X-Forwarded-For: 198.51.100.1\r\nX-Forwarded-For: 203.0.113.7\r\n'],
  ])('knows callers by what the proxy appends as %s, not by what they forge', async (_, headers) => {
    const { log, lines } = listeningLog();
    const authenticate = async () => {
      throw new AccessRefused('The key is unknown.');
    };
    const access = { authenticator: { authenticate }, reading: 'open' } as const;
    const { connect } = await startPaced({ log, access, trustedProxies: 1 });
    await connect(getOf('{ hello }', `${headers}X-API-Key: bad\r\n${close}`)).closed;
    expect(lines.filter(({ code }) => code === 'UNAUTHENTICATED').map(({ address }) => address)).toEqual([
      '203.0.113.7',
    ]);
  });

  it('has the proxy pass on each event at once', async () => {
    const { connect } = await startPaced();
    const { text, socket } = connect(getOf('subscription { ticks }', 'Accept: text/event-stream\r\n'));
    await expect.poll(text).toContain('event: next');
    expect(text()).toMatch(/^x-accel-buffering: no\r$/im);
    socket.destroy();
  });

  it('warns once of a proxy that the settings do not mention', async () => {
    const warningsOf = async (trustedProxies: number) => {
      const { log, lines } = listeningLog();
      const { connect } = await startPaced({ log, trustedProxies });
      const ask = (headers: string) => connect(getOf('{ hello }', `${headers}${close}`)).closed;
      expect(statusesIn(await ask(''))).toEqual([200]);
      for (let count = 0; count < 3; count += 1) await ask('X-Forwarded-For: 203.0.113.7\r\n');
      return lines.filter(({ msg }) => String(msg).includes('SILKGRAPH_TRUSTED_PROXIES')).length;
    };
    expect(await warningsOf(0)).toBe(1);
    expect(await warningsOf(1)).toBe(0);
  });
});

describe('a page of another site that may read responses', () => {
  const origin = 'https://app.example';

  async function allowedIn(corsOrigins: readonly string[], request: string): Promise<readonly unknown[]> {
    const { server } = createTinyServer({ corsOrigins });
    const listening = await server.listen(0, '127.0.0.1');
    afterwards(() => listening.close(0));
    const answer = await sendRaw(Number(new URL(listening.origin).port), request);
    return [...statusesIn(answer), /access-control-allow-origin: (\S+)/i.exec(answer)?.[1]];
  }

  it.each<[string, number, string]>([
    [
      'is too long',
      431,
      `GET /graphql?query=${'x'.repeat(20_000)} HTTP/1.1\r\nHost: localhost\r\nOrigin: ${origin}\r\n\r\n`,
    ],
    ['is malformed', 400, `GET /\u4e2d HTTP/1.1\r\nHost: localhost\r\nOrigin: ${origin}\r\n\r\n`],
    ['names another host', 421, `GET /health HTTP/1.1\r\nHost: other.example\r\nOrigin: ${origin}\r\n${close}\r\n`],
  ])('reads why its request %s', async (_, status, request) => {
    expect(await allowedIn([origin], request)).toEqual([status, origin]);
    expect(await allowedIn(['*'], request)).toEqual([status, '*']);
    expect(await allowedIn([], request)).toEqual([status, undefined]);
    expect(await allowedIn(['https://other.example', 'https://third.example'], request)).toEqual([status, undefined]);
  });
});
