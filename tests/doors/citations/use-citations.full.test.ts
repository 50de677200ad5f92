import { describe, expect, it } from 'vitest';
import { createCitationFormatter } from '../../../src/doors/citations/citation-formatter.ts';
import { citationsOf } from '../../../src/doors/citations/use-citations.ts';
import { seeds } from '../../setup/seeds.ts';
import { type Answer, silkgraph } from '../../setup/silkgraph.ts';

const server = silkgraph();

interface Citation {
  readonly slug: string;
  readonly url: string | null;
  readonly supports: readonly string[];
  readonly supportsCount: number;
  readonly apa?: string;
  readonly bibtex?: string;
  readonly csl?: Readonly<Record<string, unknown>>;
}

const citationsIn = ({ extensions }: Answer) => (extensions?.citations ?? []) as readonly Citation[];

const sourcesOf = (slug: string) =>
  seeds.relations.filter(({ type, from }) => type === 'CITES' && from === slug).map(({ to }) => to);

/** Sources that a relation has of its own. */
const ownSourcesOf = (type: string, from: string, to: string) =>
  seeds.relations.find((one) => one.type === type && one.from === from && one.to === to)?.sources ?? [];

/** What a JSON pointer into a response leads to. */
const at = (answer: Answer, pointer: string) =>
  pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], answer);

const lab = 'china-kenya-joint-laboratory-for-crop-molecular-biology';

