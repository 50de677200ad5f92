import { setTimeout as pause } from 'node:timers/promises';
import { buildSchema, GraphQLError, type GraphQLSchema } from 'graphql';
import { pino } from 'pino';
import { GraphError, type GraphFault } from '../../src/engine/graph/errors.ts';
import type { ReadOptions } from '../../src/engine/graph/graph.ts';
import { createServer, type ServerOptions } from '../../src/service/server.ts';
import { served } from '../setup/served.ts';

/** The fields that a schema needs in order to fail, wait and answer. */
export const tinySchema: GraphQLSchema = buildSchema(/* GraphQL */ `
  type Query {
    hello(name: String = "you", times: Int): String!
    items(first: Int!): [String!]
    fails: String
    failsTwice: [Failing!]
    mustNotBeNull: String!
    wrongType: Int
    graphFault(fault: String!): String
    refused: String
    wait: String
    later(milliseconds: Int!): String
  }
  type Failing {
    name: String
  }
  type Mutation {
    greet: String
  }
`);

const sharedFault = new Error('secret words of the database');

const fields: Readonly<Record<string, (args: Record<string, unknown>, context: ReadOptions) => unknown>> = {
  hello: ({ name }) => `Hello ${String(name)}`,
  items: ({ first }) => Array.from({ length: Number(first) }, (_, index) => `item ${index}`),
  fails: () => {
    throw new Error('secret words of the database');
  },
  failsTwice: () => [1, 2].map(() => ({ name: () => Promise.reject(sharedFault) })),
  mustNotBeNull: () => null,
  wrongType: () => 'secret words of the database',
  graphFault: ({ fault }) => {
    const statement = { name: 'some-statement', text: 'MATCH (secret) RETURN secret' };
    throw new GraphError(fault as GraphFault, 'secret words of the database', { statement });
  },
  refused: () => {
    throw new GraphQLError('Name one slug.', { extensions: { code: 'INVALID_CURSOR' } });
  },
  wait: (_, { signal }) =>
    new Promise((_resolve, reject) => {
      signal?.addEventListener('abort', () => reject(new GraphError('CANCELLED', 'gone')), { once: true });
    }),
  later: ({ milliseconds }) => pause(Number(milliseconds), 'at last'),
  greet: () => 'Hello',
};

/** A logger that keeps its lines; those that each operation has stand apart. */
export function listeningLog() {
  const lines: Record<string, unknown>[] = [];
  const operations: Record<string, unknown>[] = [];
  const write = (text: string) => {
    const line = JSON.parse(text);
    (/^(slow )?operation$/.test(line.msg) ? operations : lines).push(line);
  };
  return { lines, operations, log: pino({ level: 'trace' }, { write }) };
}

/** The real server over the tiny schema, and short ways to ask it. */
export function createTinyServer(options: Partial<ServerOptions> = {}) {
  const contexts: ReadOptions[] = [];
  for (const type of [tinySchema.getQueryType(), tinySchema.getMutationType()]) {
    for (const [name, field] of Object.entries(type?.getFields() ?? {})) {
      field.resolve = (_, args, context: ReadOptions) => fields[name]?.(args, context);
    }
  }
  const server = createServer({
    ...served,
    schema: tinySchema,
    context: (read) => {
      contexts.push(read);
      return read;
    },
    ...options,
  });
  const request = (path: string, init?: RequestInit) => server.fetch(new Request(`http://silkgraph${path}`, init));
  return {
    server,
    contexts,
    request,
    /** POSTs an operation as a client of the newest media type does. */
    async ask(query: string, variables?: unknown, headers: Record<string, string> = {}) {
      const response = await request('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json', ...headers },
        body: JSON.stringify({ query, variables }),
      });
      const text = await response.text();
      return { response, text, body: JSON.parse(text) };
    },
  };
}
