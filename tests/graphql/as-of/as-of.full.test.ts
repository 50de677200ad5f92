import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { earlierStatesOf } from '../../../src/graphql/declarations/earlier-states.ts';
import { anyQuestions } from '../../setup/any-question.ts';
import { anyFilter } from '../../setup/arbitrary-filter.ts';
import { nestedQueries } from '../../setup/nested-queries.ts';
import { casesOf, runs } from '../../setup/runs.ts';
import { allSlugs } from '../../setup/seed-graph.ts';
import { served } from '../../setup/served.ts';
import { silkgraph } from '../../setup/silkgraph.ts';

const server = silkgraph({ costLimit: 1e9 });

/** Fields that answer of today alone, those that tell of the log, and walks that may take other neighbours of a hub. */
const ofToday: ReadonlySet<string> = new Set([
  ...Object.values(served.schema.getQueryType()?.getFields() ?? {})
    .filter((field) => earlierStatesOf(field) === false)
    .map(({ name }) => name),
  ...['search', 'neighborhood', 'diff', 'revision', 'history'],
]);

let newest: number;

beforeAll(async () => {
  newest = (await server.data('{ revision { revision } }')).revision.revision;
});

/** The same question about the newest revision, which is read from memory. */
const then = (query: string) =>
  query.startsWith('query')
    ? query.replace(/\)\s*\{/, `) @asOf(revision: ${newest}) {`)
    : `query @asOf(revision: ${newest}) ${query}`;

describe('a question as of the newest revision', () => {
  const { numRuns, seed } = runs(20, 1);

  it.each(nestedQueries(numRuns, seed))('has the answer of today: %s', async (query) => {
    expect(await server.ask(then(query))).toEqual(await server.ask(query));
  });

  it.each(casesOf('Lab', 'Country'))(
    'filters and orders %s as today',
    async (kind) => {
      const { plural } = cooperation.kind(kind);
      const orders = ['{ name: DESC }', '{ nameZh: ASC }', '{ nameZh: DESC }, { name: ASC }'];
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.tuple(anyFilter(kind, 2), fc.constantFrom(...orders), fc.constantFrom('first', 'last')), {
            minLength: 5,
            maxLength: 5,
          }),
          async (asked) => {
            const declared = asked.map((_, index) => `$filter${index}: ${kind}Filter`).join(', ');
            const pages = asked.map(
              ([, order, end], index) =>
                `page${index}: ${plural}(${end}: 20, filter: $filter${index}, orderBy: [${order}]) { totalCount nodes { slug } pageInfo { hasNextPage hasPreviousPage endCursor } }`,
            );
            const query = `query (${declared}) { ${pages.join(' ')} }`;
            const variables = Object.fromEntries(asked.map(([filter], index) => [`filter${index}`, filter]));
            expect(await server.ask(then(query), variables)).toEqual(await server.ask(query, variables));
          },
        ),
        runs(5),
      );
    },
    120_000,
  );

  it('walks the same neighbourhoods', async () => {
    const fields =
      'nodes { slug __typename } edges { relation direction properties { name value } ownSources sources { slug } from { slug } }';
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...allSlugs), fc.integer({ min: 1, max: 2 }), async (of, depth) => {
        const query = `{ neighborhood(of: ["${of}"], depth: ${depth}, limit: 100) { ${fields} truncated { reason atDepth leftOut { relation count } } } }`;
        const [today, asOf] = [await server.data(query), await server.data(then(query))];
        // Of a hub the database may take other neighbours.
        const cut = ({ neighborhood: { truncated } }: typeof today) => [truncated?.reason, truncated?.atDepth];
        expect(cut(asOf)).toEqual(cut(today));
        if (!today.neighborhood.truncated) expect(asOf).toEqual(today);
      }),
      runs(30, 3),
    );
  }, 60_000);

  it('pages on from a cursor of today, and back', async () => {
    const query = (page: string) =>
      `{ labs(${page}, orderBy: [{ partnerCountries: { count: DESC } }, { institutions: { count: ASC } }]) { nodes { slug } pageInfo { startCursor endCursor hasNextPage hasPreviousPage } } }`;
    const { labs } = await server.data(query('first: 7'));
    for (const page of [
      `first: 5, after: "${labs.pageInfo.endCursor}"`,
      `last: 3, before: "${labs.pageInfo.endCursor}"`,
    ])
      expect(await server.data(then(query(page)))).toEqual(await server.data(query(page)));
  });

  it('cites the same sources', async () => {
    const query = (more: string) =>
      `query ${more} @cite(styles: [APA]) { labs(first: 5) { edges { node { name } sources { name } } } }`;
    const [today, asOf] = [await server.ask(query('')), await server.ask(query(`@asOf(revision: ${newest})`))];
    expect(asOf.extensions?.citations).toEqual(today.extensions?.citations);
    expect(asOf.data).toEqual(today.data);
  });

  it('answers questions of any shape as today', async () => {
    const count = runs(100, 15).numRuns;
    let answered = 0;
    for (const query of anyQuestions(served.schema, count, { slugs: allSlugs, seed: 7, without: ofToday })) {
      const [today, asOf] = [await server.ask(query), await server.ask(then(query))];
      const codes = ({ errors = [] }: typeof today) => errors.map(({ extensions }) => extensions?.code);
      expect(codes(asOf), query).toEqual(codes(today));
      expect(asOf.data, query).toEqual(today.data);
      if (!today.errors) answered += 1;
    }
    expect(answered).toBeGreaterThan(count / 3);
  }, 600_000);

  it.each([
    ['suggestions', '{ suggest(prefix: "laser") { slug } }'],
    ['what is similar', '{ similar(to: "ke") { truncated { reason } } }'],
    ['counts of kinds', '{ ontology { kinds { count } } }'],
  ])('refuses %s, which is about today alone', async (_, query) => {
    const { errors } = await server.ask(then(query));
    expect(errors?.[0]).toMatchObject({
      message: expect.stringContaining('about today alone'),
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });
});

