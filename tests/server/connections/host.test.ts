import { describe, expect, it } from 'vitest';
import { startPaced, statusesIn, upgradeOf } from './paced-server.ts';

const own = [
  'localhost',
  'LOCALHOST:4000',
  'localhost.',
  'graph.localhost',
  '127.0.0.1',
  '127.8.9.1:80',
  '[::1]',
  '[::1]:4000',
  '192.0.2.7:4000',
  '[2001:db8::7]',
  'silkgraph:4000',
  'data.example.org',
  'data.example.org:443',
  'DATA.example.ORG.',
];
const foreign = [
  'evil.example',
  'localhost.evil.example',
  '127.0.0.1.evil.example',
  'example.org',
  'x.data.example.org',
  '1.2.3',
];
const broken = ['', 'a b', '[', '[::1', '%', 'a@b', 'a/b', 'localhost:x', '[evil.example]', 'a\\b', 'a?b', 'a#b'];

const hosts = ['data.example.org'];
const end = 'Connection: close\r\n\r\n';
const get = (host: string, target = '/graphql?query={hello}') => `GET ${target} HTTP/1.1\r\nHost: ${host}\r\n${end}`;
const codeIn = (text: string) => /"code":"(\w+)"/.exec(text)?.[1];

describe('a server that is called by a name', () => {
  it.each(own)('answers to it: %s', async (host) => {
    const { connect } = await startPaced({ hosts });
    expect(await connect(get(host)).closed).toContain('{"data":{"hello":"Hello"}}');
    const { socket, text } = connect(upgradeOf(`Host: ${host}\r\n`));
    await expect.poll(() => statusesIn(text())).toEqual([101]);
    socket.destroy();
  });

  it.each(foreign)('refuses one that is not its own, on every way: %s', async (host) => {
    const { connect, running } = await startPaced({ hosts, corsOrigins: ['*'] });
    const origin = `Host: ${host}\r\nOrigin: http://${host}\r\n`;
    const sent = [
      get(host),
      get(host, '/health'),
      get(host, '/explore'),
      `PUT /graphql HTTP/1.1\r\n${origin}${end}`,
      `OPTIONS * HTTP/1.1\r\n${origin}${end}`,
      upgradeOf(origin),
      get('localhost', `http://${host}/graphql?query={hello}`),
    ];
    for (const text of sent) {
      const answer = await connect(text).closed;
      expect([text, statusesIn(answer), codeIn(answer)]).toEqual([text, [421], 'BAD_USER_INPUT']);
      expect(answer).toContain('SILKGRAPH_HOSTS');
    }
    // A client that offers HTTP/2 is answered in HTTP/1.1, on a connection that stays open.
    const { socket, text } = connect(upgradeOf(origin).replace('websocket', 'h2c'));
    await expect.poll(() => statusesIn(text())).toEqual([421]);
    socket.destroy();
    expect(running.begun).toBe(0);
  });

  it.each(broken)('refuses what is no host: %j', async (host) => {
    const { connect } = await startPaced({ hosts });
    for (const text of [get(host), upgradeOf(`Host: ${host}\r\n`)]) {
      expect(statusesIn(await connect(text).closed)).toEqual([400]);
    }
  });

  it('answers to all where it is told to', async () => {
    const { connect } = await startPaced({ hosts: ['*'] });
    for (const host of [...own, ...foreign]) expect(statusesIn(await connect(get(host)).closed)).toEqual([200]);
    expect(statusesIn(await connect(get('[')).closed)).toEqual([400]);
  });
});

describe('a request that does not name its host once', () => {
  it.each([
    ['none', '', 400],
    ['two', 'Host: localhost\r\nHost: localhost\r\n', 400],
    ['two, in other letters', 'Host: localhost\r\nhOST: evil.example\r\n', 400],
  ])('is refused: %s', async (_, headers, status) => {
    const { connect } = await startPaced();
    expect(statusesIn(await connect(`GET /graphql?query={hello} HTTP/1.1\r\n${headers}${end}`).closed)).toEqual([
      status,
    ]);
    expect(statusesIn(await connect(upgradeOf(headers)).closed)).toEqual([status]);
  });

  it('is answered in HTTP/1.0, which needs none', async () => {
    const { connect } = await startPaced();
    expect(await connect('GET /graphql?query={hello} HTTP/1.0\r\n\r\n').closed).toContain('"Hello"');
  });
});

describe('the target of a request', () => {
  it('is absolute: its host counts, and not that of the header', async () => {
    const { connect } = await startPaced({ hosts });
    const target = 'http://data.example.org/graphql?query={hello}';
    expect(await connect(get('evil.example', target)).closed).toContain('"Hello"');
    expect(await connect(get('localhost', 'HTTP://localhost:80/graphql?query={hello}')).closed).toContain('"Hello"');
    const upgrade = upgradeOf('Host: evil.example\r\n', 'http://localhost/graphql');
    const { socket, text } = connect(upgrade);
    await expect.poll(() => statusesIn(text())).toEqual([101]);
    socket.destroy();
  });

  it.each([
    ['http://user:word@localhost/health', 400],
    ['ftp://localhost/health', 400],
    ['http://[/health', 400],
    ['*', 400],
  ])('is refused: %s', async (target, status) => {
    const { connect } = await startPaced();
    const answer = await connect(get('localhost', target)).closed;
    expect(statusesIn(answer)).toEqual([status]);
    expect(answer).not.toMatch(/node_modules|\bat /);
  });

  it('is the server as a whole: it says what it takes', async () => {
    const { connect } = await startPaced();
    const answer = await connect(`OPTIONS * HTTP/1.1\r\nHost: localhost\r\n${end}`).closed;
    expect(statusesIn(answer)).toEqual([204]);
    expect(answer).toMatch(/^allow: GET, HEAD, POST/im);
  });

  it('is another server: this one is no proxy', async () => {
    const { connect } = await startPaced();
    const answer = await connect('CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n').closed;
    expect([statusesIn(answer), codeIn(answer)]).toEqual([[405], 'BAD_USER_INPUT']);
  });
});

describe('a request with a great many headers', () => {
  it('is refused, so that none is dropped unseen', async () => {
    const { connect } = await startPaced();
    const head = (count: number) => `GET /health HTTP/1.1\r\nHost: localhost\r\n${'a:b\r\n'.repeat(count)}${end}`;
    expect(statusesIn(await connect(head(190)).closed)).toEqual([200]);
    for (const count of [250, 2_500]) {
      const answer = await connect(head(count)).closed;
      expect([statusesIn(answer), codeIn(answer)]).toEqual([[431], 'LIMIT_EXCEEDED']);
    }
  });

  it.each([
    ['100-continue', [100, 200]],
    ['miracles', [417]],
  ])('or one that expects %s', async (expected, statuses) => {
    const { connect } = await startPaced();
    const answer = await connect(postOfExpecting(expected)).closed;
    expect(statusesIn(answer)).toEqual(statuses);
  });
});

const postOfExpecting = (expected: string) => {
  const body = '{"query":"{ hello }"}';
  return `POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nExpect: ${expected}\r\nContent-Length: ${body.length}\r\n${end}${body}`;
};
