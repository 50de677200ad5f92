import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';

/** What attackers know of a server. */
export interface Target {
  readonly port: number;
  /** The local address that attackers connect from, which makes them another caller than the normal ones. */
  readonly from: string;
  /** Duration of the attack in seconds. */
  readonly seconds: number;
}

/** A request of an attack. */
export interface HostileRequest {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

interface Pace {
  /** Number of actions under way at the same time. */
  readonly atOnce: number;
  /** Maximum number of actions. */
  readonly most: number;
  /** Maximum number of actions per second. @default 200 */
  readonly perSecond?: number;
}

/** The means of an attack. None of them throws because the server refuses or disappears. */
export interface Attacker extends Target {
  /** What came back, and how often: statuses with the first error code, or how a connection failed. */
  readonly answers: ReadonlyMap<string, number>;
  readonly isOver: () => boolean;
  /** Waits until the time of the attack is over. */
  wait(): Promise<void>;
  /** Repeats an action until it was done often enough or the time is over. */
  repeat(pace: Pace, action: (count: number) => Promise<unknown>): Promise<void>;
  /** Sends a request and reads the response. */
  send(hostile: HostileRequest): Promise<void>;
  /** Sends a GraphQL request and reads the response. */
  ask(query: string, variables?: object, headers?: HostileRequest['headers']): Promise<void>;
  /** Opens a connection that reads nothing; nothing where it is refused. */
  open(from?: string): Promise<Socket | undefined>;
  /** Opens a WebSocket for GraphQL and initialises it; nothing where it is refused. */
  openWebSocket(): Promise<WebSocket | undefined>;
  /** A request as it is written to a connection. */
  written(hostile: HostileRequest): string;
}

export const asJson = { 'content-type': 'application/json', accept: 'application/json' };

export const bodyOf = (query: string, variables?: object): string => JSON.stringify({ query, variables });

export function createAttacker(target: Target): Attacker {
  const { port, from, seconds } = target;
  const end = performance.now() + seconds * 1_000;
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const answers = new Map<string, number>();
  const note = (answer: string) => void answers.set(answer, (answers.get(answer) ?? 0) + 1);
  const isOver = () => performance.now() >= end;
  const noteFailure = (error: Error) => note((error as NodeJS.ErrnoException).code ?? error.message);

  const attacker: Attacker = {
    ...target,
    answers,
    isOver,
    wait: () => sleep(Math.max(0, end - performance.now())),
    async repeat({ atOnce, most, perSecond = 200 }, action) {
      const begun = performance.now();
      let count = 0;
      const work = async () => {
        while (count < most && !isOver()) {
          const due = (count / perSecond) * 1_000 - (performance.now() - begun);
          const mine = count++;
          if (due > 0) await sleep(due);
          await action(mine);
        }
      };
      await Promise.race([Promise.all(Array.from({ length: atOnce }, work)), attacker.wait()]);
    },
    send: ({ method = 'POST', path = '/graphql', headers = asJson, body }) =>
      new Promise((resolve) => {
        const options = { host: '127.0.0.1', port, localAddress: from, agent, method, path, headers };
        const asking = request(options, (response) => {
          let text = '';
          response.on('data', (part: Buffer) => {
            if (text.length < 2_000) text += part.toString('latin1', 0, 2_000);
          });
          response.on('close', () => {
            const [, code = ''] = /"code":"([A-Z_]+)"/.exec(text) ?? [];
            note(`${response.statusCode} ${code}`.trim());
            resolve();
          });
          response.on('error', noteFailure);
        });
        asking.on('error', (error) => {
          noteFailure(error);
          resolve();
        });
        asking.end(body);
      }),
    ask: (query, variables, headers = asJson) => attacker.send({ headers, body: bodyOf(query, variables) }),
    open: (address = from) =>
      new Promise((resolve) => {
        const socket = connect({ host: '127.0.0.1', port, localAddress: address, allowHalfOpen: true });
        socket.once('connect', () => resolve(socket));
        socket.on('error', (error) => {
          noteFailure(error);
          resolve(undefined);
        });
        socket.once('close', () => {
          note('closed by the server');
          resolve(undefined);
        });
      }),
    async openWebSocket() {
      const socket = new WebSocket(`ws://127.0.0.1:${port}/graphql`, 'graphql-transport-ws', { localAddress: from });
      socket.on('error', noteFailure);
      socket.on('close', (code) => note(`WebSocket closed: ${code}`));
      await Promise.race([once(socket, 'open'), once(socket, 'close')]).catch(() => {});
      if (socket.readyState !== socket.OPEN) return undefined;
      socket.send('{"type":"connection_init"}');
      await Promise.race([once(socket, 'message'), once(socket, 'close')]).catch(() => {});
      return socket.readyState === socket.OPEN ? socket : undefined;
    },
    written({ method = 'POST', path = '/graphql', headers = asJson, body = '' }) {
      const all = { host: `127.0.0.1:${port}`, ...headers, 'content-length': String(Buffer.byteLength(body)) };
      const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
      return `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`;
    },
  };
  return attacker;
}
