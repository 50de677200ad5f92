import { describe, expect, it } from 'vitest';
import { silkgraph } from '../../setup/silkgraph.ts';

const planned = silkgraph();
const batched = silkgraph({ planning: false });

describe('a selection that is planned', () => {
  it('is one statement however deep and wide it is', async () => {
    await planned.data(`{
      country(code: "KE") {
        name
        labs(first: 5) {
          totalCount
          pageInfo { hasNextPage endCursor }
          edges {
            ownSources
            sources { name publisher }
            node {
              name
              areas { nodes { name broader { nodes { name } } } }
              institutions { edges { role side node { name country { name } countryEdge { basis } parentInstitution { name } } } }
              programs { nodes { name parts { totalCount } } }
            }
          }
        }
        platforms { nodes { name servedGroups { edges { basis node { name } } } } }
      }
    }`);
    expect(planned.ran).toHaveLength(1);
  });

  it('is one statement over several root fields', async () => {
    await planned.data(
      '{ a: labs(first: 1) { nodes { name } } b: areas(first: 1) { totalCount } lab(slug: "x") { name } }',
    );
    expect(planned.ran).toHaveLength(1);
  });

  it('reads only the properties that are selected', async () => {
    await planned.data('{ labs(first: 1) { nodes { nameZh } } }');
    expect(planned.ran[0]?.text).not.toMatch(/description|milestones|notes/);
  });

  it('keeps aliases of one field with other arguments apart', async () => {
    const { country } = await planned.data(
      '{ country(code: "CN") { a: institutions(first: 1) { nodes { slug } } b: institutions(last: 1) { nodes { slug } } } }',
    );
    expect(country.a).not.toEqual(country.b);
    expect(planned.ran).toHaveLength(1);
  });

  it('reads equal selections under several aliases once', async () => {
    const page = '(first: 2) { nodes { name programs(first: 1) { nodes { name } } } }';
    const { labs } = await planned.data(
      `{ labs(first: 9) { nodes { a: areas${page} b: areas${page} c: areas(first: 1) { nodes { name } } } } }`,
    );
    for (const { a, b, c } of labs.nodes) {
      expect(a).toEqual(b);
      expect(c.nodes).toEqual(a.nodes.slice(0, 1).map(({ name }: { name: string }) => ({ name })));
    }
    expect(planned.ran[0]?.text.match(/RESEARCHES/g)).toHaveLength(2);
  });

  it('keeps fields of one alias under two aliases apart', async () => {
    const { labs } = await planned.data(`{
      labs(first: 1) {
        a: nodes { x: areas(first: 1) { nodes { slug } } }
        b: nodes { x: areas(first: 0) { nodes { slug } } }
      }
    }`);
    expect(labs.a[0].x.nodes).toHaveLength(1);
    expect(labs.b[0].x.nodes).toHaveLength(0);
  });

  it('keeps apart what one kind and all kinds ask for under one alias', async () => {
    const { source } = await planned.data(`{
      source(slug: "vietnamplus-2018-04") {
        citedBy {
          a: nodes { x: sources(first: 1) { nodes { slug } } }
          b: nodes { __typename ... on Lab { x: sources(first: 0) { nodes { slug } } } }
        }
      }
    }`);
    for (const { x } of source.citedBy.a) expect(x.nodes).toHaveLength(1);
    const labs = source.citedBy.b.filter((node: { __typename: string }) => node.__typename === 'Lab');
    expect(labs).toEqual([{ __typename: 'Lab', x: { nodes: [] } }]);
  });

  it('keeps apart what two places ask of a list under one alias', async () => {
    const list = (a: string, b: string) =>
      planned.data(
        `{ labs(first: 3) { a: nodes { x: institutions(first: 1) { ${a} } } b: nodes { x: institutions(first: 1) { ${b} } } } }`,
      );
    const parts = [
      ['c: totalCount', 'c: nodes { slug }'],
      ['p: pageInfo { c: hasNextPage }', 'p: pageInfo { c: endCursor }'],
      ['edges { c: role }', 'edges { c: side }'],
      ['edges { c: ownSources }', 'edges { c: sources { slug } }'],
      ['f: facets(by: [TYPE]) { c: others }', 'f: facets(by: [TYPE]) { c: without }'],
    ] as const;
    for (const [one, other] of parts) {
      const [{ labs: both }, { labs: alone }] = [await list(one, other), await list('slug: totalCount', other)];
      expect(both.b, other).toEqual(alone.b);
    }
  });

  it('keeps apart two aliases that are alike in one place only', async () => {
    const { labs } = await planned.data(`{
      labs(first: 3) {
        a: nodes { x: areas(first: 9) { nodes { slug } } y: areas(first: 9) { nodes { slug } } }
        b: nodes { x: areas(first: 9) { nodes { name } } y: areas(first: 0) { nodes { name } } }
      }
    }`);
    for (const { x, y } of labs.b) {
      expect(x.nodes).not.toEqual([]);
      expect(y.nodes).toEqual([]);
    }
  });

  it.each([
    ['planned', planned],
    ['not planned', batched],
  ])('takes any name for an alias, where it is %s', async (_, { data }) => {
    const { labs } = await data(`{
      labs(first: 2) {
        nodes {
          constructor: areas(first: 9) { nodes { slug } facets(by: [LABS], first: 1) { by } }
          __proto__: areas(first: 9) { totalCount }
          toString: areas(first: 1) { totalCount }
          valueOf: name
        }
      }
    }`);
    for (const lab of labs.nodes) {
      const totalCount = lab.constructor.nodes.length;
      expect(totalCount).toBeGreaterThan(0);
      expect(Object.entries(lab)).toEqual([
        ['constructor', { nodes: expect.any(Array), facets: [{ by: 'LABS' }] }],
        ['__proto__', { totalCount }],
        ['toString', { totalCount }],
        ['valueOf', expect.any(String)],
      ]);
    }
  });

  it('follows fragments, `@skip` and `@include`', async () => {
    const question = `query ($yes: Boolean!, $no: Boolean!) {
      labs(first: 2) { ...page @include(if: $yes) }
    }
    fragment page on LabConnection {
      nodes { ... on Entity { slug } ... on Lab @skip(if: $no) { areas { nodes { ... on Node { id } } } } programs @include(if: $no) { nodes { name } } }
    }`;
    const { labs } = await planned.data(question, { yes: true, no: false });
    expect(Object.keys(labs.nodes[0])).toEqual(['slug', 'areas']);
    expect(planned.ran).toHaveLength(1);
    expect(planned.ran[0]?.text).not.toContain('SUPPORTS_LAB');
    expect(await planned.data(question, { yes: false, no: false })).toEqual({ labs: {} });
  });

  it('is planned anew for another operation of its document that shares a fragment of it', async () => {
    const document = `
      query A { ...page }
      query B { ...page labs(first: 2) { nodes { slug } } }
      query C { ...page ...more }
      fragment page on Query { labs(first: 2) { nodes { name } } }
      fragment more on Query { labs(first: 2) { nodes { areas(first: 1) { nodes { slug } } } } }
    `;
    const fieldsOf = async (operationName: string) => {
      const { data, errors } = await planned.ask(document, {}, { operationName });
      expect(errors, operationName).toBeUndefined();
      expect(planned.ran, operationName).toHaveLength(1);
      for (const lab of data.labs.nodes) expect(Object.values(lab)).not.toContain(null);
      return Object.keys(data.labs.nodes[0]);
    };
    for (const _ of ['first', 'again']) {
      expect(await fieldsOf('A')).toEqual(['name']);
      expect(await fieldsOf('B')).toEqual(['name', 'slug']);
      expect(await fieldsOf('C')).toEqual(['name', 'areas']);
    }
  });

  it('reads entities of any kind with what each kind adds', async () => {
    const { source } = await planned.data(
      `query ($slug: String!) {
        source(slug: $slug) {
          citedBy(first: 100) {
            nodes { __typename slug name ... on Indicator { value } ... on Event { startDate programs(first: 1) { nodes { name } } } }
          }
        }
      }`,
      { slug: 'vietnamplus-2018-04' },
    );
    const kinds = new Set(source.citedBy.nodes.map((node: { __typename: string }) => node.__typename));
    expect([...kinds]).toEqual(expect.arrayContaining(['Event', 'Indicator', 'Lab', 'Program']));
    expect(source.citedBy.nodes).toContainEqual(
      expect.objectContaining({ __typename: 'Indicator', value: expect.any(Number) }),
    );
    expect(planned.ran).toHaveLength(1);
  });

  it('shares the selection of all kinds, so that nesting does not multiply the statement', async () => {
    const nested = (depth: number): string =>
      depth === 0
        ? 'slug'
        : `slug sources(first: 2) { nodes { name citedBy(first: 2) { nodes { ${nested(depth - 1)} } } } }`;
    await planned.data(`{ lab(slug: "china-kenya-joint-laboratory-for-crop-molecular-biology") { ${nested(3)} } }`);
    expect(planned.ran[0]?.text.length).toBeLessThan(2500);
  });
});

