import { importFiles } from '../doors/data/import/import-files.ts';
import type { ImportOptions } from '../doors/data/import/run-import.ts';
import { seedIfEmpty } from '../doors/data/import/seed.ts';
import type { ImportSummary } from '../doors/data/import/summary.ts';
import { createAuthenticator } from '../engine/access/authenticator.ts';
import { type DeclaredRoles, faultsOfRoles, withPublicPages } from '../engine/access/declared-roles.ts';
import { readings } from '../engine/access/reading.ts';
import { createGraphRevisions, type GraphRevisions } from '../engine/changes/log/graph-revisions.ts';
import { type Address, isRouted } from '../engine/database/address.ts';
import { openDriver } from '../engine/database/open-driver.ts';
import type { Graph } from '../engine/graph/graph.ts';
import { withLatePlanning } from '../engine/planning/late-planning.ts';
import { createPlanner } from '../engine/planning/planner.ts';
import { federatedSchema } from '../graphql/federation/federated-schema.ts';
import { createContexts } from '../graphql/index.ts';
import type { Access } from '../server/access/access.ts';
import type { Listening } from '../server/connections/listen.ts';
import { mcpFor } from './mcp-for.ts';
import { prepareGraph } from './prepare-graph.ts';
import { reconciliationFor } from './reconciliation-for.ts';
import { answerBytesOf, roleServices } from './role-services.ts';
import { createServer, type Server, type ServerOptions } from './server.ts';
import { isSilkgraph, type Silkgraph } from './silkgraph.ts';

/** A graph that is open in this process. */
export interface OpenSilkgraph extends Server {
  readonly graph: Graph;
  /** Imports a file or folder of records, or several. @throws ImportRefused with every fault; GraphError */
  import(paths: string | readonly string[], options?: ImportOptions): Promise<ImportSummary>;
  /** Stops listening, lets running requests finish, and leaves the database. */
  close(): Promise<void>;
}

/** Options of the server of an open graph. */
export interface OpenOptions extends Partial<Omit<ServerOptions, 'schema' | 'context' | 'answers' | 'access'>> {
  /** Who may read, and who callers are. @default all may read, and the API keys of the graph identify callers */
  readonly access?: Partial<Access>;
  /** Maximum size of stored answers in bytes; `off` stores none. @default 64 MB */
  readonly cache?: number | 'off';
  /** Seconds for which shared caches may serve what everybody may read. @default 0: they have to ask each time */
  readonly maxAge?: number;
  /** Whether the schema is a subgraph of Apollo Federation 2. @default false */
  readonly federation?: boolean;
  /** Roles that see a part of the graph; API keys give them. @default none */
  readonly roles?: DeclaredRoles;
}

const CACHE_BYTES = 2 ** 26;

const optionNames: Readonly<Record<keyof OpenOptions, true>> = {
  ...{ cache: true, maxAge: true, federation: true, roles: true, possibleConnections: true },
  ...{ examples: true, explorer: true, mcp: true, reconciliation: true, serviceFor: true },
  ...{ access: true, exporting: true, introspection: true, explaining: true, metricsAccess: true },
  ...{ timeout: true, clientTimeout: true, concurrency: true, callerConnections: true, callerLimits: true },
  ...{ bodyLimit: true, costLimit: true, answerLimit: true, rateLimit: true, costRate: true, newStatements: true },
  ...{ hosts: true, corsOrigins: true, frameOrigins: true, publicUrl: true, reportAddress: true, trustedProxies: true },
  ...{
    readiness: true,
    replicas: true,
    metrics: true,
    slow: true,
    trustedDocuments: true,
    auditLog: true,
  },
  ...{ telemetry: true, log: true },
};

/** A limit or a right under another name would silently be none. @throws TypeError */
function refuseOthers(what: string, options: object, names: object): void {
  const others = Object.keys(options).filter((name) => !Object.hasOwn(names, name));
  if (others.length === 0) return;
  throw new TypeError(`${what} has no option ${others.join(', ')}. It takes ${Object.keys(names).join(', ')}.`);
}

