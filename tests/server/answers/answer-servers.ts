import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Driver } from 'neo4j-driver';
import { afterAll, beforeAll } from 'vitest';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { importFiles } from '../../../src/doors/data/import/import-files.ts';
import type { Viewer } from '../../../src/engine/access/viewer.ts';
import { anonymous } from '../../../src/engine/access/viewer.ts';
import { createGraphRevisions, type GraphRevisions } from '../../../src/engine/changes/log/graph-revisions.ts';
import { openDriver } from '../../../src/engine/database/open-driver.ts';
import { createGraph, type Graph, type RanStatement } from '../../../src/engine/graph/graph.ts';
import { createContext } from '../../../src/graphql/index.ts';
import { createMetrics, type Metrics } from '../../../src/server/observability/metrics.ts';
import { createServer, type Server, type ServerOptions } from '../../../src/service/server.ts';
import { writeData } from '../../doors/data/data-folder.ts';
import { smallData } from '../../doors/data/small-data.ts';
import { knownStatistics } from '../../setup/known-statistics.ts';
import { ownDatabase } from '../../setup/own-database.ts';
import { served } from '../../setup/served.ts';

const viewers: Readonly<Record<string, Viewer>> = {
  reader: { name: 'Rita', id: 'key:rita', role: 'reader' },
  editor: { name: 'Eda', id: 'key:eda', role: 'editor' },
  admin: { name: 'Ada', id: 'key:ada', role: 'admin' },
};

export const asEditor = { 'x-api-key': 'editor' };
export const asReader = { 'x-api-key': 'reader' };

/** One answer, with what the cache says of it. */
export interface Asked {
  readonly response: Response;
  readonly cache: string | null;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into answers whose shape its own question gives.
  readonly body: any;
}

/** A server with an answer cache. */
export interface AnswerServer extends Server {
  readonly revisions: GraphRevisions;
  readonly metrics: Metrics;
  /** Names of the statements that operations have run. */
  readonly ran: string[];
  ask(query: string, more?: AskOptions): Promise<Asked>;
  get(query: string, more?: AskOptions): Promise<Asked>;
}

export interface AskOptions {
  readonly variables?: unknown;
  readonly headers?: Record<string, string>;
  /** Other parameters of the body. */
  readonly more?: object;
  readonly signal?: AbortSignal;
}

export interface AnswerServerOptions extends Partial<Omit<ServerOptions, 'answers'>> {
  readonly bytes?: number;
  readonly maxAge?: number;
  /** @default so long that the log is read after changes of this server only */
  readonly staleness?: number;
  /** What the server knows of the graph. @default the log of the graph */
  readonly revisionsOf?: (known: GraphRevisions) => GraphRevisions;
  /** Changes how the graph is read and written. */
  readonly graphOf?: (graph: Graph) => Graph;
}

const own = new Set(['statistics', 'change-log-touched']);

/** Servers over one graph of their own, each as if it were in another process. */
export function answerServers() {
  const address = ownDatabase();
  let driver: Driver;
  beforeAll(async () => {
    driver = openDriver(address());
    const folder = mkdtempSync(join(tmpdir(), 'silkgraph-data-'));
    try {
      writeData(folder, smallData);
      await importFiles(createGraph(driver, cooperation, address()), [folder]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
  afterAll(() => driver.close());

  async function start(options: AnswerServerOptions = {}): Promise<AnswerServer> {
    const {
      bytes = 2 ** 26,
      maxAge = 0,
      staleness = 3_600_000,
      revisionsOf = (known) => known,
      graphOf = (graph) => graph,
      ...others
    } = options;
    const ran: string[] = [];
    const observe = ({ name }: RanStatement) => void (own.has(name) || ran.push(name));
    const graph = graphOf(createGraph(driver, cooperation, { database: address().database, observe }));
    const revisions = revisionsOf(createGraphRevisions(graph, { staleness, timeout: 10_000 }));
    const statistics = knownStatistics('small data', graph);
    const metrics = createMetrics();
    for (let time = 0; time < 2; time += 1) {
      // Twice, because the last transaction of the log counts once more with the next read.
      revisions.expire();
      await revisions.refresh();
    }
    const server = createServer({
      ...served,
      metrics,
      access: {
        authenticator: { authenticate: async ({ apiKey }) => viewers[apiKey ?? ''] ?? anonymous },
        reading: 'open',
      },
      context: (read) => createContext(graph, statistics, { ...read, revisions }),
      answers: { ontology: cooperation, revisions: () => revisions, bytes, maxAge },
      ...others,
    });
    async function asked(request: Request): Promise<Asked> {
      const response = await server.fetch(request);
      const text = await response.text();
      return {
        response,
        cache: response.headers.get('silkgraph-cache'),
        text,
        body: text === '' ? null : JSON.parse(text),
      };
    }
    return {
      ...server,
      revisions,
      metrics,
      ran,
      ask: (query, { variables, headers = {}, more = {}, signal } = {}) =>
        asked(
          new Request('http://silkgraph/graphql', {
            method: 'POST',
            headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
            body: JSON.stringify({ query, variables, ...more }),
            ...(signal ? { signal } : {}),
          }),
        ),
      get: (query, { variables, headers = {} } = {}) => {
        const given = variables === undefined ? '' : `&variables=${encodeURIComponent(JSON.stringify(variables))}`;
        const url = `http://silkgraph/graphql?query=${encodeURIComponent(query)}${given}`;
        return asked(new Request(url, { headers: { accept: 'application/json', ...headers } }));
      },
    };
  }
  return { start, address, graph: () => createGraph(driver, cooperation, { database: address().database }) };
}

export type AnswerServers = ReturnType<typeof answerServers>;

/** Changes the name of an institution. */
export async function renameInstitution(server: AnswerServer, name: string): Promise<Asked> {
  const asked = await server.ask(
    'mutation ($name: String!) { updateInstitution: update(input: { entity: { institution: { id: "university", name: $name } } }) { outcome errors { message } } }',
    { variables: { name }, headers: asEditor },
  );
  if (asked.body.errors || asked.body.data.updateInstitution.errors.length > 0) throw new Error(asked.text);
  return asked;
}
