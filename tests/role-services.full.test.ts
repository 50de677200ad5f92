import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Driver } from 'neo4j-driver';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DeclaredRoles, rightsOf } from '../src/access/declared-roles.ts';
import type { Viewer } from '../src/access/viewer.ts';
import { createGraphRevisions } from '../src/changes/log/graph-revisions.ts';
import cooperationGraph from '../src/cooperation/graph.ts';
import { cooperation } from '../src/cooperation/ontology.ts';
import { importFiles } from '../src/data/import/import-files.ts';
import { openDriver } from '../src/database/open-driver.ts';
import { applySchemaChanges } from '../src/database/schema/apply-schema-changes.ts';
import { createGraph } from '../src/graph/graph.ts';
import { indexStatements } from '../src/graph/indexes/indexes.ts';
import { keepStatistics } from '../src/graph/reads/statistics.ts';
import { mcpFor } from '../src/mcp-for.ts';
import { defineOntology } from '../src/ontology/define-ontology.ts';
import { narrowOntology } from '../src/ontology/narrowing/narrow-ontology.ts';
import { reconciliationFor } from '../src/reconciliation-for.ts';
import { roleServices } from '../src/role-services.ts';
import { createContext } from '../src/schema/index.ts';
import { createServer, type Server } from '../src/server.ts';
import { createSilkgraph, narrowSilkgraph } from '../src/silkgraph.ts';
import { testAddress } from './setup/database.ts';
import { writeNarrowedSeeds } from './setup/narrowed-seeds.ts';
import { ownDatabase } from './setup/own-database.ts';
import { seeds } from './setup/seeds.ts';

/** Kinds; relations; properties of one kind, of several kinds alone, of all, of relations; what is searched and what is not. */
const hide = [
  ...['Indicator', 'Park', 'Event', 'SEATED_IN', 'HOSTED_BY.role', 'CITES.note', 'PARTICIPATES_IN.status'],
  ...['Platform.description', 'Program.facts', 'Platform.city', 'Platform.branchNames', 'Country.officialName'],
  ...['Country.briMouDate', 'Lab.cities', 'Source.publisher', 'Entity.alsoKnownAs', 'Entity.notes'],
];

const roles: DeclaredRoles = { partner: { hide }, anonymous: { hide: ['Lab', 'Source'] } };

const viewers: Readonly<Record<string, Viewer>> = Object.fromEntries(
  ['partner', 'editor'].map((name) => [`key-of-${name}`, { name, id: name, role: 'reader', ...rightsOf(name, roles) }]),
);

/** The documents of this file are new to the database on purpose. */
const newStatements = { characters: 1e9, charactersPerSecond: 1e9, wide: 1e9 };

const address = ownDatabase();
const folder = mkdtempSync(join(tmpdir(), 'silkgraph-roles-'));
const drivers: Driver[] = [];
/** Serves all of the seeds, to each role what it sees; and a graph that never had what the role partner does not see. */
let server: Server;
let never: Server;

beforeAll(async () => {
  const at = await testAddress();
  const driver = openDriver(at);
  drivers.push(driver);
  const graph = createGraph(driver, cooperation, { database: at.database });
  const revisions = createGraphRevisions(graph, { isRouted: false });
  const answers = { bytes: 2 ** 22, maxAge: 0 };
  server = createServer({
    ...cooperationGraph,
    newStatements,
    access: {
      reading: 'open',
      authenticator: {
        authenticate: async ({ apiKey }) => viewers[apiKey ?? ''] ?? { name: 'anonymous', role: null },
      },
    },
    context: (read) => createContext(graph, keepStatistics(graph), { ...read, revisions }),
    answers: { ...answers, ontology: cooperation, revisions: () => revisions },
    mcp: mcpFor(cooperationGraph, 'read'),
    reconciliation: reconciliationFor(cooperationGraph),
    serviceFor: roleServices({
      ...{ silkgraph: cooperationGraph, roles, federation: false, mcp: 'read', reconciles: true, answers },
      opened: () => ({ graph, own: graph, revisions }),
    }),
  });

  const ontology = defineOntology(narrowOntology(cooperation, hide).definition);
  const alone = createSilkgraph({ ontology });
  const { examples } = narrowSilkgraph(cooperationGraph, ontology);
  const ownDriver = openDriver(address());
  drivers.push(ownDriver);
  await applySchemaChanges(ownDriver, address(), { derived: indexStatements(ontology) });
  const ownGraph = createGraph(ownDriver, ontology, { database: address().database });
  writeNarrowedSeeds(folder, hide);
  await importFiles(ownGraph, [folder]);
  const statistics = keepStatistics(ownGraph);
  never = createServer({
    ...alone,
    newStatements,
    examples: undefined,
    context: (read) => createContext(ownGraph, statistics, read),
    mcp: mcpFor({ ontology, schema: alone.schema, examples }, 'read'),
    reconciliation: reconciliationFor(alone),
  });
});