describe('limits', () => {
  const upAndDown = (depth: number): string =>
    depth === 0
      ? 'name'
      : `name broader(first: 1) { nodes { narrower(first: 1) { nodes { ${upAndDown(depth - 1)} } } } }`;
  const labsOfAreas = (depth: number): string =>
    depth === 0 ? 'name' : `labs(first: $n) { nodes { areas(first: $n) { nodes { ${labsOfAreas(depth - 1)} } } } }`;

  it('refuse relations nested too deep, with the number', async () => {
    const { errors } = await planned.ask(`{ areas(first: 1) { nodes { ${upAndDown(10)} } } }`);
    expect(errors?.[0]?.extensions?.code).toBe('LIMIT_EXCEEDED');
    expect(errors?.[0]?.message).toContain('more than 12 levels deep');
    expect(planned.ran).toEqual([]);
  });

  it('refuse more relation fields than a statement bears', async () => {
    const many = Array.from(
      { length: 251 },
      (_, index) =>
        `a${index}: areas(first: ${index % 100}, filter: { name: { contains: "${index}" } }) { totalCount }`,
    ).join(' ');
    const { errors } = await planned.ask(`{ labs(first: 1) { nodes { ${many} } } }`);
    expect(errors?.[0]?.extensions?.code).toBe('LIMIT_EXCEEDED');
    expect(errors?.[0]?.message).toContain('250');
  });

  it('reject a result with too many entities, even if the sizes come from variables', async () => {
    const { errors } = await planned.ask(`query ($n: Int) { areas(first: $n) { nodes { ${labsOfAreas(4)} } } }`, {
      n: 100,
    });
    expect(errors?.[0]?.extensions?.code).toBe('LIMIT_EXCEEDED');
    expect(errors?.[0]?.message).toContain('100000');
    expect(planned.ran).toEqual([]);
  });
});

