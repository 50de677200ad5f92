import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import type { Driver } from 'neo4j-driver';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { AccessRefused } from '../../../src/engine/access/access-refused.ts';
import { openDriver } from '../../../src/engine/database/open-driver.ts';
import { createGraph, type Graph } from '../../../src/engine/graph/graph.ts';
import { keepStatistics } from '../../../src/engine/reads/statistics.ts';
import { createContext } from '../../../src/graphql/index.ts';
import { createServer, type Server, type ServerOptions } from '../../../src/service/server.ts';
import { testAddress } from '../../setup/database.ts';
import { seeds } from '../../setup/seeds.ts';
import { served } from '../../setup/served.ts';

let driver: Driver;
let graph: Graph;
let server: Server;

const serve = (over: Graph, options: Partial<ServerOptions> = {}) => {
  const statistics = keepStatistics(over);
  return createServer({ ...served, context: (read) => createContext(over, statistics, read), ...options });
};

beforeAll(async () => {
  const address = await testAddress();
  driver = openDriver(address);
  graph = createGraph(driver, cooperation, address);
  server = serve(graph);
});
afterAll(() => driver.close());

const get = (query: string, init?: RequestInit) => server.fetch(new Request(`http://silkgraph/export?${query}`, init));

const post = (body: unknown, headers: Record<string, string> = {}) =>
  server.fetch(
    new Request('http://silkgraph/export', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    }),
  );

const linesOf = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

const keyOf = ({ id, type, from, to }: Record<string, unknown>) => id ?? `${type} ${from} ${to}`;
const byKey = (records: readonly object[]) => new Map(records.map((record) => [keyOf({ ...record }), record]));

describe('a neighborhood at /export', () => {
  it('is found with the statistics that the server has, which are not read for it', async () => {
    const names: string[] = [];
    const observed = createGraph(driver, cooperation, {
      ...(await testAddress()),
      observe: ({ name }) => names.push(name),
    });
    const over = serve(observed);
    const answers = [];
    for (let round = 1; round <= 2; round += 1) {
      names.length = 0;
      const response = await over.fetch(new Request('http://silkgraph/export?format=gexf&of=ke'));
      expect(response.status).toBe(200);
      answers.push((await response.text()).replace(/<meta[^>]*>/, ''));
    }
    expect(answers[0]).toBe(answers[1]);
    expect(names).toContain('neighborhood-expand');
    expect(names).not.toContain('statistics');
  });
});