/** Refuses mistakes in who may do what, which could open the graph to everybody. @throws TypeError */
function checkAccess({ reading = 'open', ...access }: Partial<Access>, roles: DeclaredRoles): void {
  refuseOthers('The access of openSilkgraph', access, { authenticator: true, reading: true });
  if (!readings.includes(reading)) {
    throw new TypeError(`The reading of openSilkgraph must be ${readings.join(' or ')}, not ${String(reading)}.`);
  }
  const faults = faultsOfRoles(roles);
  if (faults.length > 0) throw new TypeError(`The roles of openSilkgraph are wrong. ${faults.join(' ')}`);
}

/** A program may write what no log knows of. */
const touching = (graph: Graph, revisions: GraphRevisions): Graph => ({
  ...graph,
  write: (...asked) =>
    graph.write(...asked).finally(() => {
      revisions.expire();
      revisions.touchEverything();
    }),
});

/**
 * Opens a graph in a program of one's own: prepares its database, loads the seeds if it is empty, and makes the server,
 * which answers `fetch` and can listen on a port.
 * @throws TypeError for anything but a graph, and for wrong options; RolesDoNotFit, DatabaseError, OntologyChanged, ImportRefused, GraphError
 */
export async function openSilkgraph(
  silkgraph: Silkgraph,
  address: Address,
  { access = {}, cache = CACHE_BYTES, maxAge = 0, federation = false, roles = {}, ...options }: OpenOptions = {},
): Promise<OpenSilkgraph> {
  if (!isSilkgraph(silkgraph)) throw new TypeError('openSilkgraph opens a graph that createSilkgraph has made.');
  refuseOthers('openSilkgraph', options, optionNames);
  checkAccess(access, roles);
  const { ontology, seeds, examples, explorer } = silkgraph;
  const schema = federation ? federatedSchema(silkgraph.schema, ontology) : silkgraph.schema;
  const driver = openDriver(address);
  try {
    const prepared = await prepareGraph(driver, address, ontology);
    if (seeds !== undefined) await seedIfEmpty(prepared, seeds);
    const planner = createPlanner(prepared);
    const graph = withLatePlanning(prepared, planner);
    const revisions = createGraphRevisions(graph, { isRouted: isRouted(address) });
    const contexts = createContexts(graph, { planner, revisions });
    await Promise.all([contexts.statistics(), revisions.refresh()]);
    const written = touching(graph, revisions);
    const { authenticator = createAuthenticator({ graph, roles }), reading = 'open' } = access;
    const seen = withPublicPages(roles, reading);
    const stored = cache === 'off' ? undefined : { bytes: answerBytesOf(cache, seen), maxAge };
    const answers = stored && { ...stored, ontology, revisions: () => revisions };
    const opened = { graph, own: graph, revisions };
    const serviceFor = roleServices({
      ...{ silkgraph, federation, roles: seen, mcp: 'read', reconciles: true },
      ...{ answers: stored, opened: () => opened },
    });
    const mcp = mcpFor(silkgraph, 'read');
    const reconciliation = reconciliationFor(silkgraph);
    const whole = { schema, examples, explorer, context: contexts.of, answers, mcp, reconciliation };
    const server = createServer({ access: { authenticator, reading }, serviceFor, ...whole, ...options });
    const places: Listening[] = [];
    return {
      fetch: server.fetch,
      async listen(port, host) {
        const listening = await server.listen(port, host);
        places.push(listening);
        return listening;
      },
      graph: written,
      import: (paths, settings) => importFiles(written, [paths].flat(), settings),
      async close() {
        await Promise.all(places.map((listening) => listening.close()));
        await driver.close();
      },
    };
  } catch (error) {
    await driver.close();
    throw error;
  }
}
