import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { GraphError } from '../../../src/engine/graph/errors.ts';
import { type AnswerServer, answerServers, asReader, renameInstitution } from './answer-servers.ts';

const servers = answerServers();
let server: AnswerServer;
beforeAll(async () => {
  server = await servers.start();
});

const storedAnswers = async () => /silkgraph_answer_cache_answers (\d+)/.exec(await server.metrics.text())?.[1];

let documents = 0;

/** A document that was not sent before. */
function anew(query: string): string {
  documents += 1;
  return `${query} # ${documents}`;
}

const labQuery = '{ lab(slug: "lab-one") { name } }';
const institutionQuery = '{ institution(slug: "university") { name } }';
const labAnswer = '{"data":{"lab":{"name":"One"}}}';

describe('a repeated question', () => {
  it('is answered from memory, with the same text and without the database', async () => {
    const lab = anew(labQuery);
    const first = await server.ask(lab);
    server.ran.length = 0;
    const again = await server.ask(lab);
    expect([first.cache, again.cache]).toEqual(['MISS', 'HIT']);
    expect(again.text).toBe(first.text);
    expect(again.body).toEqual({ data: { lab: { name: 'One' } } });
    expect(server.ran).toEqual([]);
    for (const name of ['content-type', 'silkgraph-cost', 'x-content-type-options'])
      expect(again.response.headers.get(name)).toBe(first.response.headers.get(name));
  });

  it('is read anew after a change to what it reads, at once on the server that made the change', async () => {
    const institution = anew(institutionQuery);
    await server.ask(institution);
    for (const name of ['Second name', 'Third name']) {
      await renameInstitution(server, name);
      const changed = await server.ask(institution);
      expect(changed).toMatchObject({ cache: 'MISS', body: { data: { institution: { name } } } });
      expect((await server.ask(institution)).cache).toBe('HIT');
    }
  });

  it('stays in memory through changes to what it does not read', async () => {
    const lab = anew(labQuery);
    await server.ask(lab);
    await renameInstitution(server, 'Another name');
    expect((await server.ask(lab)).cache).toBe('HIT');
  });

  it('is read anew on another server within the time that the log may be behind', async () => {
    const institution = anew(institutionQuery);
    const writing = server;
    const reading = await servers.start({ staleness: 50 });
    await reading.ask(institution);
    await renameInstitution(writing, 'Elsewhere');
    const committed = performance.now();
    let asked = await reading.ask(institution);
    while (asked.body.data.institution.name !== 'Elsewhere') {
      expect(performance.now() - committed).toBeLessThan(5_000);
      const asking = performance.now();
      asked = await reading.ask(institution);
      if (asking - committed > 50) expect(asked.body.data.institution.name).toBe('Elsewhere');
    }
  });

  it('never gets anything older than the bookmark it is sent with', async () => {
    const institution = anew(institutionQuery);
    const writing = server;
    // So late that only the bookmark can tell.
    const reading = await servers.start({ staleness: 3_600_000 });
    await reading.ask(institution);
    const { response } = await renameInstitution(writing, 'As the bookmark says');
    const bookmark = String(response.headers.get('silkgraph-bookmark'));
    expect(bookmark).toContain('FB:');
    const asked = await reading.ask(institution, { headers: { 'silkgraph-bookmark': bookmark } });
    expect(asked.body.data.institution.name).toBe('As the bookmark says');
    expect((await reading.ask(institution, { headers: { 'silkgraph-bookmark': bookmark } })).cache).toBe('HIT');
  });

  it('is read anew for Cache-Control: no-cache', async () => {
    const lab = anew(labQuery);
    await server.ask(lab);
    server.ran.length = 0;
    const again = await server.ask(lab, { headers: { 'cache-control': 'no-cache' } });
    expect(again.cache).toBe('STALE-BYPASS');
    expect(server.ran).toHaveLength(1);
  });

  it('has the filters and orders of its document and its variables among what it reads', async () => {
    const inDocument = '{ labs(filter: { institutions: { some: { name: { eq: "Named" } } } }) { totalCount } }';
    const inVariable = 'query ($filter: LabFilter) { labs(filter: $filter) { totalCount } }';
    const variables = { filter: { institutions: { some: { name: { eq: 'Named' } } } } };
    const ask = async () => [await server.ask(inDocument), await server.ask(inVariable, { variables })];
    await ask();
    for (const asked of await ask()) expect(asked.cache).toBe('HIT');
    await renameInstitution(server, 'Named');
    for (const asked of await ask()) expect(asked.cache).toBe('MISS');
  });

  it('is the same only if its variables are', async () => {
    const query =
      'query ($slug: String!, $first: Int) { lab(slug: $slug) { name areas(first: $first) { totalCount } } }';
    await server.ask(query, { variables: { slug: 'lab-one', first: 1 } });
    expect((await server.ask(query, { variables: { first: 1, slug: 'lab-one' } })).cache).toBe('HIT');
    for (const variables of [
      { slug: 'lab-two', first: 1 },
      { slug: 'lab-one', first: 2 },
      { slug: 'lab-one', first: null },
      { slug: 'lab-one' },
      { slug: 'LAB-ONE', first: 1 },
    ])
      expect((await server.ask(query, { variables })).cache).toBe('MISS');
    expect((await server.ask(`${query} `, { variables: { first: 1, slug: 'lab-one' } })).cache).toBe('MISS');
  });

  it('is refused in a malformed request, as it is when nothing is stored', async () => {
    const lab = anew(labQuery);
    await server.ask(lab);
    for (const more of [{ extensions: 'a text' }, { extensions: [] }, { filter: { name: 'One' } }]) {
      const { response, body } = await server.ask(lab, { more });
      expect([response.status, body.data]).toEqual([400, undefined]);
      expect(body.errors[0].extensions.code).toBe('BAD_USER_INPUT');
    }
    expect((await server.ask(lab, { more: { extensions: null } })).cache).toBe('HIT');
  });

  it('names its operation in the metrics each time, with hits, misses, bytes and evictions', async () => {
    const lab = anew(labQuery);
    const server = await servers.start();
    for (let time = 0; time < 3; time += 1) await server.ask(lab);
    const text = await server.metrics.text();
    expect(text).toContain('silkgraph_operations_total{operation="",type="query",code="OK"} 3');
    expect(text).toContain('silkgraph_answer_cache_lookups_total{result="hit"} 2');
    expect(text).toContain('silkgraph_answer_cache_lookups_total{result="miss"} 1');
    expect(text).toMatch(/silkgraph_answer_cache_bytes [1-9]/);
    expect(text).toContain('silkgraph_answer_cache_evictions_total 0');
  });

  it('is found by the SHA-256 of its document', async () => {
    const lab = anew(labQuery);
    await server.ask(lab);
    const sha256Hash = createHash('sha256').update(lab).digest('hex');
    const extensions = { persistedQuery: { version: 1, sha256Hash } };
    const byHash = await server.ask('', { more: { query: undefined, extensions } });
    expect(byHash).toMatchObject({ cache: 'HIT', body: { data: { lab: { name: 'One' } } } });
    const otherVersion = { query: undefined, extensions: { persistedQuery: { version: 2, sha256Hash } } };
    const { response, body } = await server.ask('', { more: otherVersion });
    expect([response.status, body.errors?.[0]?.extensions?.code]).toEqual([400, 'BAD_USER_INPUT']);
  });

  it('is found with trusted documents only if it is one of these', async () => {
    const lab = anew(labQuery);
    const institution = anew(institutionQuery);
    const server = await servers.start({ trustedDocuments: new Map([['one', lab]]) });
    await server.ask(lab);
    expect((await server.ask(lab)).cache).toBe('HIT');
    expect((await server.ask(institution)).response.status).toBe(403);
    const more = { query: undefined, extensions: { persistedQuery: { version: 1, sha256Hash: 'one' } } };
    expect((await server.ask('', { more })).cache).toBe('HIT');
  });
});

