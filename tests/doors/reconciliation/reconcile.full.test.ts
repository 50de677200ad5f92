import { readdirSync, readFileSync } from 'node:fs';
import Ajv from 'ajv';
import { describe, expect, it } from 'vitest';
import type { Candidate } from '../../../src/doors/reconciliation/candidates.ts';
import { seeds } from '../../setup/seeds.ts';
import { silkgraph } from '../../setup/silkgraph.ts';

const server = silkgraph({ operationTimeout: 25_000 });

// biome-ignore lint/suspicious/noExplicitAny: a test looks into answers whose shape its own question gives.
type Answer = any;

/** The schemas of the specification. Its manifest refers to a schema of Swagger for a part that is not used here. */
const ajv = new Ajv({ logger: false, unknownFormats: 'ignore' });
const folder = new URL('schemas/', import.meta.url);
for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
  const { $schema: _, ...schema } = JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
  delete schema.properties?.authentication;
  ajv.addSchema({ ...schema, $id: `https://reconciliation-api.github.io/specs/0.2/schemas/${file}` });
}

function expectValid(schema: string, value: unknown): void {
  const isValid = ajv.validate(`https://reconciliation-api.github.io/specs/0.2/schemas/${schema}.json`, value);
  expect(ajv.errors ?? []).toEqual([]);
  expect(isValid).toBe(true);
}

const get = (path: string) => server.fetch(new Request(`http://silkgraph${path}`));

async function jsonAt(path: string): Promise<Answer> {
  const response = await get(path);
  expect(response.status).toBe(200);
  return response.json();
}

const post = (parameters: Record<string, string>) =>
  server.fetch(new Request('http://silkgraph/reconcile', { method: 'POST', body: new URLSearchParams(parameters) }));

async function reconcile(queries: Record<string, unknown>): Promise<Record<string, { result: Candidate[] }>> {
  expectValid('reconciliation-query-batch', queries);
  const response = await post({ queries: JSON.stringify(queries) });
  const answer = (await response.json()) as Answer;
  expect(response.status, JSON.stringify(answer)).toBe(200);
  expectValid('reconciliation-result-batch', answer);
  return answer;
}

const best = async (query: string, more: Record<string, unknown> = {}): Promise<readonly Candidate[]> =>
  (await reconcile({ q: { query, ...more } })).q?.result ?? [];

describe('the manifest', () => {
  it('is as the specification says, and leads to this server', async () => {
    const manifest = await jsonAt('/reconcile');
    expectValid('manifest', manifest);
    expect(manifest).toMatchObject({ versions: ['0.2'], view: { url: 'http://silkgraph/entity/{{id}}' } });
    expect(manifest.defaultTypes).toContainEqual({ id: 'INSTITUTION', name: 'Institution' });
    expect(manifest.defaultTypes.map(({ id }: Answer) => id)).not.toContain('SOURCE');
  });
});