afterAll(async () => {
  for (const driver of drivers) await driver.close();
  rmSync(folder, { recursive: true, force: true });
});

type Init = { readonly method?: string; readonly headers?: Record<string, string>; readonly body?: string };

async function answerOf(of: Server, path: string, { headers, ...init }: Init, key?: string) {
  const response = await of.fetch(`http://silkgraph${path}`, {
    ...init,
    headers: { ...headers, ...(key === undefined ? {} : { 'x-api-key': key }) },
  });
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
}

/** What a role is answered, after a look that a graph answers the same which never had what the role does not see. */
async function same(path: string, init: Init = {}) {
  const [seen, alone] = await Promise.all([
    answerOf(server, path, init, 'key-of-partner'),
    answerOf(never, path, init),
  ]);
  expect(seen, path).toEqual(alone);
  return seen;
}

const post = (query: string, variables: object = {}): Init => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', accept: 'application/json' },
  body: JSON.stringify({ query, variables }),
});

async function sameAnswer(query: string, variables: object = {}) {
  const { text } = await same('/graphql', post(query, variables));
  return JSON.parse(text);
}

async function sameData(query: string, variables: object = {}) {
  const { data, errors } = await sameAnswer(query, variables);
  expect(errors, query).toBeUndefined();
  return data;
}

const ontology = narrowOntology(cooperation, hide);
const hiddenSlugs = ['Indicator', 'Park', 'Event'].map(
  (kind) => seeds.entities[kind as keyof typeof seeds.entities][0]?.id ?? '',
);