describe('the graph at /export', () => {
  it('comes as one JSON document, named as an import knows it', async () => {
    const response = await get('format=json');
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': 'attachment; filename="graph.json"',
      'silkgraph-sequence': '1',
      'cache-control': 'no-store',
    });
    const { relations, labs, ...others } = await response.json();
    expect(byKey(relations)).toEqual(byKey(seeds.relations));
    const places = (id: string) =>
      seeds.locations.filter(({ entity }) => entity === id).map(({ entity: _, ...place }) => place);
    const ids = (id: string) =>
      seeds.identifiers.filter(({ entity }) => entity === id).map(({ entity: _, ...one }) => one);
    const withItems = seeds.entities.Lab.map((lab) => ({
      ...lab,
      ...(ids(lab.id).length > 0 ? { identifiers: ids(lab.id) } : {}),
      ...(places(lab.id).length > 0 ? { locations: places(lab.id) } : {}),
    }));
    expect(byKey(labs)).toEqual(byKey(withItems));
    expect(Object.keys(others)).toHaveLength(10);
  });

  it('comes as JSON Lines, one for each record', async () => {
    const response = await get('format=jsonl');
    expect(response.headers.get('content-type')).toBe('application/jsonl; charset=utf-8');
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="graph.jsonl"');
    const records = linesOf(await response.text());
    const entities = Object.values(seeds.entities).reduce((sum, of) => sum + of.length, 0);
    expect(records).toHaveLength(entities + seeds.relations.length);
    expect(records[0]).toMatchObject({ kind: 'Source', id: expect.any(String) });
  });

  it.each([
    ['kind=LAB', 'labs.csv', seeds.entities.Lab.length, 'id,name,nameZh'],
    ['kind=COUNTRY_GROUP', 'country-groups.csv', seeds.entities.CountryGroup.length, 'id,name,nameZh'],
    ['relation=ALL', 'relations.csv', seeds.relations.length, 'type,from,to,sources'],
    [
      'relation=HOSTED_BY',
      'HOSTED_BY.csv',
      seeds.relations.filter(({ type }) => type === 'HOSTED_BY').length,
      'type,from,to,sources,role',
    ],
  ])('comes as a table of %s', async (query, name, count, header) => {
    const response = await get(`format=csv&${query}`);
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
    expect(response.headers.get('content-disposition')).toBe(`attachment; filename="${name}"`);
    const text = await response.text();
    expect(text.startsWith(header)).toBe(true);
    expect(parse(text)).toHaveLength(count + 1);
  });

  it('is compressed for who takes that, and tells HEAD what it would be', async () => {
    const [plain, zipped] = [
      await get('format=jsonl&kind=LAB'),
      await get('format=jsonl&kind=LAB', { headers: { 'accept-encoding': 'gzip' } }),
    ];
    expect(zipped.headers.get('content-encoding')).toBe('gzip');
    expect(gunzipSync(await zipped.arrayBuffer()).toString()).toBe(await plain.text());
    const head = await get('format=csv&kind=LAB', { method: 'HEAD' });
    expect([head.status, head.headers.get('content-disposition'), await head.text()]).toEqual([
      200,
      'attachment; filename="labs.csv"',
      '',
    ]);
  });

  it.each([
    ['', 'Name the format'],
    ['format=xml', 'Name the format'],
    ['format=csv', 'A table contains one kind of record: name it, as in kind=COUNTRY, relation=PARTNERS_WITH or'],
    ['format=csv&kind=Lab', 'There is no kind Lab. The kinds are COUNTRY, COUNTRY_GROUP, LAB'],
    ['format=csv&kind=__proto__', 'There is no kind __proto__'],
    ['format=csv&relation=constructor', 'There is no relation constructor'],
    ['format=csv&kind=LAB&relation=CITES', 'not both'],
    ['format=csv&kind=LAB&first=3', 'Unknown parameter first'],
    ['format=jsonl&kind=LAB&limit=3', '`limit` is for the neighbourhood'],
    ['format=gexf&depth=2', '`depth` is for the neighbourhood'],
    ['format=bib&of=ke,nowhere', 'There is no entity "nowhere"'],
  ])('is refused with %j', async (query, message) => {
    const response = await get(query);
    expect(response.status).toBe(400);
    const { errors } = await response.json();
    expect(errors).toMatchObject([
      { message: expect.stringContaining(message), extensions: { code: 'BAD_USER_INPUT' } },
    ]);
  });

  it('is named among the paths, and answers GET and POST', async () => {
    const nothing = await server.fetch(new Request('http://silkgraph/exports'));
    expect((await nothing.json()).paths).toContain('/export');
    const response = await get('format=json', { method: 'DELETE' });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST']);
  });

  it('has all that it is asked for by POST in the body, and says so to an address', async () => {
    const body = JSON.stringify({ query: '{ labs(first: 1) { nodes { slug } } }' });
    const response = await get('format=csv', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    expect(response.status).toBe(400);
    expect((await response.json()).errors[0].message).toBe(
      'Unknown parameter format. The body of a POST has all of them.',
    );
  });

  it('is for few at once, and leaving makes room', async () => {
    const taken = await Promise.all([1, 2, 3, 4].map(() => get('format=jsonl')));
    const refused = await get('format=jsonl');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '10']);
    expect((await refused.json()).errors[0].extensions.code).toBe('OVERLOADED');
    for (const response of taken) await response.body?.cancel();
    await expect.poll(async () => (await get('format=jsonl&kind=PARK')).status).toBe(200);
  });

  it('breaks off where the database fails on the way, so that nobody takes the half for the whole', async () => {
    let left = 4;
    const failing: Graph = {
      ...graph,
      read: async (...parameters) => {
        left -= 1;
        if (left < 0) throw new Error('secret words of the database');
        return graph.read(...parameters);
      },
    };
    const listening = await serve(failing).listen(0, '127.0.0.1');
    try {
      const response = await fetch(`${listening.origin}/export?format=jsonl`, {
        headers: { 'accept-encoding': 'identity' },
      });
      expect(response.status).toBe(200);
      await expect(response.text()).rejects.toThrow();
      const atOnce = await fetch(`${listening.origin}/export?format=jsonl`);
      expect(atOnce.status).toBe(500);
      expect(await atOnce.text()).not.toContain('secret');
    } finally {
      await listening.close(0);
    }
  });

  it('is for readers alone where reading is closed', async () => {
    const authenticator = {
      async authenticate({ apiKey }: { readonly apiKey?: string | null }) {
        if (apiKey === 'good') return { name: 'Ana', role: 'reader' as const };
        throw new AccessRefused('This API key is unknown.');
      },
    };
    const closed = serve(graph, { access: { authenticator, reading: 'closed' } });
    const statuses = async (headers: Record<string, string>) => {
      const body = JSON.stringify({ query: '{ parks { nodes { slug } } }', format: 'csv' });
      const json = { ...headers, 'content-type': 'application/json' };
      const asked = [
        new Request('http://silkgraph/export?format=csv&kind=PARK', { headers }),
        new Request('http://silkgraph/export', { method: 'POST', headers: json, body }),
      ];
      return (await Promise.all(asked.map((request) => closed.fetch(request)))).map(({ status }) => status);
    };
    expect(await statuses({})).toEqual([401, 401]);
    expect(await statuses({ 'x-api-key': 'bad' })).toEqual([401, 401]);
    expect(await statuses({ 'x-api-key': 'good' })).toEqual([200, 200]);
  });

  it('waits until the graph is complete', async () => {
    const waiting = serve(graph, {
      readiness: { waitingFor: () => 'The graph is being prepared.', check: async () => undefined },
    });
    const response = await waiting.fetch(new Request('http://silkgraph/export?format=json'));
    expect([response.status, (await response.json()).errors[0].extensions.code]).toEqual([503, 'DATABASE_UNAVAILABLE']);
  });
});