describe('a score', () => {
  it('is 100 for an identifier alone', async () => {
    expect((await best('ke', { type: 'COUNTRY' }))[0]).toMatchObject({ id: 'ke', score: 100, match: true });
    expect((await best('KE', { type: 'COUNTRY' }))[0]).toMatchObject({ id: 'ke', score: 100, match: true });
    expect((await best('http://silkgraph/entity/ke'))[0]).toMatchObject({ id: 'ke', score: 100 });
    const [named] = await best('Kenya', { type: 'COUNTRY' });
    expect(named).toMatchObject({ id: 'ke', match: true });
    expect(named?.score).toBeLessThan(100);
  });

  it('is 100 for an identifier of another system, or its address', async () => {
    for (const text of ['01jk2zc89', 'https://ror.org/01jk2zc89', 'grid.8301.a', '0000 0001 0431 4443']) {
      expect((await best(text, { type: 'INSTITUTION' }))[0], text).toMatchObject({
        id: 'egerton-university',
        score: 100,
        match: true,
      });
    }
    expect((await best('01jk2zc88')).filter(({ match }) => match)).toEqual([]);
    expect((await best('01jk2zc89'))[0]).toMatchObject({ id: 'egerton-university', match: true });
  });

  it.each([
    ['Turkey', 'tr'],
    ['UAE', 'ae'],
    ['U.K.', 'gb'],
    ['U.S.A.', 'us'],
    ['Burma', 'mm'],
    ['Swaziland', 'sz'],
    ['Cape Verde', 'cv'],
    ['DR Congo', 'cd'],
    ['East Timor', 'tl'],
    ['United Kingdom', 'gb'],
    ['韩国', 'kr'],
    ['俄罗斯', 'ru'],
  ])('is that of a match for %s, as many tables call the country', async (name, id) => {
    expect((await best(name, { type: 'COUNTRY' }))[0]).toMatchObject({ id, match: true });
  });

  it('of two that are equally good is no match', async () => {
    const result = await best('Ministry of Science and Technology', { type: 'INSTITUTION' });
    expect(result.length).toBeGreaterThan(1);
    expect(result.filter(({ match }) => match)).toEqual([]);
  });

  it('rises with equal values of properties, and falls with others', async () => {
    const query = 'Egertn Univ.';
    const country = (v: unknown) => best(query, { type: 'INSTITUTION', properties: [{ pid: 'country', v }] });
    const [plain] = await best(query, { type: 'INSTITUTION' });
    const [kenyan] = await country('Kenya');
    const [serbian] = await country({ id: 'rs' });
    expect([plain?.id, kenyan?.id]).toEqual(['egerton-university', 'egerton-university']);
    expect(Number(kenyan?.score)).toBeGreaterThan(Number(plain?.score));
    expect(Number(serbian?.score)).toBeLessThan(Number(plain?.score));
    expect(kenyan?.features).toContainEqual({ id: 'country', value: 100 });
    expect(await country('')).toEqual([plain]);
    const [both] = await country(['Kenya', 'Serbia']);
    expect(Number(both?.score)).toBeLessThan(Number(kenyan?.score));
    expect(Number(both?.score)).toBeGreaterThan(Number(serbian?.score));
  });

  it('finds by years, dates, Booleans and words of enumerations alone what has them all', async () => {
    const seeds = (file: string): Answer[] =>
      JSON.parse(readFileSync(new URL(`../../../seeds/${file}.json`, import.meta.url), 'utf8'));
    const slugs = (records: readonly Answer[]) => records.map(({ id }) => id).sort();
    const recognised = slugs(seeds('labs').filter(({ yearRecognised }) => yearRecognised === 2020));
    const summits = slugs(
      seeds('events').filter(({ type, startDate }) => type === 'SUMMIT' && startDate?.startsWith('2017')),
    );
    expect([recognised.length, summits.length]).toEqual([2, 1]);
    const of = (values: Record<string, unknown>) => ({
      properties: Object.entries(values).map(([pid, v]) => ({ pid, v })),
      limit: 25,
    });
    const { labs, event, none, named } = await reconcile({
      labs: { type: 'LAB', ...of({ yearRecognised: 2020 }) },
      event: { type: 'EVENT', ...of({ type: 'summit', startDate: '2017', online: false }) },
      none: { type: 'EVENT', ...of({ type: 'summit', startDate: '1017' }) },
      named: { type: 'LAB', query: 'laboratory', ...of({ yearRecognised: 2020 }) },
    });
    expect(slugs(labs?.result ?? [])).toEqual(recognised);
    expect(labs?.result.some(({ match }) => match)).toBe(false);
    expect(event?.result[0]).toMatchObject({ id: summits[0], match: true });
    expect(none?.result.filter(({ match }) => match)).toEqual([]);
    expect(slugs(named?.result ?? [])).toEqual(expect.arrayContaining(recognised));
  });

  it('takes as many properties as are allowed, in several queries', async () => {
    const names = ['country', 'city', 'status', 'type', 'labs', 'programs', 'areas', 'notes', 'partnerCountries'];
    const properties = [...names, 'institutions'].map((pid) => ({ pid, v: ['Kenya', 'x'] }));
    const query = { query: 'Egerton University', type: 'INSTITUTION', properties };
    const answers = await reconcile(Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((name) => [name, query])));
    for (const { result } of Object.values(answers)) expect(result[0]?.id).toBe('egerton-university');
  });

  it('without a name is that of the values alone', async () => {
    const properties = [
      { pid: 'country', v: 'Kenya' },
      { pid: 'type', v: 'UNIVERSITY' },
    ];
    const { q } = await reconcile({ q: { type: 'INSTITUTION', limit: 25, properties } });
    const found = new Map(q?.result.map((candidate) => [candidate.id, candidate]));
    expect(found.get('egerton-university')).toMatchObject({ score: 98, features: [{ id: 'country' }, { id: 'type' }] });
  });

  it('of another type than the one preferred is lower', async () => {
    const [other] = await best('Kenya', { type: 'LAB', type_strict: 'should' });
    expect(other).toMatchObject({ match: false });
  });
});

