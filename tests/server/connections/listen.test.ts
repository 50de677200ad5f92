import { once } from 'node:events';
import { createConnection } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type Listening, listenError } from '../../../src/server/connections/listen.ts';
import { createTinyServer } from '../tiny-server.ts';
import { sendRaw } from './send-raw.ts';

const open: Listening[] = [];
afterEach(async () => {
  for (const listening of open.splice(0)) await listening.close(0);
});

async function start() {
  const tiny = createTinyServer();
  const listening = await tiny.server.listen(0, '127.0.0.1');
  open.push(listening);
  return { ...tiny, ...listening, port: Number(new URL(listening.origin).port) };
}

const until = async (condition: () => boolean) => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
};

describe('a server at a port', () => {
  it('answers over the network as it does over fetch', async () => {
    const { origin } = await start();
    const response = await fetch(`${origin}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ hello(name: "网络") }' }),
    });
    expect(await response.json()).toEqual({ data: { hello: 'Hello 网络' } });
    expect(response.headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
    expect((await fetch(`${origin}/health`)).status).toBe(200);
  });

  it('takes a body in chunks, and refuses one that grows over the limit', async () => {
    const { origin } = await start();
    const sendChunks = (...chunks: string[]) =>
      fetch(`${origin}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: new ReadableStream({
          start(controller) {
            for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk));
            controller.close();
          },
        }),
        duplex: 'half',
      } as RequestInit);
    expect(await (await sendChunks('{"query":', '"{ hello }"}')).json()).toEqual({ data: { hello: 'Hello you' } });
    expect(
      (await sendChunks('{"query":"', ...Array.from({ length: 11 }, () => 'x'.repeat(100_000)), '"}')).status,
    ).toBe(413);
  });

  it.each(['a b', '[', '%', ''])('says nothing of its inside for the host %j', async (host) => {
    const { port } = await start();
    const answer = await sendRaw(
      port,
      `GET /graphql?query={hello} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 [24]00 /);
    expect(answer).not.toMatch(/node_modules|\bat /);
  });

  it.each([
    [
      'with too long an address',
      `GET /graphql?query=${'x'.repeat(20_000)} HTTP/1.1`,
      431,
      /at most 16384 bytes.* POST/,
    ],
    ['with an address that is not encoded', 'GET /entity/\u4e2d HTTP/1.1', 400, /Percent-encode/],
    ['that is none', 'hello', 400, /not valid HTTP/],
  ])('says in words what is wrong with a request %s', async (_, line, status, message) => {
    const { port } = await start();
    const answer = await sendRaw(port, `${line}\r\nHost: localhost\r\n\r\n`);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    const [error] = JSON.parse(answer.slice(answer.indexOf('\r\n\r\n'))).errors;
    expect(error.message).toMatch(message);
    expect(error.extensions.code).toBe(status === 431 ? 'LIMIT_EXCEEDED' : 'BAD_USER_INPUT');
  });

  it('gathers nothing at a connection that offers another protocol again and again', async () => {
    const { port } = await start();
    const warnings: Error[] = [];
    const note = (warning: Error) => void (warning.name === 'MaxListenersExceededWarning' && warnings.push(warning));
    process.on('warning', note);
    const socket = createConnection(port, '127.0.0.1');
    for (let turn = 0; turn < 20; turn += 1) {
      socket.write('GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n');
      await once(socket, 'data');
    }
    socket.destroy();
    process.off('warning', note);
    // Node.js warns of more than ten listeners.
    expect(warnings).toEqual([]);
  });

  it('keeps an idle connection for longer than balancers do', async () => {
    const { origin } = await start();
    const { headers } = await fetch(`${origin}/health`);
    expect(headers.get('keep-alive')).toBe('timeout=75');
  });

  it('that is about to stop serves on, and ends each connection with its next response', async () => {
    const { origin, port, drain } = await start();
    expect((await fetch(`${origin}/health`)).headers.get('connection')).toBe('keep-alive');
    drain();
    // The answer is complete only once the server has closed the connection.
    const answer = await sendRaw(port, 'GET /graphql?query={hello} HTTP/1.1\r\nHost: localhost\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 200 .*connection: close.*Hello you/is);
  });

  it('says in words that the port is taken', async () => {
    const { port, server } = await start();
    await expect(server.listen(port, '127.0.0.1')).rejects.toThrow(
      `Port ${port} on 127.0.0.1 is in use. Stop the process that uses it, or choose another one, as in PORT=${port + 1}.`,
    );
  });

  it('says in words that the machine has no such address', async () => {
    const { server } = await start();
    await expect(server.listen(0, '192.0.2.1')).rejects.toThrow('This machine has no address 192.0.2.1.');
    await expect(server.listen(0, '[::1]')).rejects.toThrow('HOST=::1, without brackets.');
    // A machine without IPv6 has another reason to refuse it.
    const ofLink = Object.assign(new Error('listen EINVAL'), { code: 'EINVAL' });
    expect(listenError(ofLink, 4000, 'fe80::1').message).toContain(
      'Add its network interface, as in HOST=fe80::1%eth0.',
    );
  });
});

describe('a caller who goes away', () => {
  it('aborts the signal that reads follow', async () => {
    const { origin, contexts } = await start();
    const caller = new AbortController();
    const asked = fetch(`${origin}/graphql?query={wait}`, { signal: caller.signal }).catch(() => 'gone');
    await until(() => contexts.length === 1);
    expect(contexts[0]?.signal?.aborted).toBe(false);
    expect(contexts[0]?.timeout).toBe(10_000);
    caller.abort();
    expect(await asked).toBe('gone');
    await until(() => contexts[0]?.signal?.aborted === true);
  });
});

describe('closing', () => {
  it('lets a running request finish, and takes no new one', async () => {
    const { origin, port, close } = await start();
    const body = '{"query":"{ hello }"}';
    let answer = '';
    const socket = createConnection(port, '127.0.0.1');
    socket.setEncoding('utf8').on('data', (part) => {
      answer += part;
    });
    socket.write(
      `POST /graphql HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nExpect: 100-continue\r\n\r\n${body.slice(0, 5)}`,
    );
    await until(() => answer.includes('100 Continue'));
    const closed = close(5000);
    await expect(fetch(`${origin}/health`)).rejects.toThrow();
    const answered = new Promise((resolve) => socket.once('close', resolve));
    socket.write(body.slice(5));
    await Promise.all([closed, answered]);
    expect(answer).toContain('Hello you');
  });

  it('does not wait for a connection that has sent nothing', async () => {
    const { port, close } = await start();
    const socket = createConnection(port, '127.0.0.1');
    const ended = new Promise((resolve) => socket.once('close', resolve));
    await new Promise((resolve) => socket.once('connect', resolve));
    await Promise.all([close(60_000), ended]);
  });

  it('ends what does not finish in time', async () => {
    const { origin, close, contexts } = await start();
    const asked = fetch(`${origin}/graphql?query={wait}`).catch(() => 'ended');
    await until(() => contexts.length === 1);
    await close(50);
    expect(await asked).toBe('ended');
  });
});
