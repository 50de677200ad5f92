import { type IncomingMessage, request as sendRequest } from 'node:http';
import { createConnection, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import type { Listening } from '../../../src/server/connections/listen.ts';
import { allThings, createPagedServer } from '../../server/paged-server.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanups.splice(0).reverse()) await cleanUp();
});

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

async function listening({ server }: ReturnType<typeof createPagedServer>): Promise<Listening & { port: number }> {
  const open = await server.listen(0, '127.0.0.1');
  cleanups.push(() => open.close(0));
  return { ...open, port: Number(new URL(open.origin).port) };
}

const body = JSON.stringify(allThings);

/** Asks for a download from some address of this machine, and gives it once it has begun. */
const begin = (port: number, { encoding = 'identity', from = 9 } = {}) =>
  new Promise<IncomingMessage>((resolve, reject) => {
    const asked = sendRequest({
      port,
      host: '127.0.0.1',
      localAddress: `127.0.0.${from}`,
      path: '/export',
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accept-encoding': encoding },
    });
    asked.on('response', resolve).on('error', reject).end(body);
    cleanups.push(() => asked.destroy());
  });

/** The status of a download that is broken off at once. */
async function statusOfOneMore(port: number, from = 9): Promise<number | undefined> {
  const response = await begin(port, { from });
  response.on('error', () => {}).destroy();
  return response.statusCode;
}

