import type { ExecutionResult } from 'graphql';
import type { Driver } from 'neo4j-driver';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import cooperationGraph from '../../src/cooperation/graph.ts';
import { cooperation } from '../../src/cooperation/ontology.ts';
import { type DeclaredRoles, rightsOf } from '../../src/engine/access/declared-roles.ts';
import { createGraphRevisions } from '../../src/engine/changes/log/graph-revisions.ts';
import { openDriver } from '../../src/engine/database/open-driver.ts';
import { createGraph, type Graph } from '../../src/engine/graph/graph.ts';
import { narrowedGraph } from '../../src/engine/narrowing/narrowed-graph.ts';
import { keepStatistics, readStatistics } from '../../src/engine/reads/statistics.ts';
import { createContext } from '../../src/graphql/index.ts';
import { narrowOntology } from '../../src/ontology/narrowing/narrow-ontology.ts';
import { roleServices } from '../../src/service/role-services.ts';
import { createServer, type Server } from '../../src/service/server.ts';
import { testAddress } from '../setup/database.ts';

const hide = ['Indicator', 'Park', 'Event', 'Platform.description', 'Lab.cities', 'HOSTED_BY.role', 'Entity.notes'];

const roles: DeclaredRoles = { partner: { hide } };

let driver: Driver;
let graph: Graph;
let server: Server;

beforeAll(async () => {
  const at = await testAddress();
  driver = openDriver(at);
  graph = createGraph(driver, cooperation, { database: at.database });
  const revisions = createGraphRevisions(graph, { isRouted: false });
  const statistics = keepStatistics(graph);
  const answers = { bytes: 2 ** 22, maxAge: 0 };
  server = createServer({
    ...cooperationGraph,
    timeout: 25_000,
    slow: Number.POSITIVE_INFINITY,
    access: {
      reading: 'open',
      authenticator: {
        authenticate: async ({ apiKey }) => ({ name: 'test', role: null, ...rightsOf(apiKey ?? '', roles) }),
      },
    },
    context: (read) => createContext(graph, statistics, { ...read, revisions }),
    answers: { ...answers, ontology: cooperation, revisions: () => revisions },
    serviceFor: roleServices({
      ...{ silkgraph: cooperationGraph, roles, federation: false, mcp: 'off', reconciles: false, answers },
      opened: () => ({ graph, own: graph, revisions }),
    }),
  });
});

afterAll(() => driver.close());

const fetchAs = (role: string, path: string, init: RequestInit = {}) =>
  server.fetch(`http://silkgraph${path}`, {
    ...init,
    headers: { accept: 'application/json', 'content-type': 'application/json', ...(role ? { 'x-api-key': role } : {}) },
  });

async function ask(role: string, query: string) {
  const response = await fetchAs(role, '/graphql', { method: 'POST', body: JSON.stringify({ query }) });
  const { errors = [] } = (await response.json()) as Pick<ExecutionResult, 'errors'>;
  return { headers: response.headers, errors };
}

describe('a role that sees a part of the graph', () => {
  it('has a schema and answers of its own, stored for it alone', async () => {
    const found = '{ labs { totalCount } }';
    const of = async (role: string, query: string) => (await ask(role, query)).errors[0]?.message ?? 'answered';
    for (let round = 1; round <= 2; round += 1) {
      expect(await of('partner', '{ labs(first: 1) { nodes { cities } } }')).toContain('"cities"');
      for (const role of ['editor', 'partner', '']) expect(await of(role, found)).toBe('answered');
    }
    // The log is read twice before the server knows that nothing was written just before its start.
    await expect.poll(async () => (await ask('partner', found)).headers.get('silkgraph-cache')).toBe('HIT');
  });

  it('is refused what counts or contains changes to all of the graph', async () => {
    for (const query of [
      '{ changes(first: 3) { nodes { __typename } } }',
      '{ revision(revision: 1) { author } }',
      '{ tags { name } }',
      '{ diff(from: { revision: 1 }, to: { revision: 2 }) { totalCount } }',
      'query @asOf(revision: 1) { labs(first: 1) { totalCount } }',
      '{ area(slug: "crop-science") { revision } }',
    ]) {
      const { errors, headers } = await ask('partner', query);
      expect(
        errors.map(({ extensions }) => extensions.code),
        query,
      ).toEqual(['FORBIDDEN']);
      expect(headers.get('silkgraph-revision')).toBeNull();
    }
    const stream = await server.fetch('http://silkgraph/graphql', {
      method: 'POST',
      headers: { accept: 'text/event-stream', 'content-type': 'application/json', 'x-api-key': 'partner' },
      body: JSON.stringify({ query: 'subscription { changes { __typename } }' }),
    });
    expect(await stream.text()).toContain('FORBIDDEN');
    expect((await fetchAs('partner', '/changes.atom')).status).toBe(403);
    expect((await fetchAs('partner', '/export?format=csv&kind=AREA')).headers.get('silkgraph-sequence')).toBeNull();
  });

  it('has costs that follow from what it sees', async () => {
    const ontology = narrowOntology(cooperation, hide);
    const { texts, degrees, entities, relations } = await readStatistics(narrowedGraph(graph, ontology));
    expect(Object.keys(entities)).toEqual(ontology.kindNames);
    expect(Object.keys(relations)).toEqual(ontology.relationTypes);
    expect(Object.keys(degrees)).toEqual(ontology.kindNames);
    for (const [owner, properties] of Object.entries(texts)) {
      const seen = ontology.isKind(owner) ? ontology.propertiesOf(owner) : ontology.edgePropertiesOf(owner);
      const names = Object.keys(properties ?? {}).filter((name) => !['', 'id', 'sources'].includes(name));
      expect(Object.keys(seen), owner).toEqual(expect.arrayContaining(names));
    }
  });
});