describe('an answer that is asked for its sources', () => {
  it('lists each source once, with the places in the answer that it supports', async () => {
    const answer = await server.ask(
      'query @cite { labs(first: 10) { nodes { slug institutions { edges { node { slug } } } country: partnerCountries { nodes { slug } } } } }',
    );
    expect(answer.errors).toBeUndefined();
    const places = new Map<string, string[]>();
    const uncited = new Map<string, string[]>();
    const note = (slug: string, pointer: string) => {
      const sources = sourcesOf(slug);
      for (const source of sources) places.set(source, [...(places.get(source) ?? []), pointer]);
      if (sources.length === 0) uncited.set(slug, [...(uncited.get(slug) ?? []), pointer]);
    };
    for (const [index, found] of answer.data.labs.nodes.entries()) {
      const here = `/data/labs/nodes/${index}`;
      note(found.slug, here);
      for (const [edge, { node }] of found.institutions.edges.entries()) {
        note(node.slug, `${here}/institutions/edges/${edge}/node`);
        for (const source of ownSourcesOf('HOSTED_BY', found.slug, node.slug)) {
          places.set(source, [...(places.get(source) ?? []), `${here}/institutions/edges/${edge}`]);
        }
      }
      for (const [node, { slug }] of found.country.nodes.entries()) note(slug, `${here}/country/nodes/${node}`);
    }
    const citations = citationsIn(answer);
    expect(new Set(citations.map(({ slug }) => slug)).size).toBe(citations.length);
    expect(new Map(citations.map(({ slug, supports }) => [slug, [...supports].sort()]))).toEqual(
      new Map([...places].map(([slug, pointers]) => [slug, pointers.sort()])),
    );
    for (const { supports, slug } of citations) {
      for (const pointer of supports) {
        const { slug: entity } = at(answer, pointer) as { slug?: string };
        if (entity !== undefined) expect(sourcesOf(entity)).toContain(slug);
      }
    }
    const reported = answer.extensions?.uncited as { slug: string; at: string[] }[];
    expect(new Map(reported.map((one) => [one.slug, [...one.at].sort()]))).toEqual(
      new Map([...uncited].map(([slug, pointers]) => [slug, pointers.sort()])),
    );
    // A citation names the revision, which is exact if it is the same before and afterwards.
    expect(server.ran.map(({ name }) => name)).toEqual([
      'revision-newest',
      'connection-Lab',
      'revision-newest',
      'citations',
    ]);
  });

  it('needs neither sources nor ids to be selected, whatever leads to the entities', async () => {
    const answer = await server.ask(
      `query @cite(styles: []) {
        entity: node(id: "${Buffer.from(`Lab:${lab}`).toString('base64url')}") { ... on Lab { called: name } }
        match(pattern: { entities: [{ as: "lab", id: "${lab}" }, { as: "host", kind: INSTITUTION }], relations: [{ from: "lab", to: "host", relation: HOSTED_BY }] }, orderBy: [{ as: "host", by: SLUG }]) {
          nodes { entity(as: "lab") { name } }
        }
      }`,
    );
    expect(answer.errors).toBeUndefined();
    const citations = citationsIn(answer);
    expect(citations.map(({ slug }) => slug).sort()).toEqual(sourcesOf(lab).sort());
    expect(citations[0]?.supports).toEqual(expect.arrayContaining(['/data/entity', '/data/match/nodes/0/entity']));
  });

  it('tells what no source supports, and takes a source in the answer for itself', async () => {
    const answer = await server.ask(
      'query @cite(styles: [CSL_JSON]) { area(slug: "agriculture-and-food") { name sources { nodes { slug } } } source(slug: "vietnamplus-2018-04") { name } }',
    );
    expect(answer.extensions?.uncited).toEqual([
      {
        id: Buffer.from('Area:agriculture-and-food').toString('base64url'),
        slug: 'agriculture-and-food',
        kind: 'AREA',
        at: ['/data/area'],
      },
    ]);
    expect(citationsIn(answer)).toMatchObject([
      { slug: 'vietnamplus-2018-04', supports: ['/data/source'], supportsCount: 1, csl: { id: 'vietnamplus-2018-04' } },
    ]);
    expect(citationsIn(answer)[0]).not.toHaveProperty('apa');
  });

  it('gives no address of a re-post, in no form', async () => {
    const mirrors = new Map(
      seeds.entities.Source.filter(({ mirror }) => mirror).map(({ id, url }) => [id, String(url)]),
    );
    const answer = await server.ask('query @cite { labs(first: 100) { nodes { name } } }');
    const reposts = citationsIn(answer).filter(({ slug }) => mirrors.has(slug));
    expect(reposts.length).toBeGreaterThan(5);
    for (const citation of reposts) {
      expect(citation.url).toBeNull();
      expect(JSON.stringify(citation)).not.toContain(new URL(mirrors.get(citation.slug) ?? '').host);
    }
  });

  it('cites what a relation names as its own sources, for an edge read from either end and for a hop', async () => {
    const { type, from, to, sources } = seeds.relations.find(
      (one) => one.type === 'PARTICIPATES_IN' && one.sources !== undefined,
    ) as (typeof seeds.relations)[number];
    const answer = await server.ask(
      `query ($from: ID!, $fromText: String!, $to: ID!, $code: String!, $program: String!) @cite(styles: []) {
        country(code: $code) { programs(first: 100) { edges { node { slug } } } }
        program(slug: $program) { participants(filter: { slug: { eq: $fromText } }) { edges { ownSources node { slug } } } }
        paths(from: $from, to: $to, relations: [${type}], maxHops: 1) { paths { hops { relation } } }
      }`,
      { from, fromText: from, to, code: from.toUpperCase(), program: to },
    );
    expect(answer.errors).toBeUndefined();
    const placeOf = (edges: readonly { node: { slug: string } }[], slug: string) =>
      edges.findIndex(({ node }) => node.slug === slug);
    const { country, program } = answer.data;
    const wanted = [
      `/data/country/programs/edges/${placeOf(country.programs.edges, to)}`,
      `/data/program/participants/edges/${placeOf(program.participants.edges, from)}`,
      '/data/paths/paths/0/hops/0',
    ];
    for (const source of sources ?? []) {
      const citation = citationsIn(answer).find(({ slug }) => slug === source);
      expect(citation?.supports).toEqual(expect.arrayContaining(wanted));
    }
    const others = citationsIn(answer).filter(({ slug }) => !sources?.includes(slug));
    for (const { supports } of others) expect(supports).not.toContain('/data/paths/paths/0/hops/0');
  });

  it('cites a symmetric relation, whichever way it is stored', async () => {
    const { from, to, sources } = seeds.relations.find(
      (one) => one.type === 'COOPERATES_WITH' && one.sources !== undefined,
    ) as (typeof seeds.relations)[number];
    for (const slug of [from, to]) {
      const answer = await server.ask(
        'query ($slug: String!) @cite(styles: []) { platform(slug: $slug) { cooperatesWith { edges { node { slug } } } } }',
        { slug },
      );
      const [edge] = answer.data.platform.cooperatesWith.edges.flatMap(
        ({ node }: { node: { slug: string } }, index: number) => ([from, to].includes(node.slug) ? [index] : []),
      );
      const citing = citationsIn(answer).filter(({ supports }) =>
        supports.includes(`/data/platform/cooperatesWith/edges/${edge}`),
      );
      expect(citing.map((citation) => citation.slug).sort()).toEqual([...(sources ?? [])].sort());
    }
  });

  it('is bounded, and tells how much is left out', async () => {
    const entities = [lab, ...sourcesOf(lab).slice(0, 1)].map((slug, index) => ({
      kind: index === 0 ? ('Lab' as const) : ('Source' as const),
      slug,
      pointers: [`/data/${index}`],
      places: 3,
    }));
    const bounds = { sources: 1, entities: 2, places: 1 };
    const [all, ...others] = [
      await citationsOf(server.graph, { entities, relations: [] }, []),
      await citationsOf(server.graph, { entities, relations: [] }, [], { bounds }),
      await citationsOf(server.graph, { entities, relations: [] }, [], { bounds: { ...bounds, entities: 1 } }),
    ];
    const count = sourcesOf(lab).length;
    expect(all).not.toHaveProperty('citationsLeftOut');
    expect(all?.citations).toHaveLength(count);
    // The source that supports both the lab and itself comes first.
    expect(others[0]).toMatchObject({
      citations: [{ slug: entities[1]?.slug, supports: ['/data/0'], supportsCount: 6 }],
      citationsLeftOut: { sources: count - 1, entities: 0, relations: 0 },
    });
    expect(others[1]).toMatchObject({ citationsLeftOut: { sources: count - 1, entities: 1, relations: 0 } });
  });

  it('may leave it to a variable', async () => {
    const question = 'query ($cite: Boolean! = false) @cite(if: $cite) { lab(slug: "x") { name } }';
    expect((await server.ask(question)).extensions).toBeUndefined();
    expect((await server.ask(question, { cite: true })).extensions).toEqual({
      citations: [],
      uncited: [],
      revision: { revision: 1, at: expect.any(String), isExact: true, url: expect.stringContaining('asOf') },
    });
  });

  it('has no extensions, and no further statement, where it is not asked', async () => {
    const answer = await server.ask('{ labs(first: 2) { nodes { name } } }');
    expect(answer).not.toHaveProperty('extensions');
    expect(server.ran).toHaveLength(1);
  });

  it.each([
    ['an unknown style', 'query @cite(styles: [MLA]) { __typename }'],
    ['a place where there is no answer', '{ lab(slug: "x") @cite { name } }'],
  ])('refuses %s', async (_, question) => {
    const { errors } = await server.ask(question);
    expect(errors?.[0]?.extensions?.code).toBe('GRAPHQL_VALIDATION_FAILED');
  });
});