describe('what is never stored', () => {
  it.each([
    ['an error', '{ labs(first: -1) { totalCount } }', {}],
    ['an invalid document', '{ nothing }', {}],
    ['an explanation', labQuery, { headers: { 'x-api-key': 'admin', 'silkgraph-explain': 'true' } }],
    ['a cost', labQuery, { headers: { 'silkgraph-cost': '1' } }],
    ['a cost asked for in the body', labQuery, { more: { extensions: { cost: true } } }],
  ])('%s', async (_, text, options) => {
    const query = anew(text);
    const before = await storedAnswers();
    const first = await server.ask(query, options);
    const again = await server.ask(query, options);
    expect([first.cache, again.cache]).not.toContain('HIT');
    expect(await storedAnswers()).toBe(before);
  });

  it('an event stream with one answer', async () => {
    const lab = anew(labQuery);
    const ask = async () => {
      const response = await server.fetch('http://silkgraph/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
        body: JSON.stringify({ query: lab }),
      });
      return response.text();
    };
    const [first, again] = [await ask(), await ask()];
    expect(first).toContain(`event: next\ndata: ${labAnswer}`);
    expect(again).toBe(first);
  });

  it('a mutation: the same one is executed each time', async () => {
    const institution = anew(institutionQuery);
    const names = ['Same', 'Other', 'Same'];
    for (const name of names) {
      expect((await renameInstitution(server, name)).cache).toBe(null);
      expect((await server.ask(institution)).body.data.institution.name).toBe(name);
    }
  });

  it('an answer larger than a quarter of the cache', async () => {
    const lab = anew(labQuery);
    const server = await servers.start({ bytes: 4_000 });
    await server.ask(lab);
    expect((await server.ask(lab)).cache).toBe('MISS');
  });
});

