import { getIntrospectionQuery } from 'graphql';
import type { Attack } from './attack.ts';
import { type Attacker, asJson, bodyOf } from './attacker.ts';
import { longRecord } from './long-record.ts';

const introspection = bodyOf(getIntrospectionQuery());

const manyAliases = `{ source(slug: "${longRecord.slug}") { ${Array.from({ length: 299 }, (_, at) => `a${at}: note`).join(' ')} } }`;

/** The alias stands in the answer for each of the entities. */
const longAlias = (list: string) =>
  `{ labs(first: 100) { nodes { ${list}(first: 100) { nodes { ${'A'.repeat(90_000)}: slug } } } } }`;

const largestPage = `{ sources(first: 100) { nodes { name note url citedBy(first: 100) { nodes { id slug name sources(first: 5) { nodes { name url note } } } } } } }`;

/** Sends a request again and again on many connections, and reads nothing. */
async function pipeline(attacker: Attacker, connections: number, requests: number, addressOf: (at: number) => string) {
  const request = attacker.written({ body: introspection });
  for (let at = 0; at < connections && !attacker.isOver(); at += 1) {
    const socket = await attacker.open(addressOf(at));
    socket?.write(request.repeat(requests));
  }
  await attacker.wait();
}

/** Answers that are large, or that nobody takes. */
export const answerAttacks: readonly Attack[] = [
  {
    name: 'long record',
    sends: 'a record of 49,900 characters, 150 kB, under 299 aliases, 3 kB, 16 at once, up to 160',
    run: ({ repeat, ask }) => repeat({ atOnce: 16, most: 160 }, () => ask(manyAliases)),
  },
  {
    name: 'long aliases',
    sends: 'an alias of 90 kB in a nested list, 16 at once, up to 160',
    run: ({ repeat, ask }) =>
      repeat({ atOnce: 16, most: 160 }, (count) => ask(longAlias(['sources', 'areas'][count % 2] ?? ''))),
  },
  {
    name: 'pipelined introspections',
    sends: '60 connections with 50 introspections each that read nothing',
    run: (attacker) => pipeline(attacker, 60, 50, () => attacker.from),
  },
  {
    name: 'pipelined introspections from many addresses',
    sends: '120 addresses with one connection and 20 introspections each that read nothing',
    run: (attacker) => pipeline(attacker, 120, 20, (at) => `127.0.1.${at + 1}`),
  },
  {
    name: 'WebSocket introspections',
    sends: '6 WebSockets with 20 introspections each that read nothing',
    run: async ({ openWebSocket, wait }) => {
      for (let opened = 0; opened < 6; opened += 1) {
        const socket = await openWebSocket();
        socket?.pause();
        for (let id = 0; socket && id < 20; id += 1) {
          socket.send(`{"id":"${id}","type":"subscribe","payload":${introspection}}`);
        }
      }
      await wait();
    },
  },
  {
    name: 'answers taken slowly',
    sends: '40 connections that take 1 kB/s of a large answer each',
    run: async ({ open, written, wait }) => {
      const request = written({ body: bodyOf(largestPage) });
      const timers: NodeJS.Timeout[] = [];
      for (let opened = 0; opened < 40; opened += 1) {
        const socket = await open();
        socket?.write(request);
        if (socket) timers.push(setInterval(() => socket.read(1_000), 1_000));
      }
      await wait();
      for (const timer of timers) clearInterval(timer);
    },
  },
  {
    name: 'large answers compressed',
    sends: 'introspection and large pages with Brotli and gzip, 8 at once, up to 400',
    run: ({ repeat, send }) =>
      repeat({ atOnce: 8, most: 400 }, (count) =>
        send({
          headers: { ...asJson, 'accept-encoding': count % 2 ? 'br' : 'gzip' },
          body: count % 3 ? introspection : bodyOf(largestPage),
        }),
      ),
  },
  {
    name: 'exports that nobody takes',
    sends: '20 exports of the whole graph of which nothing is read',
    run: async ({ open, written, wait }) => {
      const request = written({ method: 'GET', path: '/export?format=jsonl' });
      for (let opened = 0; opened < 20; opened += 1) (await open())?.write(request);
      await wait();
    },
  },
  {
    name: 'pipelined health checks',
    sends: '10 connections with 10,000 GET /health each that read nothing',
    run: async ({ open, written, wait }) => {
      const request = written({ method: 'GET', path: '/health', headers: {} });
      for (let opened = 0; opened < 10; opened += 1) (await open())?.write(request.repeat(10_000));
      await wait();
    },
  },
];
