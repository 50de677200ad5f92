import { setTimeout as sleep } from 'node:timers/promises';
import type { Attack } from './attack.ts';
import { type Attacker, asJson, bodyOf } from './attacker.ts';

const slowQuestion = bodyOf('{ paths(from: "ke", to: "cn", maxHops: 6, limit: 20) { paths { length } } }');

/** Opens connections, begins each with some text, and adds to each once a second. */
async function holdOpen(
  attacker: Attacker,
  { count, first, more = '' }: { readonly count: number; readonly first: string; readonly more?: string },
) {
  const sockets = [];
  for (let opened = 0; opened < count && !attacker.isOver(); opened += 1) {
    const socket = await attacker.open();
    if (!socket) continue;
    if (first !== '') socket.write(first);
    socket.resume();
    sockets.push(socket);
  }
  while (more !== '' && !attacker.isOver()) {
    for (const socket of sockets) if (socket.writable) socket.write(more);
    await sleep(1_000);
  }
  await attacker.wait();
}

/** Connections that are many, slow, or half closed. */
export const connectionAttacks: readonly Attack[] = [
  {
    name: 'idle connections',
    sends: '2,000 connections from one address on which nothing is sent',
    run: (attacker) => holdOpen(attacker, { count: 2_000, first: '' }),
  },
  {
    name: 'slow headers',
    sends: '500 connections from one address with one header line a second',
    run: (attacker) =>
      holdOpen(attacker, {
        count: 500,
        first: `POST /graphql HTTP/1.1\r\nHost: 127.0.0.1:${attacker.port}\r\n`,
        more: 'X-Filler: x\r\n',
      }),
  },
  {
    name: 'slow bodies',
    sends: '500 connections from one address with one byte a second of bodies of 900 kB',
    run: (attacker) => {
      const headers = attacker.written({ headers: asJson }).replace('content-length: 0', 'content-length: 900000');
      return holdOpen(attacker, { count: 500, first: `${headers}{"query":"${'x'.repeat(20_000)}`, more: 'x' });
    },
  },
  {
    name: 'half-closed connections',
    sends: '500 connections that ask and close their side, or close it without asking',
    run: async ({ open, written, isOver, wait }) => {
      const request = written({ body: bodyOf('{ labs(first: 100) { nodes { name notes } } }') });
      for (let opened = 0; opened < 500 && !isOver(); opened += 1) (await open())?.end(opened % 2 ? request : '');
      await wait();
    },
  },
  {
    name: 'hang-ups',
    sends: '500 expensive questions whose callers hang up after 5 ms, 8 at once',
    run: ({ repeat, open, written }) =>
      repeat({ atOnce: 8, most: 500, perSecond: 100 }, async () => {
        const socket = await open();
        socket?.write(written({ body: slowQuestion }));
        await sleep(5);
        socket?.resetAndDestroy();
      }),
  },
  {
    name: 'WebSocket pings',
    sends: '6 WebSockets with 1,000 pings or pongs of 125 bytes every 50 ms that read nothing',
    run: async ({ openWebSocket, isOver }) => {
      const sockets = await Promise.all(Array.from({ length: 6 }, openWebSocket));
      for (const socket of sockets) socket?.pause();
      while (!isOver()) {
        for (const [at, socket] of sockets.entries()) {
          for (let sent = 0; socket && sent < 1_000 && socket.bufferedAmount < 1_000_000; sent += 1) {
            if (socket.readyState !== socket.OPEN) break;
            at % 2 ? socket.ping('x'.repeat(125)) : socket.pong('x'.repeat(125));
          }
        }
        await sleep(50);
      }
    },
  },
  {
    name: 'WebSocket fragments',
    sends: '10 WebSockets with one message in up to 400,000 fragments of one byte',
    run: async ({ openWebSocket, isOver, wait }) => {
      const sockets = await Promise.all(Array.from({ length: 10 }, openWebSocket));
      for (let sent = 0; sent < 400_000 && !isOver(); sent += 1_000) {
        for (const socket of sockets) {
          for (let piece = 0; socket?.readyState === socket?.OPEN && piece < 1_000; piece += 1) {
            socket?.send('x', { fin: false });
          }
        }
        while (sockets.some((socket) => socket?.readyState === socket?.OPEN && (socket?.bufferedAmount ?? 0) > 1e6)) {
          if (isOver()) break;
          await sleep(5);
        }
        await sleep(1);
      }
      await wait();
    },
  },
  {
    name: 'WebSockets without a word',
    sends: '1,000 WebSockets that are opened without a first message, 50 at once',
    run: async ({ repeat, open, written, wait }) => {
      const headers = {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
        'sec-websocket-protocol': 'graphql-transport-ws',
      };
      const request = written({ method: 'GET', headers });
      await repeat({ atOnce: 50, most: 1_000, perSecond: 500 }, async () => {
        const socket = await open();
        socket?.write(request);
        socket?.resume();
      });
      await wait();
    },
  },
];
