import { createChangeFeed } from './changes/log/change-feed.ts';
import { importFiles } from './data/import/import-files.ts';
import type { ImportOptions } from './data/import/run-import.ts';
import { seedIfEmpty } from './data/import/seed.ts';
import type { ImportSummary } from './data/import/summary.ts';
import type { Address } from './database/address.ts';
import { openDriver } from './database/open-driver.ts';
import type { Graph } from './graph/graph.ts';
import { keepStatistics } from './graph/reads/statistics.ts';
import { mcpFor } from './mcp-for.ts';
import { prepareGraph } from './prepare-graph.ts';
import { reconciliationFor } from './reconciliation-for.ts';
import { federatedSchema } from './schema/federation/federated-schema.ts';
import { createContext } from './schema/index.ts';
import { createServer, type Server, type ServerOptions } from './server.ts';
import type { Silkgraph } from './silkgraph.ts';

/** A graph that is open in this process. */
export interface OpenSilkgraph extends Server {
  readonly graph: Graph;
  /** Imports files and folders of records. @throws ImportRefused with every fault; GraphError */
  import(paths: readonly string[], options?: ImportOptions): Promise<ImportSummary>;
  close(): Promise<void>;
}

/** Options of the server of an open graph. */
export interface OpenOptions extends Partial<Omit<ServerOptions, 'schema' | 'context'>> {
  /** Whether the schema is a subgraph of Apollo Federation 2. @default false */
  readonly federation?: boolean;
}

/**
 * Opens a graph in a program of one's own: prepares its database, loads the seeds if it is empty, and makes the server,
 * which answers `fetch` and can listen on a port.
 * @throws DatabaseError, OntologyChanged, ImportRefused, GraphError
 */
export async function openSilkgraph(
  silkgraph: Silkgraph,
  address: Address,
  { federation = false, ...options }: OpenOptions = {},
): Promise<OpenSilkgraph> {
  const { ontology, seeds, examples, explorer } = silkgraph;
  const schema = federation ? federatedSchema(silkgraph.schema, ontology) : silkgraph.schema;
  const driver = openDriver(address);
  try {
    const graph = await prepareGraph(driver, address, ontology);
    if (seeds !== undefined) await seedIfEmpty(graph, seeds);
    const statistics = keepStatistics(graph);
    const feed = createChangeFeed(graph);
    const context: ServerOptions['context'] = (read) => createContext(graph, statistics, { ...read, feed });
    const mcp = mcpFor(silkgraph, 'read');
    const reconciliation = reconciliationFor(silkgraph);
    return {
      ...createServer({ schema, examples, explorer, context, mcp, reconciliation, ...options }),
      graph,
      import: (paths, settings) => importFiles(graph, paths, settings),
      close: () => driver.close(),
    };
  } catch (error) {
    await driver.close();
    throw error;
  }
}
