import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import cooperationGraph from '../../src/cooperation/graph.ts';
import { cooperation } from '../../src/cooperation/ontology.ts';
import { importFiles } from '../../src/doors/data/import/import-files.ts';
import { type DeclaredRoles, rightsOf } from '../../src/engine/access/declared-roles.ts';
import type { Viewer } from '../../src/engine/access/viewer.ts';
import { createGraphRevisions } from '../../src/engine/changes/log/graph-revisions.ts';
import type { Address } from '../../src/engine/database/address.ts';
import { openDriver } from '../../src/engine/database/open-driver.ts';
import { applySchemaChanges } from '../../src/engine/database/schema/apply-schema-changes.ts';
import { createGraph, type Graph } from '../../src/engine/graph/graph.ts';
import { indexStatements } from '../../src/engine/indexes/indexes.ts';
import { keepStatistics } from '../../src/engine/reads/statistics.ts';
import { federatedSchema } from '../../src/graphql/federation/federated-schema.ts';
import { createContext } from '../../src/graphql/index.ts';
import { defineOntology } from '../../src/ontology/definition/define-ontology.ts';
import { narrowOntology } from '../../src/ontology/narrowing/narrow-ontology.ts';
import type { Ontology } from '../../src/ontology/ontology.ts';
import { mcpFor } from '../../src/service/mcp-for.ts';
import { reconciliationFor } from '../../src/service/reconciliation-for.ts';
import { roleServices } from '../../src/service/role-services.ts';
import { createServer, type Server } from '../../src/service/server.ts';
import { createSilkgraph, narrowSilkgraph } from '../../src/service/silkgraph.ts';
import { testAddress } from './database.ts';
import { knownStatistics } from './known-statistics.ts';
import { writeNarrowedSeeds } from './narrowed-seeds.ts';
import { ownDatabase } from './own-database.ts';

/** Kinds; relations; properties of one kind, of several kinds alone, of all, of relations; what is searched and what is not. */
export const hide = [
  ...['Indicator', 'Park', 'Event', 'SEATED_IN', 'HOSTED_BY.role', 'CITES.note', 'PARTICIPATES_IN.status'],
  ...['Platform.description', 'Program.facts', 'Platform.city', 'Platform.branchNames', 'Country.officialName'],
  ...['Country.briMouDate', 'Lab.cities', 'Source.publisher', 'Entity.alsoKnownAs', 'Entity.notes'],
];

const roles: DeclaredRoles = { partner: { hide }, anonymous: { hide: ['Lab', 'Source'] } };

const viewers: Readonly<Record<string, Viewer>> = Object.fromEntries(
  ['partner', 'editor'].map((name) => [`key-of-${name}`, { name, id: name, role: 'reader', ...rightsOf(name, roles) }]),
);

/** The documents of these tests are new to the database on purpose, and not planned once more for a log of what is slow. */
const tolerance = {
  newStatements: { characters: 1e9, charactersPerSecond: 1e9, wide: 1e9 },
  slow: Number.POSITIVE_INFINITY,
};

/** What both servers read. */
interface Graphs {
  readonly whole: Graph;
  readonly narrowed: Graph;
  readonly ontology: Ontology;
}

async function openGraphs(own: Address, folder: string) {
  const at = await testAddress();
  const drivers = [openDriver(at), openDriver(own)] as const;
  const ontology = defineOntology(narrowOntology(cooperation, hide).definition);
  await applySchemaChanges(drivers[1], own, { derived: indexStatements(ontology) });
  const whole = createGraph(drivers[0], cooperation, { database: at.database });
  const narrowed = createGraph(drivers[1], ontology, { database: own.database });
  writeNarrowedSeeds(folder, hide);
  await importFiles(narrowed, [folder]);
  return { drivers, graphs: { whole, narrowed, ontology } };
}