describe('the number of statements', () => {
  const levels = `nodes { name areas(first: 3) { totalCount nodes { name labs(first: 2, orderBy: [{ slug: DESC }]) { nodes { name } } } } institutions { edges { role node { name country { name } } } } }`;

  it.each([1, 10, 100])('without planning is one for each relation, for %i parents as for one', async (parents) => {
    await batched.data(`query ($n: Int!) { labs(first: $n) { ${levels} } }`, { n: parents });
    // labs; areas and institutions together; labs of areas and countries of institutions together
    expect(batched.ran.length).toBe(3);
  });

  it.each([1, 10, 100])('with planning is at most one for each cut, for %i parents as for one', async (parents) => {
    await planned.data(`query ($n: Int!) { labs(first: $n) { ${levels} } }`, { n: parents });
    expect(planned.ran.length).toBeLessThanOrEqual(2);
  });

  it.each([1, 10, 100])('asks each entity once that %i parents share', async (parents) => {
    await batched.data(
      'query ($n: Int!) { institutions(first: $n) { nodes { country { name institutions(first: 1) { totalCount } } } } }',
      { n: parents },
    );
    const last = batched.ran.at(-1);
    const slugs = Object.values(last?.parameters ?? {}).find(Array.isArray) ?? [];
    expect(new Set(slugs).size).toBe(slugs.length);
    expect(batched.ran).toHaveLength(3);
  });

  it('does not distinguish parents of several kinds that share a relation', async () => {
    const question =
      '{ source(slug: "vietnamplus-2018-04") { citedBy { nodes { __typename slug sources { totalCount nodes { slug } } } } } }';
    const { source } = await batched.data(question);
    expect(batched.ran).toHaveLength(3);
    expect(new Set(source.citedBy.nodes.map((node: { __typename: string }) => node.__typename)).size).toBeGreaterThan(
      2,
    );
    for (const { sources } of source.citedBy.nodes) expect(sources.totalCount).toBeGreaterThan(0);
    expect(await planned.data(question)).toEqual({ source });
  });

  it('does not change the answer', async () => {
    const question = `{ labs(first: 30) { totalCount ${levels.replace('nodes {', 'nodes { sources { edges { supports node { name citedBy(first: 2) { nodes { slug __typename } } } } }')} } }`;
    expect(await planned.data(question)).toEqual(await batched.data(question));
  });
});
