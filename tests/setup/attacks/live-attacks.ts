import { setTimeout as sleep } from 'node:timers/promises';
import type { Attack } from './attack.ts';
import { asJson, bodyOf } from './attacker.ts';

const subscription = bodyOf('subscription { changes { ... on EntityChange { slug entity { id name } } } }');

/** Subscriptions and event streams: what outlives its request. */
export const liveAttacks: readonly Attack[] = [
  {
    name: 'pipelined subscriptions',
    sends: '4,000 subscriptions, 80 pipelined on each of 50 connections, which then close',
    run: async ({ open, written, isOver }) => {
      const request = written({ headers: { ...asJson, accept: 'text/event-stream' }, body: subscription });
      const sockets = [];
      for (let opened = 0; opened < 50 && !isOver(); opened += 1) {
        const socket = await open();
        if (socket) sockets.push(socket);
        for (let sent = 0; socket?.writable && sent < 80 && !isOver(); sent += 10) {
          socket.write(request.repeat(10));
          await sleep(20);
        }
      }
      for (const socket of sockets) socket.destroy();
    },
  },
  {
    name: 'event stream reservations',
    sends: '11,200 PUT requests for event streams, 16 at once',
    run: async ({ repeat, send, wait }) => {
      await repeat({ atOnce: 16, most: 11_200, perSecond: 4_000 }, () => send({ method: 'PUT', headers: {} }));
      await wait();
    },
  },
  {
    name: 'event streams opened',
    sends: '500 event streams that are reserved and opened, of which nothing is read',
    run: async ({ open, written, isOver, wait }) => {
      const request = written({ headers: { ...asJson, accept: 'text/event-stream' }, body: subscription });
      for (let opened = 0; opened < 500 && !isOver(); opened += 1) {
        (await open())?.write(request);
        if (opened % 10 === 0) await sleep(20);
      }
      await wait();
    },
  },
  {
    name: 'held subscriptions',
    sends: '50 WebSockets with 100 subscriptions each, held open',
    run: async ({ openWebSocket, isOver, wait }) => {
      for (let opened = 0; opened < 50 && !isOver(); opened += 1) {
        const socket = await openWebSocket();
        for (let id = 0; socket?.readyState === socket?.OPEN && id < 100; id += 1) {
          socket?.send(`{"id":"${id}","type":"subscribe","payload":${subscription}}`);
          if (id % 20 === 19) await sleep(10);
        }
      }
      await wait();
    },
  },
  {
    name: 'subscriptions begun and ended',
    sends: 'subscribe and complete on 4 WebSockets, 200 pairs a second each, up to 8,000',
    run: async ({ openWebSocket, isOver }) => {
      const sockets = await Promise.all(Array.from({ length: 4 }, openWebSocket));
      for (let id = 0; id < 2_000 && !isOver(); id += 1) {
        for (const socket of sockets) {
          if (socket?.readyState !== socket?.OPEN) continue;
          socket?.send(`{"id":"${id}","type":"subscribe","payload":${subscription}}`);
          socket?.send(`{"id":"${id}","type":"complete"}`);
        }
        await sleep(5);
      }
    },
  },
];