/** A connection that has sent a request for a download, and reads nothing by itself. */
function ask(port: number, from: number): Socket {
  const socket = createConnection({ port, host: '127.0.0.1', localAddress: `127.0.0.${from}` }).pause();
  socket.on('error', () => {});
  socket.write(
    `POST /export HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
  cleanups.push(() => socket.destroy());
  return socket;
}

const polling = { interval: 50 };

/** Downloads for which all places are taken: one caller has half of them. */
const askForAll = (port: number) => [1, 1, 2, 2].map((from) => ask(port, from));

describe('the place of a download', () => {
  it('is left to others by who has half of them', async () => {
    const { port } = await listening(createPagedServer());
    for (let taken = 0; taken < 2; taken += 1) ask(port, 1);
    await expect.poll(() => statusOfOneMore(port, 1), polling).toBe(429);
    expect(await statusOfOneMore(port)).toBe(200);
  });

  it.each(['identity', 'gzip', 'br'])(
    'is free again once who takes it hangs up in the middle, in %s',
    async (encoding) => {
      const { port } = await listening(createPagedServer());
      for (let turn = 0; turn < 4; turn += 1) {
        const response = await begin(port, { encoding, from: turn + 1 });
        await new Promise((resolve) => response.once('data', resolve));
        response.on('error', () => {}).destroy();
      }
      await expect.poll(() => statusOfOneMore(port), polling).toBe(200);
    },
  );

  it('is free again once who takes it hangs up while nothing more fits into the connection', async () => {
    const { port } = await listening(createPagedServer());
    const sockets = askForAll(port);
    await expect.poll(() => statusOfOneMore(port), polling).toBe(503);
    await pause(200);
    for (const socket of sockets) socket.destroy();
    await expect.poll(() => statusOfOneMore(port), polling).toBe(200);
  });

  it('is free again once who asked hangs up before there is anything to take', async () => {
    let open = () => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const { port } = await listening(createPagedServer({ before: () => gate }));
    const sockets = askForAll(port);
    await expect.poll(() => statusOfOneMore(port), polling).toBe(503);
    for (const socket of sockets) socket.destroy();
    await pause(50);
    open();
    await expect.poll(() => statusOfOneMore(port), polling).toBe(200);
  });

  it('is free again once nothing was taken for some time, and the connection is cut', { timeout: 30_000 }, async () => {
    let begun = 0;
    const before = (page: number) => {
      if (page === 1) begun += 1;
    };
    const { port } = await listening(createPagedServer({ clientTimeout: 1_500, before }));
    const sockets = askForAll(port);
    const cuts = sockets.map((socket) => new Promise((resolve) => socket.once('close', resolve)));
    await expect.poll(() => begun, polling).toBe(4);
    expect(await statusOfOneMore(port)).toBe(503);
    await expect.poll(() => statusOfOneMore(port), { interval: 100 }).toBe(200);
    // Whoever was cut reads to the end of what was on its way, and anybody else for ever.
    await pause(3_000);
    for (const socket of sockets) socket.resume();
    await Promise.all(cuts);
  });

  it('is free again once who asked without a connection leaves before anything is taken', async () => {
    const { post, server } = createPagedServer();
    const leaving = new AbortController();
    const begun = () =>
      server.fetch(
        new Request('http://silkgraph/export', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body,
          signal: leaving.signal,
        }),
      );
    await Promise.all([1, 2, 3, 4].map(begun));
    expect((await post('/export', allThings)).status).toBe(503);
    leaving.abort();
    await expect.poll(async () => (await post('/export', allThings)).status, polling).toBe(200);
  });

  it('is free again where who asked had left by the time that there was something to take', async () => {
    const rows = Array.from({ length: 3 }, () => ['slug', 0]);
    let leave = () => {};
    /** Everybody leaves while their graph is read, and it is read all the same. */
    const read = async ({ name }: { name: string }) => {
      if (name.startsWith('import-marker')) return [];
      leave();
      return rows;
    };
    const { server } = createPagedServer({ context: () => ({ graph: { ontology: cooperation, read } }) });
    for (let turn = 0; turn < 6; turn += 1) {
      const leaving = new AbortController();
      leave = () => leaving.abort();
      const asked = new Request('http://silkgraph/export?format=jsonl&kind=PARK', { signal: leaving.signal });
      await expect(server.fetch(asked)).rejects.toThrow('aborted');
      await pause(20);
    }
    leave = () => {};
    const response = await server.fetch(new Request('http://silkgraph/export?format=jsonl&kind=PARK'));
    expect(response.status).not.toBe(503);
    await response.body?.cancel();
  });

  it('is kept by who takes slowly, and by who waits for a slow database', async () => {
    const slow = await listening(
      createPagedServer({ clientTimeout: 300, pages: 3, text: 'x', before: () => pause(800) }),
    );
    const response = await begin(slow.port);
    let text = '';
    for await (const part of response.setEncoding('utf8')) text += part;
    expect(
      text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).number),
    ).toEqual([1, 2, 3]);

    const { port } = await listening(createPagedServer({ clientTimeout: 1_500, pages: 60 }));
    const download = await begin(port);
    let size = 0;
    for await (const part of download) {
      size += part.length;
      // All that fits between both ends is taken at once, then nothing for a while.
      if (size % 4_000_000 < part.length) await pause(400);
    }
    expect(size).toBeGreaterThan(60 * 500_000);
  });

  it('gathers nothing at its response while page after page is read', async () => {
    const warnings: Error[] = [];
    const note = (warning: Error) => void warnings.push(warning);
    process.on('warning', note);
    cleanups.push(() => process.off('warning', note));
    const { port } = await listening(createPagedServer({ pages: 40, text: 'x' }));
    let text = '';
    for await (const part of (await begin(port)).setEncoding('utf8')) text += part;
    expect(text.trim().split('\n')).toHaveLength(40);
    // Node.js warns of more than ten listeners.
    expect(warnings).toEqual([]);
  });

  it('is not taken by a body that does not come to its end', async () => {
    const { port } = await listening(createPagedServer());
    for (let turn = 0; turn < 6; turn += 1) {
      const socket = createConnection(port, '127.0.0.1').on('error', () => {});
      socket.write(
        'POST /export HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{',
      );
      cleanups.push(() => socket.destroy());
    }
    await pause(100);
    expect(await statusOfOneMore(port)).toBe(200);
  });
});
