import { createConnection, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { ServerOptions } from '../../../src/service/server.ts';
import { createTinyServer, listeningLog } from '../tiny-server.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanups.splice(0).reverse()) await cleanUp();
});

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

async function start(options: Partial<ServerOptions> = {}) {
  const tiny = createTinyServer(options);
  const { origin, close } = await tiny.server.listen(0, '127.0.0.1');
  cleanups.push(() => close(0));
  return { ...tiny, origin, port: Number(new URL(origin).port) };
}

/** A connection that sends the beginning of a body, and what it is answered. */
function sendHalf(port: number): { readonly socket: Socket; readonly answer: Promise<string> } {
  const socket = createConnection(port, '127.0.0.1');
  socket.write(
    'POST /graphql HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nContent-Length: 30\r\n\r\n{"query":',
  );
  let text = '';
  socket.setEncoding('utf8').on('data', (part) => {
    text += part;
  });
  cleanups.push(() => socket.destroy());
  const answer = new Promise<string>((resolve) => socket.on('error', () => {}).on('close', () => resolve(text)));
  return { socket, answer };
}

describe('a body that comes slowly', () => {
  it('takes no place that others wait for', async () => {
    const { origin, port } = await start({ concurrency: 1 });
    for (let turn = 0; turn < 5; turn += 1) sendHalf(port);
    await pause(100);
    const response = await fetch(`${origin}/graphql?query={hello}`);
    expect([response.status, await response.json()]).toEqual([200, { data: { hello: 'Hello you' } }]);
  });

  it('is answered when it is there', async () => {
    const { port } = await start();
    const { socket, answer } = sendHalf(port);
    await pause(50);
    socket.write('"{ hello }"         }');
    await expect.poll(() => socket.bytesRead).toBeGreaterThan(0);
    socket.end();
    expect(await answer).toContain('Hello you');
  });

  it('is waited for only so long', async () => {
    const { port } = await start({ clientTimeout: 300 });
    const { answer } = sendHalf(port);
    expect(await answer).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('is no fault of ours when its sender hangs up', async () => {
    const { log, lines } = listeningLog();
    const { port } = await start({ log });
    const { socket, answer } = sendHalf(port);
    await pause(50);
    socket.destroy();
    await answer;
    await pause(50);
    expect(lines).toEqual([]);
  });
});

describe('large bodies', () => {
  it('have room for so many at once; small ones are read all the same', async () => {
    const { server, ask } = createTinyServer({ bodyLimit: 20_000, concurrency: 200 });
    const controllers: ReadableStreamDefaultController<Uint8Array>[] = [];
    /** Sends a body of so many bytes whose end is left open. */
    const sendOpen = (bytes: number) =>
      server.fetch(
        new Request('http://silkgraph/graphql', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: new ReadableStream({
            start(controller) {
              controllers.push(controller);
              controller.enqueue(new TextEncoder().encode(`{"query":"{ hello }"${' '.repeat(bytes - 20)}`));
            },
          }),
          duplex: 'half',
        } as RequestInit),
      );
    const end = () => {
      for (const controller of controllers.splice(0)) {
        controller.enqueue(new TextEncoder().encode('}'));
        controller.close();
      }
    };
    const open = Array.from({ length: 110 }, () => sendOpen(19_000));
    const large = `{ hello }${' '.repeat(18_000)}`;
    await expect.poll(async () => (await ask(large)).response.status).toBe(503);
    const refused = await ask(large);
    expect(refused.response.headers.get('retry-after')).toBe('1');
    expect(refused.body.errors[0].extensions.code).toBe('OVERLOADED');
    expect((await ask('{ hello }')).response.status).toBe(200);
    end();
    const texts = await Promise.all((await Promise.all(open)).map((response) => response.text()));
    // A busy server may refuse others, which have waited too long for their turn.
    const withoutRoom = texts.filter((text) => text.includes('too many large bodies'));
    expect(withoutRoom.length).toBeGreaterThan(0);
    expect(withoutRoom.length).toBeLessThan(10);
    expect((await ask(large)).response.status).toBe(200);
  });
});

describe('a body in very many chunks', () => {
  const send = async (count: number) => {
    const { server } = createTinyServer();
    const pieces = ['{"query":"{ hello }"', ...Array.from({ length: count - 2 }, () => ' '), '}'];
    const encoder = new TextEncoder();
    const body = new ReadableStream({
      pull(controller) {
        const piece = pieces.shift();
        if (piece === undefined) controller.close();
        else controller.enqueue(encoder.encode(piece));
      },
    });
    const headers = { 'content-type': 'application/json' };
    const init = { method: 'POST', headers, body, duplex: 'half' } as RequestInit;
    return server.fetch(new Request('http://silkgraph/graphql', init));
  };

  it('is read up to 5,000 of them', async () => {
    expect((await send(5_000)).status).toBe(200);
  });

  it('is refused beyond, however small it is', async () => {
    const refused = await send(5_001);
    expect(refused.status).toBe(413);
    expect((await refused.json()).errors[0].extensions.code).toBe('LIMIT_EXCEEDED');
  });
});
