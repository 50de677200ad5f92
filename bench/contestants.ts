import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import type { Driver } from 'neo4j-driver';
import type { Address } from '../src/engine/database/address.ts';
import type { Query, Variables } from './queries.ts';
import { openDriver } from './servers/counting-driver.ts';
import type { Setting, Usage } from './servers/run-as-server.ts';

/** One way to get an answer. */
export interface Contestant {
  readonly name: string;
  readonly description: string;
  /** The answer as it comes; asking does not parse it. */
  ask(query: Query, variables: Variables): Promise<string>;
  usage(): Promise<Usage>;
  close(): Promise<void>;
}

/** A server of GraphQL, in a process of its own. */
export interface ServedContestant extends Contestant {
  readonly origin: string;
  post(path: string, text: string, variables: Variables): Promise<string>;
}

export interface ServerOptions {
  readonly name: string;
  readonly description: string;
  readonly program: 'silkgraph' | 'ceiling' | 'peer';
  readonly setting: Setting;
  readonly path?: (query: Query) => string;
  readonly text?: (query: Query) => string;
}

/** Starts a server and speaks to it over HTTP, on connections that are kept open. */
export async function startServer(options: ServerOptions): Promise<ServedContestant> {
  const { name, description, program } = options;
  const path = options.path ?? (() => '/graphql');
  const text = options.text ?? ((query: Query) => query.text);
  const child = fork(new URL(`.build/${program}.js`, import.meta.url), {
    env: { ...process.env, NODE_ENV: 'production' },
    execArgv: flags(),
  });
  child.send(options.setting);
  const [{ port }] = await firstMessage(child);
  const agent = new Agent({ keepAlive: true });

  const post = (at: string, query: string, variables: Variables): Promise<string> =>
    new Promise((resolve, reject) => {
      const body = JSON.stringify({ query, variables });
      const headers = {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        accept: 'application/json',
      };
      const asked = request({ agent, host: '127.0.0.1', port, path: at, method: 'POST', headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const answer = Buffer.concat(chunks).toString();
          if (response.statusCode === 200 && !answer.startsWith('{"errors"')) resolve(answer);
          else reject(new Error(`${name} answered ${response.statusCode}: ${answer.slice(0, 1000)}`));
        });
      });
      asked.on('error', (error: NodeJS.ErrnoException) => {
        // A server ends connections that were idle; this one it ended in the moment of its next use.
        if (asked.reusedSocket && error.code === 'ECONNRESET') resolve(post(at, query, variables));
        else reject(error);
      });
      asked.end(body);
    });

  return {
    name,
    description,
    origin: `http://127.0.0.1:${port}`,
    post,
    ask: (query, variables) => post(path(query), text(query), variables),
    usage: async () => {
      const answered = once(child, 'message');
      child.send('usage');
      const [usage] = await answered;
      return usage;
    },
    close: async () => {
      agent.destroy();
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}

/** With BENCH_PROFILE set, each server writes a CPU profile to that folder when it ends. */
const flags = () => {
  const folder = process.env.BENCH_PROFILE;
  return folder === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${folder}`];
};

async function firstMessage(child: ChildProcess) {
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`A server ended with ${code} before it listened.`);
  });
  return Promise.race([once(child, 'message'), ended]);
}

/** The statement alone, through the driver, in this process. */
export function createHand({ address, description }: { address: Address; description: string }): Contestant {
  const driver = openDriver(address);
  let statements = 0;
  return {
    name: 'hand',
    description,
    async ask({ cypher, parameters }, variables) {
      statements += 1;
      const value = await runOnce(driver, address, cypher, parameters ? parameters(variables) : variables);
      return value.length > 0 ? 'answered' : '';
    },
    async usage() {
      const { user, system } = process.cpuUsage();
      return { cpuMilliseconds: (user + system) / 1000, statements };
    },
    close: () => driver.close(),
  };
}

async function runOnce(
  driver: Driver,
  { database = '' }: Address,
  text: string,
  parameters: Variables,
): Promise<readonly unknown[]> {
  const session = driver.session({ database, defaultAccessMode: 'READ', fetchSize: -1 });
  try {
    const { records } = await session.run(text, parameters);
    return records[0]?.get(0) ?? [];
  } finally {
    await session.close();
  }
}
