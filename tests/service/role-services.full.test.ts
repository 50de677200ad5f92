import { describe, expect, it } from 'vitest';
import cooperationGraph from '../../src/cooperation/graph.ts';
import { cooperation } from '../../src/cooperation/ontology.ts';
import { globalId } from '../../src/graphql/identifiers.ts';
import { narrowOntology } from '../../src/ontology/narrowing/narrow-ontology.ts';
import { createSilkgraph, narrowSilkgraph } from '../../src/service/silkgraph.ts';
import { anyQuestions } from '../setup/any-question.ts';
import { hide, type Init, post, roleServers } from '../setup/role-servers.ts';
import { allSlugs } from '../setup/seed-graph.ts';
import { seeds } from '../setup/seeds.ts';

const { same, sameAnswer, sameData, federated, answerTo } = roleServers();

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

  it('has its answers to questions of any shape, also those that name what it does not see', async () => {
    const { schema } = createSilkgraph({ ontology });
    // The other graph has a history, and was made at another time. The costs in an answer are estimated from lengths of texts
    // that each server samples at random, so no two servers agree on them.
    const without = new Set([
      'changes',
      'history',
      'revision',
      'revisions',
      'diff',
      'tags',
      'createdAt',
      'updatedAt',
      'cost',
    ]);
    let answered = 0;
    for (const query of anyQuestions(schema, 80, { slugs: allSlugs, seed: 2, without })) {
      const { errors } = await sameAnswer(query);
      if (!errors) answered += 1;
    }
    expect(answered).toBeGreaterThan(25);
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

  it('is a subgraph of a router as that graph is, with no entity of the rest by any key', async () => {
    const { _service: service } = await federated.sameData('{ _service { sdl } }');
    expect(service.sdl).toContain('type Lab implements Entity & Node @key(fields: "id") @key(fields: "slug")');
    expect(service.sdl).not.toMatch(/\b(?:Park|Event|Indicator|briMouDate|seatedPlatforms)\b/);
    const entities = `query ($representations: [_Any!]!) {
      _entities(representations: $representations) {
        __typename
        ... on Entity { slug name }
        ... on Lab { identifier { scheme value } areas { nodes { name } } }
        ... on Country { labs { totalCount } programs { totalCount } }
      }
    }`;
    const identified = seeds.identifiers.filter((_, index) => index % 100 === 0);
    const { _entities: found } = await federated.sameData(entities, {
      representations: [
        { __typename: 'Country', slug: 'ke' },
        { __typename: 'Lab', id: globalId('Lab', String(seeds.entities.Lab[0]?.id)) },
        ...hiddenSlugs.map((slug) => ({ __typename: 'Lab', slug })),
        ...identified.flatMap(({ scheme, value }) =>
          ['Lab', 'Country', 'Institution', 'Area'].map((kind) => ({
            __typename: kind,
            identifier: { scheme, value },
          })),
        ),
      ].slice(0, 100),
    });
    expect(found.slice(2, 2 + hiddenSlugs.length)).toEqual(hiddenSlugs.map(() => null));
    expect(found.filter((entity: object | null) => entity !== null).length).toBeGreaterThan(4);
    for (const representation of [
      { __typename: 'Park', slug: hiddenSlugs[1] },
      { __typename: 'Lab', id: globalId('Park', String(hiddenSlugs[1])) },
      { __typename: 'Ship', slug: 'x' },
    ]) {
      const { errors } = await federated.sameAnswer(entities, { representations: [representation] });
      expect(errors[0].extensions.code).toBe('BAD_USER_INPUT');
    }
    for (const query of [
      '{ _entities(representations: []) { ... on Park { name } } }',
      '{ __type(name: "_Entity") { possibleTypes { name } } }',
      '{ countries(first: 3) { nodes { slug identifier { value } } } }',
    ]) {
      await federated.sameAnswer(query);
    }
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
  const textOf = async (path: string) => (await answerTo(path)).text;
  expect(await textOf('/entity/ke')).not.toMatch(/Joint Laboratory|PARTNERS_WITH/);
  expect(await textOf('/explore/assets/graph.json')).not.toMatch(/"Lab"|"Source"/);
  expect(await textOf('/graphql/assets/examples.json')).not.toMatch(/\b(?:labs|sources) *[{(]/);
  expect(await textOf('/export?format=jsonl')).not.toMatch(/"sources":|"kind":"Lab"/);
  expect(await textOf('/schema.graphql')).not.toMatch(/type Lab\b|type Source\b|@cite/);
});

it('the history of an entity is refused with its revision and the time of its last change', async () => {
  for (const field of ['revision', 'updatedAt', 'history(first: 1) { nodes { __typename } }']) {
    const { text } = await answerTo('/graphql', post(`{ labs(first: 1) { nodes { ${field} } } }`), 'key-of-partner');
    expect(text, field).toContain('"code":"FORBIDDEN"');
  }
});
