import type { Address } from '../../src/engine/database/address.ts';
import type { Server } from '../../src/service/server.ts';

// The compiled product, as it is run: a transpiler at run time would slow it down.
const product = (path: string) => import(new URL(`../../dist/${path}.js`, import.meta.url).href);

/** Statements by hand beside Silkgraph run by the same code: a second copy of the driver would slow both down. */
export const { openDriver }: typeof import('../../src/engine/database/open-driver.ts') =
  await product('engine/database/open-driver');
const { createChangeFeed }: typeof import('../../src/engine/changes/log/change-feed.ts') = await product(
  'engine/changes/log/change-feed',
);
const { createGraphRevisions }: typeof import('../../src/engine/changes/log/graph-revisions.ts') = await product(
  'engine/changes/log/graph-revisions',
);
export const { tuneYoungGeneration }: typeof import('../../src/cli/commands/session/tune-young-generation.ts') =
  await product('cli/commands/session/tune-young-generation');
const { createGraph }: typeof import('../../src/engine/graph/graph.ts') = await product('engine/graph/graph');
const { keepStatistics }: typeof import('../../src/engine/reads/statistics.ts') =
  await product('engine/reads/statistics');
const { createContext }: typeof import('../../src/graphql/index.ts') = await product('graphql/index');
const { default: cooperation }: typeof import('../../src/cooperation/graph.ts') = await product('cooperation/graph');
const { createServer }: typeof import('../../src/service/server.ts') = await product('service/server');

export interface OpenSilkgraph extends Server {
  /** How many statements operations have run. */
  statements(): number;
  close(): Promise<void>;
}

interface Options {
  readonly planning: boolean;
  /** Size of the answer cache in bytes. */
  readonly cache?: number | undefined;
}

export async function openSilkgraph(address: Address, { planning, cache }: Options): Promise<OpenSilkgraph> {
  let statements = 0;
  const driver = openDriver(address);
  const graph = createGraph(driver, cooperation.ontology, {
    database: address.database,
    observe: ({ name }) => {
      // Counts of the whole graph, once a minute: no operation's own.
      if (name !== 'statistics' && name !== 'change-log-touched') statements += 1;
    },
  });
  const statistics = keepStatistics(graph);
  // As the product does before it is ready: after a start of Neo4j they take seconds.
  await statistics();
  const feed = createChangeFeed(graph);
  const revisions = cache === undefined ? undefined : createGraphRevisions(graph);
  const server = createServer({
    answers:
      cache === undefined ? undefined : { ontology: cooperation.ontology, revisions: () => revisions, bytes: cache },
    schema: cooperation.schema,
    // The largest graph is beyond what is set for one of usual size.
    costLimit: 100_000_000,
    context: (options) => createContext(graph, statistics, { ...options, feed, planning, revisions }),
  });
  return { ...server, statements: () => statements, close: () => driver.close() };
}