describe('who may see an answer', () => {
  it('does not get that of others: a reader’s answer never serves somebody without a key', async () => {
    const lab = anew(labQuery);
    await server.ask(lab, { headers: asReader });
    expect((await server.ask(lab, { headers: asReader })).cache).toBe('HIT');
    expect((await server.ask(lab)).cache).toBe('MISS');
  });

  it('is checked before a stored answer is looked for', async () => {
    const lab = anew(labQuery);
    const readers = {
      authenticate: async ({ apiKey }: { apiKey?: string | null }) => ({
        name: 'x',
        role: apiKey === 'reader' ? ('reader' as const) : null,
      }),
    };
    const server = await servers.start({ access: { authenticator: readers, reading: 'closed' } });
    await server.ask(lab, { headers: asReader });
    const refused = await server.ask(lab);
    expect(refused.response.status).toBe(401);
    expect(refused.body.data).toBeUndefined();
  });

  it('is limited in requests as without a cache', async () => {
    const lab = anew(labQuery);
    const server = await servers.start({ rateLimit: { requests: 2, seconds: 60 }, trustedProxies: 1 });
    const from = { headers: { 'x-forwarded-for': '192.0.2.1' } };
    await server.ask(lab, from);
    expect((await server.ask(lab, from)).cache).toBe('HIT');
    expect((await server.ask(lab, from)).response.status).toBe(429);
  });

  it.each([
    ['x-forwarded-host', 'evil.example'],
    ['x-forwarded-proto', 'gopher'],
    ['x-original-url', '/evil'],
    ['x-http-method-override', 'DELETE'],
    ['host', 'evil.example'],
    ['origin', 'https://evil.example'],
    ['accept-language', 'xx'],
    ['silkgraph-cache', 'HIT'],
    ['age', '9999'],
    ['etag', '"evil"'],
    ['x-request-id', 'evil'],
  ])('cannot change that of others by the header %s', async (name, value) => {
    const lab = anew(labQuery);
    const poisoned = await server.ask(lab, { headers: { [name]: value } });
    const clean = await server.ask(anew(labQuery));
    const served = await server.ask(lab);
    expect(served.cache).toBe('HIT');
    expect([served.text, poisoned.text]).toEqual([labAnswer, labAnswer]);
    const headersOf = ({ response }: typeof clean) =>
      [...response.headers]
        .map(([header, text]) => `${header.toLowerCase()}: ${text}`)
        .filter((line) => !/^(?:x-request-id|silkgraph-cache|content-length):/.test(line))
        .sort();
    expect(headersOf(served)).toEqual(headersOf(clean));
  });

  it('looks for the state of a bookmark again after what was known of the graph was lost', async () => {
    const institution = anew(institutionQuery);
    let isAway = false;
    const reached: number[] = [];
    const reading = await servers.start({
      graphOf: (graph) => ({
        ...graph,
        read: (...asked) =>
          isAway && asked[0].name === 'change-log-touched'
            ? Promise.reject(new GraphError('UNAVAILABLE', 'away'))
            : graph.read(...asked),
      }),
      revisionsOf: (known) =>
        Object.assign(Object.create(known), {
          expire(bookmarks: readonly string[] = []) {
            if (bookmarks.length > 0) reached.push(bookmarks.length);
            known.expire(bookmarks);
          },
        }),
    });
    const { response } = await renameInstitution(server, 'Before and after');
    const headers = { 'silkgraph-bookmark': String(response.headers.get('silkgraph-bookmark')) };
    await reading.ask(institution, { headers });
    reached.length = 0;
    await reading.ask(institution, { headers });
    expect(reached).toHaveLength(0);
    isAway = true;
    reading.revisions.expire();
    expect(await reading.revisions.refresh()).toBe(false);
    isAway = false;
    await reading.ask(institution, { headers });
    expect(reached).toHaveLength(1);
  });

  it('cannot use an invented bookmark', async () => {
    const lab = anew(labQuery);
    await server.ask(lab);
    const asked = await server.ask(lab, { headers: { 'silkgraph-bookmark': 'invented' } });
    expect(asked.response.status).toBe(400);
  });
});
