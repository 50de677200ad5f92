import { createConnection, type Socket } from 'node:net';
import { buildSchema, type GraphQLObjectType } from 'graphql';
import { onTestFinished } from 'vitest';
import type { ReadOptions } from '../../../src/engine/graph/graph.ts';
import { createMetrics } from '../../../src/server/observability/metrics.ts';
import { createServer, type ServerOptions } from '../../../src/service/server.ts';

/** Has something done after the test, the last first. */
export const afterwards = (cleanUp: () => unknown): void =>
  onTestFinished(async () => {
    await cleanUp();
  });

/** Fields that give long texts, wait, and go on, and how many of each run. */
function pacedSchema() {
  const schema = buildSchema(/* GraphQL */ `
    type Query {
      hello: String
      text(size: Int!): String
      wait: String
    }
    type Subscription {
      ticks(size: Int): String
    }
  `);
  const running = { begun: 0, waiting: 0, subscriptions: 0 };
  const fields = (schema.getQueryType() as GraphQLObjectType).getFields();
  const resolve = (name: string, resolver: (args: Record<string, number>, context: ReadOptions) => unknown) => {
    const field = fields[name];
    if (field) field.resolve = (_, args, context: ReadOptions) => resolver(args, context);
  };
  const begin = <T>(value: T): T => {
    running.begun += 1;
    return value;
  };
  resolve('hello', () => begin('Hello'));
  resolve('text', ({ size = 0 }) => begin('x'.repeat(size)));
  resolve('wait', (_, { signal }) => {
    running.waiting += 1;
    return begin(
      new Promise((_resolve, reject) => {
        const leave = () => {
          running.waiting -= 1;
          reject(new Error('The caller left.'));
        };
        if (signal?.aborted) leave();
        else signal?.addEventListener('abort', leave, { once: true });
      }),
    );
  });
  const ticks = (schema.getSubscriptionType() as GraphQLObjectType).getFields().ticks;
  if (!ticks) throw new Error('There are no ticks.');
  ticks.subscribe = (_, { size = 0 }: { readonly size?: number }) => {
    running.subscriptions += 1;
    let first = true;
    let leave = () => {};
    const left = new Promise<void>((settle) => {
      leave = settle;
    });
    return {
      async next() {
        if (first) {
          first = false;
          return { value: { ticks: 'x'.repeat(size) }, done: false };
        }
        await left;
        return { value: undefined, done: true };
      },
      async return() {
        if (leave === forgotten) return { value: undefined, done: true };
        running.subscriptions -= 1;
        leave();
        leave = forgotten;
        return { value: undefined, done: true };
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  };
  return { schema, running };
}

const forgotten = () => {};

export interface RawConnection {
  readonly socket: Socket;
  /** What was received so far. */
  readonly text: () => string;
  /** Settles with all that was received. */
  readonly closed: Promise<string>;
  write(text: string): void;
}

export type PacedServer = Awaited<ReturnType<typeof startPaced>>;

/** The real server over such a schema at a port, and connections to it that speak as they like. */
export async function startPaced(options: Partial<ServerOptions> = {}, host = '127.0.0.1') {
  const { schema, running } = pacedSchema();
  const metrics = createMetrics();
  const server = createServer({ schema, context: (read) => read, metrics, answerLimit: 1_000_000_000, ...options });
  const listening = await server.listen(0, host);
  afterwards(() => listening.close(0));
  const port = Number(new URL(listening.origin).port);

  /** A connection that reads as it comes, from some address of this machine. */
  function connect(text = '', localAddress = '127.0.0.1'): RawConnection {
    const socket = createConnection({ port, host: '127.0.0.1', localAddress });
    afterwards(() => socket.destroy());
    let received = '';
    socket.setEncoding('latin1').on('data', (part) => {
      received += part;
    });
    if (text !== '') socket.write(text);
    const closed = new Promise<string>((settle) => {
      socket.on('error', () => {}).on('close', () => settle(received));
    });
    return { socket, text: () => received, closed, write: (more) => void socket.write(more) };
  }

  return { server, running, metrics, port, ...listening, connect };
}

export const getOf = (query: string, headers = ''): string =>
  `GET /graphql?query=${encodeURIComponent(query)} HTTP/1.1\r\nHost: localhost\r\n${headers}\r\n`;

export const postOf = (body: string, headers = ''): string =>
  `POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n${headers}\r\n${body}`;

export const upgradeOf = (headers = 'Host: localhost\r\n', path = '/graphql'): string =>
  `GET ${path} HTTP/1.1\r\n${headers}Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n`;

/** The statuses of the responses in a text, in their order. */
export const statusesIn = (text: string): number[] =>
  [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
