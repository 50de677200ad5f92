import type { ExecutionResult } from 'graphql';
import type { Driver } from 'neo4j-driver';
import { pino } from 'pino';
import { afterAll, beforeAll } from 'vitest';
import cooperationGraph from '../../src/cooperation/graph.ts';
import type { McpAccess } from '../../src/doors/mcp/mcp-access.ts';
import type { Address } from '../../src/engine/database/address.ts';
import { openDriver } from '../../src/engine/database/open-driver.ts';
import { createGraph, type Graph, type RanStatement } from '../../src/engine/graph/graph.ts';
import { keepStatistics } from '../../src/engine/reads/statistics.ts';
import { type ContextOptions, createContext } from '../../src/graphql/index.ts';
import { mcpFor } from '../../src/service/mcp-for.ts';
import { reconciliationFor } from '../../src/service/reconciliation-for.ts';
import { createServer } from '../../src/service/server.ts';
import type { Silkgraph as ServedGraph } from '../../src/service/silkgraph.ts';
import { testAddress } from './database.ts';
import { expectNoScanOfEverything } from './explain.ts';
import { type KnownContent, knownStatistics } from './known-statistics.ts';
import { served } from './served.ts';

// biome-ignore lint/suspicious/noExplicitAny: a test looks into answers whose shape its own query gives.
export type Answer = ExecutionResult<any>;

/** The real server over a database, and what it asked it. */
export interface Silkgraph {
  readonly graph: Graph;
  readonly driver: Driver;
  /** The statements since the last question, those that only steer planning, or tell of a slow one, left out. */
  readonly ran: readonly RanStatement[];
  /** POSTs a question through the front door. */
  ask(query: string, variables?: Record<string, unknown>, more?: object): Promise<Answer>;
  /** Any request through the front door. */
  fetch(request: Request): Promise<Response>;
  /** The same, as a client of the newest media type, with the response. */
  // biome-ignore lint/suspicious/noExplicitAny: as above
  request(query: string, variables?: Record<string, unknown>): Promise<{ response: Response; body: any }>;
  /** The data of an answer that must have no error. */
  // biome-ignore lint/suspicious/noExplicitAny: as above
  data(query: string, variables?: Record<string, unknown>): Promise<any>;
}

/** Gives a test file the server over the seeded database of the run, or over another one. */
export function silkgraph(
  options: ContextOptions & {
    address?: () => Address | Promise<Address>;
    /** What the graph holds, if other test files have the same. @default the seeds, unless there is an address */
    content?: KnownContent;
    costLimit?: number;
    answerLimit?: number;
    /** Timeout of an operation in milliseconds. @default longer than a database of a busy machine plans a new statement */
    operationTimeout?: number;
    /** @default `off` */
    mcp?: McpAccess;
    /** @default that of the product */
    of?: ServedGraph;
  } = {},
): Silkgraph {
  const {
    address = testAddress,
    content = options.address ? undefined : 'seeds',
    costLimit,
    answerLimit,
    mcp = 'off',
    operationTimeout = 60_000,
    of = cooperationGraph,
    ...contextOptions
  } = options;
  const { ontology, schema, examples } = of;
  const ran: RanStatement[] = [];
  const seen = new Map<string, RanStatement>();
  let driver: Driver;
  let graph: Graph;
  let server: ReturnType<typeof createServer>;

  const observe = (statement: RanStatement) => {
    ran.push(statement);
    if (!statement.error) seen.set(statement.text, statement);
  };

  beforeAll(async () => {
    const at = await address();
    driver = openDriver(at);
    graph = createGraph(driver, ontology, { database: at.database, observe });
    const statistics = content ? knownStatistics(content, graph) : keepStatistics(graph);
    server = createServer({
      ...served,
      schema,
      examples,
      ...(costLimit === undefined ? {} : { costLimit }),
      ...(answerLimit === undefined ? {} : { answerLimit }),
      timeout: operationTimeout,
      mcp: mcpFor(of, mcp),
      reconciliation: reconciliationFor(of),
      // What is our fault shows beside the test that met it.
      log: pino({ level: 'error' }, pino.destination(2)),
      context: (read) => createContext(graph, statistics, { ...read, ...contextOptions }),
    });
  });
  afterAll(async () => {
    await expectNoScanOfEverything(driver, seen.values());
    await driver.close();
  });

  async function post(body: object, accept: string): Promise<Response> {
    ran.length = 0;
    return server.fetch(
      new Request('http://silkgraph/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept },
        body: JSON.stringify(body),
      }),
    );
  }

  async function ask(query: string, variables: Record<string, unknown> = {}, more: object = {}): Promise<Answer> {
    const response = await post({ query, variables, ...more }, 'application/json');
    return (await response.json()) as Answer;
  }

  return {
    fetch: (request) => server.fetch(request),
    get driver() {
      return driver;
    },
    get graph() {
      return graph;
    },
    get ran() {
      return ran.filter(({ name }) => name !== 'statistics' && name !== 'explain');
    },
    ask,
    async request(query, variables = {}) {
      const response = await post({ query, variables }, 'application/graphql-response+json');
      return { response, body: await response.json() };
    },
    async data(query, variables) {
      const { data, errors } = await ask(query, variables);
      if (errors) throw new Error(JSON.stringify(errors, null, 2));
      return data;
    },
  };
}