describe('a batch', () => {
  it.each<[string, string, number, RegExp]>([
    [
      'of 1,000 queries',
      JSON.stringify(Object.fromEntries(Array.from({ length: 1_000 }, (_, n) => [`q${n}`, { query: 'x' }]))),
      400,
      /at most 100 queries; got 1000/,
    ],
    ['that is no JSON', '{', 400, /`queries` must be an object in JSON/],
    ['with a query of nothing', '{"q": {}}', 400, /neither `query` nor `properties`/],
    [
      'of an unknown type',
      '{"q": {"query": "x", "type": "SHIP"}}',
      400,
      /There is no type SHIP\. The types are COUNTRY/,
    ],
    [
      'with an unknown property',
      '{"q": {"query": "x", "properties": [{"pid": "ships", "v": "1"}]}}',
      400,
      /no property ships/,
    ],
    [
      'with a property without a value',
      '{"q": {"query": "x", "properties": [{"pid": "country"}]}}',
      400,
      /takes `pid`/,
    ],
    ['with a limit that is none', '{"q": {"query": "x", "limit": 0}}', 400, /`limit`/],
  ])('%s is refused in words', async (_, queries, status, message) => {
    const response = await post({ queries });
    expect(response.status).toBe(status);
    expect(((await response.json()) as Answer).errors[0].message).toMatch(message);
  });

  it('with words that are nothing finds nothing', async () => {
    expect(await best('!!!')).toEqual([]);
    expect(await best('<script>alert(1)</script>')).toEqual([]);
  });

  it('finds nothing for a blank cell, and what the others mean', async () => {
    const answer = await reconcile({
      blank: { query: ' ' },
      empty: { query: '', properties: [{ pid: 'country', v: ' ' }] },
      kenya: { query: 'Kenya', type: 'COUNTRY' },
    });
    expect(Object.keys(answer)).toEqual(['blank', 'empty', 'kenya']);
    expect([answer.blank, answer.empty]).toEqual([{ result: [] }, { result: [] }]);
    expect(answer.kenya?.result[0]).toMatchObject({ id: 'ke', match: true });
  });

  it('is a form or a query, and nothing else', async () => {
    const json = new Request('http://silkgraph/reconcile', {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json' },
    });
    expect((await server.fetch(json)).status).toBe(415);
    expect((await server.fetch(new Request('http://silkgraph/reconcile', { method: 'DELETE' }))).status).toBe(405);
    expect((await get('/reconcile/nothing')).status).toBe(404);
    const queries = encodeURIComponent('{"q": {"query": "Kenya", "type": "COUNTRY"}}');
    expect((await jsonAt(`/reconcile?queries=${queries}`)).q.result[0].id).toBe('ke');
  });
});