const labs = `query Labs($from: String) {
  hidden: country(code: "ZZ") { name }
  ...Listed
}
fragment Listed on Query {
  found: labs(first: 30, after: $from) {
    totalCount
    nodes { slug name batch areas(first: 2) { nodes { name } } ...More }
  }
}
fragment More on Lab { inScope alsoKnownAs }`;

describe('the answer to a query at /export', () => {
  it('comes as a table of all pages of its first list', async () => {
    const response = await post({ query: labs, format: 'csv' });
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="answer.csv"');
    const [header, ...rows] = parse(await response.text());
    expect(header).toEqual(['slug', 'name', 'batch', 'areas.nodes.name', 'inScope', 'alsoKnownAs']);
    expect(new Set(rows.map(([slug]: string[]) => slug))).toEqual(new Set(seeds.entities.Lab.map(({ id }) => id)));
    expect(rows).toHaveLength(seeds.entities.Lab.length);
    expect(rows.some(([, , , areas]: string[]) => areas?.includes(';'))).toBe(true);
  });

  it('comes as JSON Lines, from the cursor that a variable gives', async () => {
    const first = await (
      await post({ query: '{ labs(first: 100) { edges { cursor node { slug } } } }', format: 'jsonl' })
    ).text();
    const edges = linesOf(first);
    expect(edges).toHaveLength(seeds.entities.Lab.length);
    const rest = await (await post({ query: labs, variables: { from: edges[59].cursor }, format: 'jsonl' })).text();
    expect(linesOf(rest).map(({ slug }) => slug)).toEqual(edges.slice(60).map(({ node }) => node.slug));
    const literal = `{ labs(after: ${JSON.stringify(edges[99].cursor)}) { nodes { slug } } }`;
    const end = await (await post({ query: literal, format: 'jsonl' })).text();
    expect(linesOf(end)).toHaveLength(seeds.entities.Lab.length - 100);
  });

  it('comes as the data, where JSON is wanted', async () => {
    const query = '{ country(code: "KE") { name labs { totalCount } } }';
    const response = await post({ query, format: 'json' });
    expect(await response.json()).toEqual({ country: { name: 'Kenya', labs: { totalCount: expect.any(Number) } } });
    expect(await (await post({ query, format: 'csv' })).text()).toMatch(
      /^country.name,country.labs.totalCount\r\nKenya,\d\r\n$/,
    );
  });

  it('takes lists without pages, and entities of several kinds', async () => {
    const query = `{ nodes: search(query: "Kenya") { edges { score node { __typename name ... on Lab { status } ... on Country { code } } } } }`;
    const rows = parse(await (await post({ query, format: 'csv' })).text());
    expect(rows[0]).toEqual(['score', 'node.__typename', 'node.name', 'node.status', 'node.code']);
    expect(rows.some((row: string[]) => row[4] === 'KE')).toBe(true);
    const facets = '{ labs(first: 1) { facets(by: [STATUS]) { by buckets { value count } } } }';
    expect(linesOf(await (await post({ query: facets, format: 'jsonl' })).text())).toMatchObject([{ by: 'STATUS' }]);
  });

  it.each([
    [{ query: '{ labs(last: 3) { nodes { slug } } }', format: 'csv' }, 400, 'Leave out `last`'],
    [{ query: 'mutation { __typename }', format: 'csv' }, 400, 'Only a query can be exported'],
    [{ query: '{ labs {', format: 'csv' }, 400, 'Syntax Error'],
    [{ query: '{ labs { nodes { slog } } }', format: 'jsonl' }, 400, 'slog'],
    [{ query: '{ labs(first: 1000) { nodes { slug } } }', format: 'jsonl' }, 400, '100'],
    [{ query: 'query A { __typename } query B { __typename }', format: 'jsonl' }, 400, 'operationName'],
    [{ query: '{ __typename }' }, 400, 'Name the format'],
    [{ format: 'csv' }, 400, 'Send {"query"'],
    [{ query: '{ __typename }', variables: [], format: 'csv' }, 400, 'must be an object'],
    ['{', 400, 'not JSON'],
    ['[]', 400, 'one JSON object'],
  ])('is refused for %j', async (body, status, message) => {
    const response = await post(body);
    const { errors } = await response.json();
    expect(errors[0].message).toContain(message);
    expect(errors[0].extensions.code).toMatch(/^[A-Z_]+$/);
    expect(response.status).toBe(status);
  });

  it('is asked for in JSON, within the limit', async () => {
    expect((await post('{}', { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await post({ query: `{ __typename } #${'x'.repeat(1_000_000)}`, format: 'csv' })).status).toBe(413);
  });
});