describe('a formatted citation', () => {
  const formatCitation = createCitationFormatter();
  const source = {
    slug: 'vietnamplus-2018-04',
    name: '中国 & Kenya: 50% {more}',
    publisher: 'VietnamPlus',
    date: '2018-04-09',
    url: 'https://en.vietnamplus.vn/a.html?x=1&y=2',
    language: 'en',
    type: 'STATE_MEDIA',
    reliability: 'HIGH',
    supports: [],
  };

  it('is a line after APA, a BibTeX entry and an item of CSL-JSON', () => {
    const { apa, bibtex, csl } = formatCitation(source, ['apa', 'bibtex', 'csl']);
    expect(apa).toBe(
      '中国 & Kenya: 50% {more}. (2018, April 9). VietnamPlus. https://en.vietnamplus.vn/a.html?x=1&y=2',
    );
    expect(bibtex).toMatch(/^@misc\{vietnamplus-2018-04,/);
    expect(bibtex).toContain('中国');
    expect(bibtex).toMatch(/^\s+month = apr,\n\s+day = \{9\},?$/m);
    expect(bibtex).toContain('year = {2018}');
    expect(csl).toMatchObject({ id: source.slug, type: 'webpage', issued: { 'date-parts': [[2018, 4, 9]] } });
  });

  it('does without a date, a publisher and an address', () => {
    const { apa } = formatCitation({ ...source, date: null, publisher: null, url: null }, ['apa']);
    expect(apa).toBe('中国 & Kenya: 50% {more}. (n.d.).');
  });

  it.each(
    seeds.entities.Source.slice(0, 500)
      .map(({ id }) => id)
      .filter((_, index) => index % 50 === 0),
  )('is there for %s of the seeds in every form', async (slug) => {
    const answer = await server.ask('query ($slug: String!) @cite { source(slug: $slug) { name } }', { slug });
    const [citation] = citationsIn(answer);
    expect(citation?.apa).toContain(answer.data.source.name.slice(0, 5));
    expect(citation?.bibtex).toContain(`{${slug},`);
    expect(citation?.csl).toMatchObject({ title: answer.data.source.name });
  });
});