/** Serves all of the seeds, to each role what it sees. */
function serveRoles(graph: Graph, federation: boolean): Server {
  const revisions = createGraphRevisions(graph, { isRouted: false });
  const statistics = knownStatistics('seeds', graph);
  const answers = { bytes: 2 ** 22, maxAge: 0 };
  return createServer({
    ...cooperationGraph,
    ...(federation ? { schema: federatedSchema(cooperationGraph.schema, cooperation) } : {}),
    ...tolerance,
    access: {
      reading: 'open',
      authenticator: {
        authenticate: async ({ apiKey }) => viewers[apiKey ?? ''] ?? { name: 'anonymous', role: null },
      },
    },
    context: (read) => createContext(graph, statistics, { ...read, revisions }),
    answers: { ...answers, ontology: cooperation, revisions: () => revisions },
    mcp: mcpFor(cooperationGraph, 'read'),
    reconciliation: reconciliationFor(cooperationGraph),
    serviceFor: roleServices({
      ...{ silkgraph: cooperationGraph, roles, federation, mcp: 'read', reconciles: true, answers },
      opened: () => ({ graph, own: graph, revisions }),
    }),
  });
}

/** Serves a graph that never had what the role partner does not see. */
function serveNever({ narrowed: graph, ontology }: Graphs, federation: boolean): Server {
  const alone = createSilkgraph({ ontology });
  const { examples } = narrowSilkgraph(cooperationGraph, ontology);
  const statistics = keepStatistics(graph);
  return createServer({
    ...alone,
    ...(federation ? { schema: federatedSchema(alone.schema, ontology) } : {}),
    ...tolerance,
    examples: undefined,
    context: (read) => createContext(graph, statistics, read),
    mcp: mcpFor({ ...alone, examples }, 'read'),
    reconciliation: reconciliationFor(alone),
  });
}

export type Init = { readonly method?: string; readonly headers?: Record<string, string>; readonly body?: string };

export const post = (query: string, variables: object = {}): Init => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', accept: 'application/json' },
  body: JSON.stringify({ query, variables }),
});

async function answerOf(of: Server, path: string, { headers, ...init }: Init, key?: string) {
  const response = await of.fetch(`http://silkgraph${path}`, {
    ...init,
    headers: { ...headers, ...(key === undefined ? {} : { 'x-api-key': key }) },
  });
  // A role has no history, and so nothing to choose a day of it by.
  const text = (await response.text()).replace(/<form class="day".*?<\/form>/s, '');
  return { status: response.status, type: response.headers.get('content-type'), text };
}

/**
 * Asks two servers: one with roles, as the role `partner` of it, and one of a graph that never had what this role does not
 * see. Each answer is compared.
 */
export function roleServers() {
  const address = ownDatabase();
  const folder = mkdtempSync(join(tmpdir(), 'silkgraph-roles-'));
  let opened: Awaited<ReturnType<typeof openGraphs>> | undefined;
  const made = new Map<boolean, readonly [roles: Server, never: Server]>();
  beforeAll(async () => {
    opened = await openGraphs(address(), folder);
  });
  afterAll(async () => {
    for (const driver of opened?.drivers ?? []) await driver.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const servers = (federation = false) => {
    if (!opened) throw new Error('The graphs are there once the tests run.');
    const { graphs } = opened;
    const both = made.get(federation) ?? [serveRoles(graphs.whole, federation), serveNever(graphs, federation)];
    made.set(federation, both);
    return both;
  };
  const comparing = (federation: boolean) => {
    /** What a role is answered, after a look that a graph answers the same which never had what the role does not see. */
    const same = async (path: string, init: Init = {}) => {
      const [all, never] = servers(federation);
      const [seen, alone] = await Promise.all([
        answerOf(all, path, init, 'key-of-partner'),
        answerOf(never, path, init),
      ]);
      expect(seen, path).toEqual(alone);
      return seen;
    };
    const sameAnswer = async (query: string, variables: object = {}) => {
      const { text } = await same('/graphql', post(query, variables));
      return JSON.parse(text);
    };
    const sameData = async (query: string, variables: object = {}) => {
      const { data, errors } = await sameAnswer(query, variables);
      expect(errors, query).toBeUndefined();
      return data;
    };
    return { same, sameAnswer, sameData };
  };
  return {
    ...comparing(false),
    /** The same of servers whose schema is a subgraph. */
    federated: comparing(true),
    /** What a caller is answered by the server with roles. */
    answerTo: (path: string, init: Init = {}, key?: string) => answerOf(servers()[0], path, init, key),
  };
}