describe('a revision that cannot be told', () => {
  it.each([
    ['does not exist yet', 'revision: 999999999', 'does not exist yet. The newest is'],
    ['lies before history begins', 'revision: 0', 'lies before history begins. The oldest revision is'],
    ['is no whole number', 'revision: 1.5', 'is a whole number'],
    ['lies in the future', 'at: "2999-01-01T00:00:00Z"', 'lies in the future'],
    ['lies before history by its date', 'at: "1999-01-01T00:00:00Z"', 'lies before history begins'],
    ['has an unknown tag', 'tag: "nobody"', 'There is no tag "nobody"'],
  ])('is refused if it %s', async (_, args, message) => {
    const { errors } = await server.ask(`query @asOf(${args}) { labs { totalCount } }`);
    expect(errors?.[0]).toMatchObject({
      message: expect.stringContaining(message),
      extensions: { code: 'NO_SUCH_REVISION' },
    });
  });

  it.each(['2026-02-30T00:00:00Z', '2026-01-01T23:59:60Z'])('is refused at %s, which no calendar has', async (at) => {
    const { errors } = await server.ask(`query ($at: DateTime) @asOf(at: $at) { labs { totalCount } }`, { at });
    expect(errors?.[0]).toMatchObject({
      message: expect.stringContaining('DateTime must be an instant such as'),
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });

  it('is refused if it has two names', async () => {
    const { errors } = await server.ask(`query @asOf(revision: 1, tag: "a") { labs { totalCount } }`);
    expect(errors?.[0]?.message).toContain('Pass only one of');
  });

  it('is no place to change the graph in', async () => {
    const { errors } = await server.ask(
      `mutation @asOf(revision: 1) { deleteLab: delete(input: { entity: { kind: LAB, id: "x" } }) { outcome } }`,
    );
    expect(errors?.[0]?.extensions?.code).toBe('GRAPHQL_VALIDATION_FAILED');
  });

  it('is today if nothing names it', async () => {
    const query = 'query ($at: DateTime) @asOf(at: $at) { labs { totalCount } }';
    expect(await server.data(query, { at: null })).toEqual(await server.data('{ labs { totalCount } }'));
    expect(server.ran.some(({ name }) => name.startsWith('connection'))).toBe(true);
  });
});