describe('the other services', () => {
  it('suggest entities, properties and types, each with a flyout', async () => {
    const found = await jsonAt('/reconcile/suggest/entity?prefix=Egerton');
    expectValid('suggest-entities-response', found);
    expect(found.result[0]).toMatchObject({ id: 'egerton-university', notable: [{ id: 'INSTITUTION' }] });
    const properties = await jsonAt('/reconcile/suggest/property?prefix=coun');
    expectValid('suggest-properties-response', properties);
    expect(properties.result.map(({ id }: Answer) => id)).toContain('country');
    const types = await jsonAt('/reconcile/suggest/type?prefix=inst');
    expectValid('suggest-types-response', types);
    expect(types.result[0].id).toBe('INSTITUTION');
    expect((await jsonAt('/reconcile/flyout/entity?id=ke')).html).toContain('<strong>Kenya</strong>');
    expect((await jsonAt('/reconcile/flyout/property?id=country')).html).toContain('(country)');
    expect((await jsonAt('/reconcile/flyout/type?id=LAB')).html).toContain('(LAB)');
  });

  it('suggest entities with similar names where none begins with the text of a cell', async () => {
    const found = await jsonAt('/reconcile/suggest/entity?prefix=Egertn%20Univ.');
    expectValid('suggest-entities-response', found);
    expect(found.result[0]).toMatchObject({ id: 'egerton-university', notable: [{ id: 'INSTITUTION' }] });
    expect((await jsonAt('/reconcile/suggest/entity?prefix=Egertn%20Univ.&cursor=1000')).result).toEqual([]);
  });

  it('preview an entity with its other names and what it belongs to', async () => {
    const preview = await (await get('/reconcile/preview?id=egerton-university')).text();
    expect(preview).toContain('<p>Country: Kenya</p>');
    expect(await (await get('/reconcile/preview?id=ae')).text()).toContain('UAE; 阿联酋</p>');
  });

  it.each(['entity?prefix=China', 'property?prefix=e', 'type?prefix=a'])(
    'suggest more after those that a client has: %s',
    async (address) => {
      const idsFrom = async (cursor: number): Promise<string[]> =>
        (await jsonAt(`/reconcile/suggest/${address}&cursor=${cursor}`)).result.map(({ id }: Answer) => id);
      const first = await idsFrom(0);
      expect(first.length).toBeGreaterThan(2);
      expect((await idsFrom(2)).slice(0, first.length - 2)).toEqual(first.slice(2));
      expect(await idsFrom(1_000)).toEqual([]);
      expect((await get(`/reconcile/suggest/${address}&cursor=x`)).status).toBe(400);
    },
  );

  it('show a preview in a frame, in which nothing runs', async () => {
    const response = await get('/reconcile/preview?id=ke');
    expect(response.headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors *");
    expect(await response.text()).toContain('<strong>Kenya</strong>');
    expect((await get('/reconcile/preview?id=%3Cscript%3E')).status).toBe(400);
    expect((await get('/reconcile/preview')).status).toBe(400);
  });

  it('show the previews of two entities with a length and a tag each', async () => {
    const [kenya, china] = [await get('/reconcile/preview?id=ke'), await get('/reconcile/preview?id=cn')];
    expect(china.headers.get('etag')).not.toBe(kenya.headers.get('etag'));
    const length = china.headers.get('content-length');
    const { byteLength } = await china.arrayBuffer();
    expect([null, String(byteLength)]).toContain(length);
  });

  it('return the identifiers of an entity in other systems', async () => {
    const { properties } = await jsonAt('/reconcile/extend/propose?type=INSTITUTION');
    expect(properties.map(({ id }: Answer) => id)).toContain('identifiers');
    const extend = { ids: ['ain-shams-university', 'ke'], properties: [{ id: 'identifiers' }] };
    const { rows } = (await (await post({ extend: JSON.stringify(extend) })).json()) as Answer;
    expect(rows['ain-shams-university'].identifiers).toContainEqual({ str: 'https://ror.org/00cb9w016' });
    expect(rows.ke.identifiers.length).toBeGreaterThan(0);
  });

  it('propose properties of a type, and return their values', async () => {
    const proposal = await jsonAt('/reconcile/extend/propose?type=LAB&limit=5');
    expectValid('data-extension-property-proposal', proposal);
    expect(proposal.properties).toHaveLength(5);
    const lab = 'china-kenya-joint-laboratory-for-crop-molecular-biology';
    const query = {
      ids: [lab, 'ke', 'nowhere', 'Q114'],
      properties: ['yearRecognised', 'firstMilestoneDate', 'partnerCountries', 'inScope', 'code'].map((id) => ({ id })),
    };
    expectValid('data-extension-query', query);
    const response = await post({ extend: JSON.stringify(query) });
    const answer = (await response.json()) as Answer;
    expectValid('data-extension-response', answer);
    expect(answer.rows[lab]).toEqual({
      yearRecognised: [{ int: 2019 }],
      firstMilestoneDate: [{ str: '2016' }],
      partnerCountries: [{ id: 'ke', name: 'Kenya' }],
      inScope: [{ str: 'true' }],
      code: [],
    });
    expect(answer.rows.ke.code).toEqual([{ str: 'KE' }]);
    expect(Object.values({ ...answer.rows.nowhere, ...answer.rows.Q114 }).flat()).toEqual([]);
    expect(Object.keys(answer.rows)).toEqual(query.ids);
    expect(answer.meta[2]).toMatchObject({ name: 'Partner countries', type: { id: 'COUNTRY' } });
  });

  it('return all properties of a type at once for as many entities as OpenRefine asks about', async () => {
    const { properties } = await jsonAt('/reconcile/extend/propose?type=LAB');
    const ids = seeds.entities.Lab.slice(0, 10).map(({ id }) => id);
    const extend = { ids, properties: properties.map(({ id }: Answer) => ({ id })) };
    expect(extend.properties.length).toBeGreaterThan(20);
    const response = await post({ extend: JSON.stringify(extend) });
    expect(response.status).toBe(200);
    const { rows } = (await response.json()) as Answer;
    for (const { id, name } of seeds.entities.Lab.slice(0, 10)) expect(rows[id].name).toEqual([{ str: name }]);
  });

  it.each([
    [/`ids`/, { ids: 'ke', properties: [] }],
    [/no property ships/, { ids: ['ke'], properties: [{ id: 'ships' }] }],
    [/at most 200 ids/, { ids: Array.from({ length: 201 }, () => 'ke'), properties: [] }],
    [/50 properties/, { ids: ['ke'], properties: Array.from({ length: 51 }, () => ({ id: 'name' })) }],
    [
      /2000 values \(ids times properties\)/,
      {
        ids: Array.from({ length: 200 }, () => 'ke'),
        properties: Array.from({ length: 11 }, () => ({ id: 'name' })),
      },
    ],
  ])('refuse an extension that does not fit: %s', async (message, extend) => {
    const response = await post({ extend: JSON.stringify(extend) });
    expect(response.status).toBe(400);
    expect(((await response.json()) as Answer).errors[0].message).toMatch(message);
  });
});