// Most of the documents are new to the database, which plans each of them twice.
describe('a role that sees a part of the graph', { timeout: 180_000 }, () => {
  it('has the schema of a graph that never had the rest', async () => {
    const { text } = await same('/schema.graphql');
    for (const name of [
      'Indicator',
      'indicators',
      'parks',
      'seatedPlatforms',
      'briMouDate',
      'alsoKnownAs',
      'branchNames',
    ])
      expect(text).not.toMatch(new RegExp(`\\b${name}[:(]|\\b(?:type|input) ${name}`));
    await sameData('{ __schema { types { name fields { name description args { name } } enumValues { name } } } }');
    await sameData(
      '{ ontology { kinds { kind count description properties { name description } } relations { relation count description from to } } }',
    );
  });

  it('has its answers to lists of all kinds, with filters, orders, facets, counts and edges', async () => {
    for (const kind of ontology.kindNames) {
      const { plural } = ontology.kind(kind);
      const fields = Object.entries(ontology.propertiesOf(kind))
        .filter(([, { type }]) => !['milestones', 'identifiers', 'locations'].includes(type))
        .map(([name]) => name);
      const related = [...ontology.relationFieldsOf(kind).values()].map(({ name, toOne, target }) =>
        toOne
          ? `${name} { slug }`
          : `${name}(first: 3) { totalCount ${target === 'Entity' ? 'nodes { __typename slug name }' : 'nodes { slug name }'} }`,
      );
      const { [plural]: list } = await sameData(
        `{ ${plural}(first: 40) { totalCount nodes { slug ${fields.join(' ')} identifiers { value } ${related.join(' ')} } } }`,
      );
      expect(list.totalCount).toBeGreaterThan(0);
    }
  });

  it('has its answers to the examples', async () => {
    const { examples } = narrowSilkgraph(cooperationGraph, ontology);
    expect(examples.length).toBeGreaterThan(10);
    // Also as a text, which a schema does not check.
    expect(examples.filter(({ query }) => query.includes('briMouDate'))).toEqual([]);
    for (const { query } of examples) await sameData(query);
  });

  it('finds by search what that graph finds, whatever else has the words', async () => {
    const words = [
      ...['silk road park', 'malaria', 'Ulaanbaatar', 'laboratories in Kenya', 'Bangkok', 'people', 'industrial park'],
      ...[
        'total number of joint laboratories',
        'Kingdom of Thailand',
        'technology transfer center',
        'xinhua',
        'ASEAN',
        '中国',
      ],
      ...[
        'agriculture labs africa',
        'Beijing',
        'forum',
        'Q228',
        'laboratory',
        'center in Yinchuan',
        'satellite receiving',
      ],
      ...seeds.entities.Platform.slice(0, 6).flatMap(({ description, city, branchNames }) =>
        [description, city, branchNames]
          .flat()
          .flatMap((text) => (typeof text === 'string' ? [text.slice(0, 60)] : [])),
      ),
      ...['Event', 'Park', 'Indicator'].map((kind) => String(seeds.entities[kind as 'Event'][3]?.name)),
    ];
    for (const query of words) {
      await sameData(
        `query ($query: String!) { search(query: $query, first: 30) { totalCount kinds { kind count } facets { kind others buckets { slug name count } }
           edges { score highlight { field text } matched { words field kind slug text through } node { __typename slug name } } } }`,
        { query },
      );
      await sameData('query ($prefix: String!) { suggest(prefix: $prefix, limit: 10) { kind slug name text } }', {
        prefix: query.slice(0, 5),
      });
    }
  });

  it('walks, matches, groups and measures what that graph has', async () => {
    const hops = 'relation direction from { slug } to { slug } properties { name value } ownSources sources { slug }';
    const { sources } = await sameData(
      '{ sources(first: 100, orderBy: [{ citedBy: { count: DESC } }]) { nodes { slug citedBy(first: 20) { totalCount nodes { __typename slug } } } } }',
    );
    const variables = { id: sources.nodes[0].slug };
    for (const query of [
      `query ($id: ID!) { neighborhood(of: [$id], depth: 2, limit: 60, relations: [CITES]) { nodes { slug } edges { ${hops} } } }`,
      `query ($id: ID!) { compare(ids: [$id, "ke"], relations: [CITES]) { shared { relation entity { slug } } properties { name } } }`,
      'query ($id: ID!) { similar(to: $id, limit: 5, relations: [CITES]) { score sharedCount entity { slug } } }',
      'query ($id: ID!) { paths(from: $id, to: "ke", maxHops: 3, relations: [CITES, PARTNERS_WITH]) { paths { length score nodes { slug } } } }',
    ]) {
      await sameData(query, variables);
    }
    for (const query of [
      '{ sources(filter: { citedBy: { none: {} } }, first: 100) { totalCount nodes { slug } } }',
      '{ sources(filter: { citedBy: { count: { gt: 3 } } }, first: 100) { totalCount nodes { slug } } }',
      '{ sources(filter: { citedBy: { some: { name: { contains: "park" } } } }, first: 100) { totalCount nodes { slug } } }',
      '{ sources { facets(by: [TYPE, CITED_BY], first: 10) { by others without buckets { value count } } } }',
      '{ labs { totalCount facets(by: [AREAS, STATUS, PARTNER_COUNTRIES], first: 5) { by others without buckets { value count } } } }',
      '{ labsGroupBy(by: [STATUS, SOURCES], first: 30) { totalCount } }',
      `{ neighborhood(of: ["crop-science", "asean"], depth: 1, limit: 80) { nodes { slug } edges { ${hops} } } }`,
      `{ paths(from: "ke", to: "th", maxHops: 4, limit: 10) { paths { length score because { relations weight entity { slug } } hops { ${hops} } } } }`,
      '{ pathsBetween(from: ["ke"], to: ["th"], maxHops: 3, first: 20) { totalCount pairs { from to } nodes { __typename } } }',
      '{ similar(to: "ke", limit: 10) { score sharedCount sharedBecause { entity { slug } } entity { slug } } }',
      '{ compare(ids: ["ke", "th"]) { shared { relation direction entity { slug } } properties { name same } differing { entity { slug } } } }',
      '{ match(pattern: { entities: [{ as: "one" }, { as: "two", kind: SOURCE }], relations: [{ from: "one", to: "two", relation: CITES }] }, first: 30) { totalCount nodes { ways entities { as entity { slug } } } } }',
      '{ structure(projection: { kinds: [LAB, SOURCE], relations: [CITES, RESEARCHES] }, measure: DEGREE, first: 20) { entityCount linkCount nodes { slug value } } }',
      '{ structure(projection: { kinds: [LAB], shared: [{ through: [CITES] }] }, measure: DEGREE, first: 20) { linkCount nodes { slug value } } }',
      '{ gaps { absentRelations { kind relation count of } missing { kind property count of } withoutSource { kind count } weakSourcesOnly { kind count } conflicts { kind count } lowConfidence { kind property count } } }',
    ]) {
      await sameAnswer(query);
    }
  });

  it('has the files of that graph', async () => {
    for (const query of [
      'format=jsonl',
      'format=json',
      'kind=LAB&format=csv',
      'relation=ALL&format=csv',
      'format=nq',
      'format=graphml',
    ]) {
      const { status, text } = await same(`/export?${query}`);
      expect(status, query).toBe(200);
      expect(text.length).toBeGreaterThan(1000);
    }
    await same(`/export?format=graphml&of=anso,asean&depth=1&limit=100`);
    await same('/export?format=csv&kind=PARK');
    await same('/export?list=labs&format=csv&columns=name');
  });

  it('has the linked data of that graph, with nothing at the addresses of the rest', async () => {
    const [lab, platform] = [seeds.entities.Lab[0]?.id, seeds.entities.Platform[0]?.id];
    for (const slug of ['ke', 'anso', lab, platform, ...hiddenSlugs]) {
      for (const ending of ['html', 'ttl', 'json', 'jsonld']) await same(`/entity/${slug}.${ending}`);
    }
    for (const path of ['/terms', '/shapes', '/.well-known/void', '/context.jsonld', '/sitemap.xml']) await same(path);
  });

  it('is served to agents and matched to names as that graph is', async () => {
    const message = (method: string, params: object = {}): Init => ({
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
    });
    for (const method of ['tools/list', 'resources/list', 'prompts/list']) await same('/mcp', message(method));
    await same('/mcp', message('resources/read', { uri: 'silkgraph://ontology' }));
    for (const [name, args] of Object.entries({
      search: { query: 'industrial park' },
      get_entities: { slugs: ['ke', hiddenSlugs[0]] },
      count_entities: { kind: 'LAB', by: 'designation' },
    })) {
      await same('/mcp', message('tools/call', { name, arguments: args }));
    }
    await same('/reconcile');
    const queries = { q0: { query: String(seeds.entities.Park[0]?.name) }, q1: { query: 'Kenya', type: 'Country' } };
    await same(`/reconcile?queries=${encodeURIComponent(JSON.stringify(queries))}`);
  });

  it('is told of mistakes what that graph tells', async () => {
    const hiddenIds = JSON.stringify(hiddenSlugs);
    for (const query of [
      '{ indicators { nodes { slug } } }',
      '{ park(slug: "x") { name } }',
      '{ labs(filter: { alsoKnownAs: { has: "x" } }) { totalCount } }',
      '{ platforms(orderBy: [{ city: ASC }]) { totalCount } }',
      '{ countries { nodes { seatedPlatforms { totalCount } officialName } } }',
      `{ nodes(ids: ${hiddenIds}) { slug name __typename } }`,
      `{ entity(id: "${hiddenSlugs[0]}") { slug name } }`,
      `{ node(id: "${Buffer.from(`Indicator:${hiddenSlugs[0]}`).toString('base64')}") { id } }`,
      `{ paths(from: "ke", to: "${hiddenSlugs[1]}") { paths { length } } }`,
      `{ neighborhood(of: ${hiddenIds}) { nodes { slug } } }`,
      '{ search(query: "x", kinds: [PARK]) { totalCount } }',
    ]) {
      await sameAnswer(query);
    }
    await same('/nowhere');
  });
});

it('callers without a key see on pages and in files what the role anonymous sees', async () => {
  const textOf = async (path: string) => (await answerOf(server, path, {})).text;
  expect(await textOf('/entity/ke')).not.toMatch(/Joint Laboratory|PARTNERS_WITH/);
  expect(await textOf('/explore/assets/graph.json')).not.toMatch(/"Lab"|"Source"/);
  expect(await textOf('/graphql/assets/examples.json')).not.toMatch(/\b(?:labs|sources) *[{(]/);
  expect(await textOf('/export?format=jsonl')).not.toMatch(/"sources":|"kind":"Lab"/);
  expect(await textOf('/schema.graphql')).not.toMatch(/type Lab\b|type Source\b|@cite/);
});

it('the history of an entity is refused with its revision and the time of its last change', async () => {
  for (const field of ['revision', 'updatedAt', 'history(first: 1) { nodes { __typename } }']) {
    const { text } = await answerOf(
      server,
      '/graphql',
      post(`{ labs(first: 1) { nodes { ${field} } } }`),
      'key-of-partner',
    );
    expect(text, field).toContain('"code":"FORBIDDEN"');
  }
});
