import { type IncomingMessage, request } from 'node:http';
import { createConnection } from 'node:net';
import { gzipSync } from 'node:zlib';

/** A request as somebody who means harm may send it. */
export type Sent =
  | {
      readonly method?: string;
      readonly path?: string;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string | Uint8Array;
    }
  /** Bytes on a connection, as they are. */
  | { readonly raw: string };

/** One sort of hostile input, and what the server says to it. */
export interface HostileInput {
  readonly name: string;
  readonly sent: Sent;
  readonly status: number;
  /** The code of the first error; `null` where there is none, since the input does no harm. */
  readonly code: string | null;
}

/** What came back. */
export interface Received {
  readonly status: number;
  readonly text: string;
  readonly headers: IncomingMessage['headers'];
}

/** Sends an input to a server that listens. */
export function send(origin: string, sent: Sent): Promise<Received> {
  if ('raw' in sent) return sendRaw(Number(new URL(origin).port), sent.raw);
  const { method = 'POST', path = '/graphql', headers = {}, body } = sent;
  return new Promise((resolve, reject) => {
    const asking = request(origin, { method, path, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        resolve({ status: response.statusCode ?? 0, text, headers: response.headers });
      });
    });
    // Who is refused before all is sent may find the connection closed; what was answered counts.
    asking.on('error', reject);
    asking.end(body);
  });
}

function sendRaw(port: number, raw: string): Promise<Received> {
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = createConnection(port, '127.0.0.1', () => socket.end(raw));
    socket.setTimeout(10_000, () => socket.destroy());
    socket.setEncoding('utf8').on('data', (part) => {
      text += part;
    });
    socket.on('close', () => resolve({ status: Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 0), text, headers: {} }));
    socket.on('error', reject);
  });
}

const accept = 'application/graphql-response+json';
const asJson = { 'content-type': 'application/json', accept };

const ask = (query: string, variables?: unknown): Sent => ({
  headers: asJson,
  body: JSON.stringify({ query, variables }),
});
const post = (body: string | Uint8Array, headers: Readonly<Record<string, string>> = asJson): Sent => ({
  headers,
  body,
});
const get = (path: string, headers: Readonly<Record<string, string>> = { accept }): Sent => ({
  method: 'GET',
  path,
  headers,
});

const repeat = (count: number, write: (index: number) => string) =>
  Array.from({ length: count }, (_, at) => write(at)).join(' ');
const brackets = (depth: number, open = '[', close = ']') => open.repeat(depth) + close.repeat(depth);
const id = (text: string) => Buffer.from(text).toString('base64url');

const cycle = (depth: number): string =>
  depth === 0 ? 'slug' : `labs { nodes { areas { nodes { ${cycle(depth - 1)} } } } }`;

const deepPages = (size: string) =>
  `labs(first: ${size}) { nodes { areas(first: ${size}) { nodes { labs(first: ${size}) { nodes { slug partnerCountries(first: ${size}) { nodes { institutions(first: ${size}) { nodes { labs(first: ${size}) { nodes { areas(first: ${size}) { nodes { name labs(first: ${size}) { nodes { areas(first: ${size}) { nodes { name } } } } } } } } } } } } } } } } } }`;

const introspected = (depth: number): string =>
  depth === 0 ? 'name' : `fields { type { ${introspected(depth - 1)} } }`;

const spread = (count: number) =>
  `{ labs(first: 1) { nodes { ...F0 } } } ${repeat(count, (at) =>
    at + 1 < count
      ? `fragment F${at} on Lab { a: possiblySameAs { nodes { ...F${at + 1} } } b: possiblySameAs { nodes { ...F${at + 1} } } }`
      : `fragment F${at} on Lab { slug }`,
  )}`;

/** Sources, what cites them, their sources, …; at each turn some kinds are asked for a little more. */
const inCircles = (turns: number): string => {
  if (turns === 0) return 'slug';
  const kinds = ['Lab', 'Country', 'Area'].map((kind) => `... on ${kind} { sources(first: 1) { nodes { slug } } }`);
  return `citedBy(first: 1) { nodes { sources(first: 1) { nodes { ${inCircles(turns - 1)} } } ${kinds.join(' ')} } }`;
};

const everythingPattern = {
  entities: ['a', 'b', 'c', 'd', 'e'].map((as) => ({ as, kind: 'LAB' })),
  relations: ['b', 'c', 'd', 'e'].map((to) => ({ from: 'a', to, relation: 'POSSIBLY_SAME_AS', maxHops: 400 })),
};
const sourcePattern = {
  entities: [{ as: 'a' }, { as: 's', kind: 'SOURCE' }, { as: 'b' }, { as: 't', kind: 'SOURCE' }, { as: 'c' }],
  relations: [
    { from: 'a', to: 's', relation: 'CITES' },
    { from: 'b', to: 's', relation: 'CITES' },
    { from: 'b', to: 't', relation: 'CITES' },
    { from: 'c', to: 't', relation: 'CITES' },
  ],
};
const match = 'query ($pattern: MatchPattern!) { match(pattern: $pattern) { nodes { entities { as } } totalCount } }';

const cypher = "x' OR true}) DETACH DELETE n WITH 1 AS x CALL dbms.components() YIELD name //";

const input = (name: string, sent: Sent, status: number, code: string | null): HostileInput => ({
  name,
  sent,
  status,
  code,
});

/** Sorts of hostile input, after the cheat sheets and advisories on GraphQL, HTTP and graph databases. */
export const hostileInputs: readonly HostileInput[] = [
  // Too much to read.
  input(
    'a body over the limit',
    post(JSON.stringify({ query: `{ ontology { kinds { count } } } # ${'x'.repeat(1_000_001)}` })),
    413,
    'LIMIT_EXCEEDED',
  ),
  input(
    'a body over the limit in chunks',
    post('x'.repeat(1_000_001), { ...asJson, 'transfer-encoding': 'chunked' }),
    413,
    'LIMIT_EXCEEDED',
  ),
  input('a document of 900 kB', ask(`{ __typename } # ${'x'.repeat(900_000)}`), 400, 'LIMIT_EXCEEDED'),
  input('too many tokens', ask(`{ ${'a '.repeat(20_000)} }`), 400, 'LIMIT_EXCEEDED'),
  input('lists in lists in a literal', ask(`{ lab(slug: ${brackets(20_000)}) { name } }`), 400, 'LIMIT_EXCEEDED'),
  input(
    'objects in objects in a literal',
    ask(`{ labs(filter: ${brackets(4_000, '{not:', '}')}) { totalCount } }`),
    400,
    'LIMIT_EXCEEDED',
  ),
  input('lists in lists in a type', ask(`query ($a: ${brackets(20_000)}) { __typename }`), 400, 'LIMIT_EXCEEDED'),
  input('selections in selections', ask(`${'{a'.repeat(4_000)}${'}'.repeat(4_000)}`), 400, 'LIMIT_EXCEEDED'),
  input('brackets that are never closed', ask('{'.repeat(90_000)), 400, 'LIMIT_EXCEEDED'),
  input('one field many times', ask(`{ lab(slug: "x") { ${'name '.repeat(4_000)} } }`), 400, 'LIMIT_EXCEEDED'),
  input(
    'one field with arguments many times',
    ask(`{ lab(slug: "x") { ${'sources(first: 1) { totalCount } '.repeat(700)} } }`),
    400,
    'LIMIT_EXCEEDED',
  ),
  input(
    'equal fields that would have to be compared in pairs',
    ask(`{ lab(slug: "x") { ${'name '.repeat(2_900)} } }`),
    400,
    'LIMIT_EXCEEDED',
  ),
  input(
    'aliases of one root field',
    ask(`{ ${repeat(200, (at) => `a${at}: labs { totalCount }`)} }`),
    400,
    'LIMIT_EXCEEDED',
  ),
  input(
    'aliases within an entity',
    ask(`{ lab(slug: "x") { ${repeat(400, (at) => `a${at}: name`)} } }`),
    400,
    'LIMIT_EXCEEDED',
  ),
  input('directives', ask(`{ __typename ${'@skip(if: false) '.repeat(1_000)} }`), 400, 'LIMIT_EXCEEDED'),
  input(
    'directives that there are none of',
    ask(`{ __typename ${repeat(90, (at) => `@a${at}`)} }`),
    400,
    'GRAPHQL_VALIDATION_FAILED',
  ),
  input('fragments that multiply', ask(spread(30)), 400, 'LIMIT_EXCEEDED'),
  input(
    'fragments that spread each other',
    ask('{ labs { nodes { ...A } } } fragment A on Lab { ...B } fragment B on Lab { ...A }'),
    400,
    'GRAPHQL_VALIDATION_FAILED',
  ),
  input(
    'a fragment that spreads itself below itself',
    ask('{ labs { nodes { ...A } } } fragment A on Lab { areas { nodes { labs { nodes { ...A } } } } }'),
    400,
    'GRAPHQL_VALIDATION_FAILED',
  ),
  input(
    'very many fragments',
    ask(`{ __typename } ${repeat(1_000, (at) => `fragment F${at} on Lab { name }`)}`),
    400,
    'LIMIT_EXCEEDED',
  ),
  input('very many operations', ask(repeat(1_500, (at) => `query Q${at} { __typename }`)), 400, 'BAD_USER_INPUT'),
  input(
    'very many faults',
    ask(`{ lab(slug: "x") { ${repeat(1_000, (at) => `nothing${at}`)} } }`),
    400,
    'GRAPHQL_VALIDATION_FAILED',
  ),
  input(
    'very many variables',
    ask(`query (${repeat(1_500, (at) => `$v${at}: Int`)}) { __typename }`),
    400,
    'LIMIT_EXCEEDED',
  ),
  input(
    'variables in lists in lists',
    post(`{"query":"query ($a: ID!) { node(id: $a) { id } }","variables":{"a":${brackets(300_000)}}}`),
    400,
    'LIMIT_EXCEEDED',
  ),
  input(
    'variables in objects in objects',
    post(
      `{"query":"query ($a: LabFilter) { labs(filter: $a) { totalCount } }","variables":{"a":${'{"not":'.repeat(60_000)}{}${'}'.repeat(60_000)}}}`,
    ),
    400,
    'LIMIT_EXCEEDED',
  ),
  input(
    'very many values in variables',
    ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: Array.from({ length: 30_000 }, () => 'x') }),
    400,
    'LIMIT_EXCEEDED',
  ),
  // Too much to answer.
  input('a cycle 50 levels deep', ask(`{ areas { nodes { ${cycle(12)} } } }`), 400, 'LIMIT_EXCEEDED'),
  input(
    'relations nested more than 12 levels deep',
    ask(`{ areas(first: 1) { nodes { ${'broader(first: 1) { nodes { '.repeat(13)} slug ${'} }'.repeat(13)} } } }`),
    200,
    'LIMIT_EXCEEDED',
  ),
  input(
    'pages of 100 within one another',
    ask(`{ areas(first: 100) { nodes { ${deepPages('100')} } } }`),
    400,
    'LIMIT_EXCEEDED',
  ),
  input(
    'the same by a variable',
    ask(`query ($n: Int) { areas(first: $n) { nodes { ${deepPages('$n')} } } }`, { n: 100 }),
    400,
    'LIMIT_EXCEEDED',
  ),
  input(
    'the same by the default of a variable',
    ask(`query ($n: Int = 100) { areas(first: $n) { nodes { ${deepPages('$n')} } } }`),
    400,
    'LIMIT_EXCEEDED',
  ),
  input(
    'the same through a fragment',
    ask(`{ areas(first: 100) { nodes { ...F } } } fragment F on Area { ${deepPages('100')} }`),
    400,
    'LIMIT_EXCEEDED',
  ),
  input('a page of a thousand million', ask('{ labs(first: 1000000000) { nodes { slug } } }'), 200, 'BAD_USER_INPUT'),
  input('a page of minus one', ask('{ labs(first: -1) { nodes { slug } } }'), 200, 'BAD_USER_INPUT'),
  input('4,000 ids, by a literal', ask(`{ nodes(ids: [${'"x",'.repeat(4_000)}]) { id } }`), 400, 'LIMIT_EXCEEDED'),
  input(
    'ids beyond what `nodes` takes',
    ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: Array.from({ length: 5_000 }, () => id('Lab:x')) }),
    200,
    'LIMIT_EXCEEDED',
  ),
  input(
    'a filter by 10,000 values',
    ask('query ($in: [String!]) { labs(filter: { slug: { in: $in } }) { totalCount } }', {
      in: Array.from({ length: 10_000 }, (_, at) => `s${at}`),
    }),
    200,
    'LIMIT_EXCEEDED',
  ),
  input(
    'filters in filters',
    ask('query ($f: LabFilter) { labs(filter: $f) { totalCount } }', {
      f: JSON.parse(`${'{"not":'.repeat(40)}{}${'}'.repeat(40)}`),
    }),
    200,
    'LIMIT_EXCEEDED',
  ),
  input(
    'a thousand conditions',
    ask('query ($f: LabFilter) { labs(filter: $f) { totalCount } }', {
      f: { or: Array.from({ length: 1_000 }, (_, at) => ({ name: { contains: `a${at}` } })) },
    }),
    200,
    'LIMIT_EXCEEDED',
  ),
  input(
    'facets of everything for each row',
    ask(
      `{ countries(first: 100) { nodes { labs(first: 100) { nodes { areas { facets(by: [LABS, PROGRAMS, PARKS], first: 100) { buckets { value } } } sources { facets(by: [CITED_BY], first: 100) { buckets { value } } } } } institutions { facets(by: [LABS, SOURCES, PLATFORMS, MANAGED_PARKS, LED_PROGRAMS], first: 100) { buckets { value entity { sources(first: 100) { nodes { citedBy(first: 100) { nodes { name } } } } } } } } } } }`,
    ),
    400,
    'LIMIT_EXCEEDED',
  ),
  input(
    'more facets than there may be',
    ask('{ labs { facets(by: [STATUS], first: 1000000) { buckets { value } } } }'),
    200,
    'BAD_USER_INPUT',
  ),
  input(
    'paths of a hundred hops',
    ask('{ paths(from: "ke", to: "cn", maxHops: 100) { paths { length } } }'),
    200,
    'BAD_USER_INPUT',
  ),
  input(
    'all ways from hub to hub',
    ask(
      '{ paths(from: "ke", to: "cn", maxHops: 6, limit: 20, relations: [CITES, PARTICIPATES_IN, MEMBER_OF, PARTNERS_WITH]) { paths { length } } }',
    ),
    200,
    null,
  ),
  input(
    'a neighborhood without end',
    ask('{ neighborhood(of: ["cn"], depth: 99, limit: 1000000) { nodes { id } } }'),
    200,
    'BAD_USER_INPUT',
  ),
  ...[
    'neighborhood(of: ["ke"], depth: 2147483647) { nodes { id } }',
    'paths(from: "ke", to: "cn", maxHops: 2147483647) { paths { length } }',
    'neighborhood(of: ["ke"], depth: -2147483648) { nodes { id } }',
  ].map((field) => input(`as far as a number goes: ${field}`, ask(`{ ${field} }`), 200, 'BAD_USER_INPUT')),
  input(
    'fragments for each kind, in a circle, deeper and deeper',
    ask(`{ sources(first: 1) { nodes { ${inCircles(11)} } } }`),
    400,
    'LIMIT_EXCEEDED',
  ),
  input('a pattern that everything fits', ask(match, { pattern: sourcePattern }), 200, 'LIMIT_EXCEEDED'),
  input('a pattern with many hops', ask(match, { pattern: everythingPattern }), 200, 'LIMIT_EXCEEDED'),
  input(
    'a comparison of a thousand',
    ask('query ($ids: [ID!]!) { compare(ids: $ids) { properties { name } } }', {
      ids: Array.from({ length: 1_000 }, (_, at) => `s${at}`),
    }),
    200,
    'BAD_USER_INPUT',
  ),
  input(
    'a search for a text of 50 kB',
    ask('query ($q: String!) { search(query: $q) { totalCount } }', { q: 'lab '.repeat(12_500) }),
    200,
    'BAD_USER_INPUT',
  ),
  input(
    'a schema in a schema in a schema',
    ask(`{ __schema { types { ${introspected(8)} } } }`),
    400,
    'GRAPHQL_VALIDATION_FAILED',
  ),
  input(
    'the schema a hundred times over',
    ask(
      `{ ${repeat(40, (at) => `a${at}: __schema { types { name description fields { name description args { name description type { name } } type { name kind } } } }`)} }`,
    ),
    400,
    'LIMIT_EXCEEDED',
  ),
  input(
    'citations of very many answers',
    ask(
      'query @cite(styles: [APA, BIBTEX, CSL_JSON]) { sources(first: 100) { nodes { citedBy(first: 100) { nodes { name sources(first: 100) { nodes { citedBy(first: 100) { nodes { name } } } } } } } } }',
    ),
    400,
    'LIMIT_EXCEEDED',
  ),
  // What is meant for the database.
  input('Cypher as a slug', ask('query ($s: String!) { lab(slug: $s) { name } }', { s: cypher }), 200, null),
  input(
    'Cypher as an id',
    ask('query ($s: ID!) { node(id: $s) { id } }', { s: id(`Lab:${cypher}`) }),
    200,
    'BAD_USER_INPUT',
  ),
  input(
    'Cypher as a kind in an id',
    ask('query ($s: ID!) { node(id: $s) { id } }', { s: id(`Lab) DETACH DELETE n //:x`) }),
    200,
    'BAD_USER_INPUT',
  ),
  input(
    'Cypher in a filter',
    ask('query ($s: String!) { labs(filter: { name: { contains: $s } }) { totalCount } }', { s: cypher }),
    200,
    null,
  ),
  input(
    'Cypher as a cursor',
    ask('query ($s: String!) { labs(after: $s) { nodes { slug } } }', {
      s: id(JSON.stringify(['x', [cypher, cypher]])),
    }),
    200,
    'INVALID_CURSOR',
  ),
  input(
    'Cypher as an order',
    ask('{ labs(orderBy: [{ `name` DESC: ASC }]) { totalCount } }'),
    400,
    'GRAPHQL_PARSE_FAILED',
  ),
  input(
    'a property that is not shown, as an order',
    ask('{ labs(orderBy: [{ _nameFolded: ASC }]) { totalCount } }'),
    400,
    'GRAPHQL_VALIDATION_FAILED',
  ),
  input(
    'a relation that there is none of',
    ask('query ($r: [RelationType!]) { neighborhood(of: ["ke"], relations: $r) { nodes { id } } }', {
      r: ['X]-() DETACH DELETE n //'],
    }),
    400,
    'BAD_USER_INPUT',
  ),
  input(
    'Lucene in a search',
    ask('query ($q: String!) { search(query: $q) { totalCount } }', { q: '*:* OR /.*.*.*.*/ AND (~ ^9 "' }),
    200,
    null,
  ),
  input(
    'wildcards in a search',
    ask('query ($q: String!) { search(query: $q) { totalCount } }', { q: `${'*'.repeat(60)} ${'?'.repeat(60)}` }),
    200,
    null,
  ),
  input(
    'a regular expression in a filter',
    ask('query ($s: String!) { labs(filter: { name: { contains: $s } }) { totalCount } }', { s: '(a+)+$' }),
    200,
    null,
  ),
  input(
    'a cursor of another list',
    ask('query ($s: String!) { labs(after: $s) { nodes { slug } } }', {
      s: id(JSON.stringify(['AAAAAAAA', ['a', 'b']])),
    }),
    200,
    'INVALID_CURSOR',
  ),
  // What is meant for JavaScript.
  input(
    '__proto__ as a parameter',
    post('{"query":"{ __typename }","__proto__":{"query":"{ x }"}}'),
    400,
    'BAD_USER_INPUT',
  ),
  input(
    '__proto__ as a variable',
    post('{"query":"query ($a: ID!) { node(id: $a) { id } }","variables":{"__proto__":{"a":"x"},"a":"ke"}}'),
    200,
    'BAD_USER_INPUT',
  ),
  input(
    '__proto__ in a filter',
    post(
      '{"query":"query ($f: LabFilter) { labs(filter: $f) { totalCount } }","variables":{"f":{"__proto__":{"polluted":true}}}}',
    ),
    400,
    'BAD_USER_INPUT',
  ),
  input('constructor as a field', ask('{ constructor { name } }'), 400, 'GRAPHQL_VALIDATION_FAILED'),
  input('__proto__ as a slug', ask('{ lab(slug: "__proto__") { name } }'), 200, null),
  input(
    'constructor as an entity of a pattern',
    ask(match, { pattern: { entities: [{ as: 'constructor', kind: 'LAB' }] } }),
    200,
    null,
  ),
  input(
    'a number beyond all',
    post('{"query":"query ($n: Int) { labs(first: $n) { totalCount } }","variables":{"n":1e999}}'),
    400,
    'BAD_USER_INPUT',
  ),
  input(
    'a number with a million digits',
    post(`{"query":"{ labs(first: ${'9'.repeat(90_000)}) { totalCount } }"}`),
    400,
    'GRAPHQL_VALIDATION_FAILED',
  ),
  input(
    'half of a character',
    post(
      '{"query":"query ($s: String!) { search(query: $s) { totalCount } }","variables":{"s":"\\ud800 \\udfff lab"}}',
    ),
    200,
    null,
  ),
  input(
    'characters that are none',
    ask('query ($s: String!) { lab(slug: $s) { name } }', { s: '\u0000\u0001\u202e\ufeff' }),
    200,
    null,
  ),
  input(
    'a date that is none',
    ask('{ labs(filter: { recognisedDate: { eq: "9999-99-99\'; --" } }) { totalCount } }'),
    400,
    'BAD_USER_INPUT',
  ),
  // What is meant for HTTP.
  input(
    'a form, as another site can post it',
    post('query=%7B__typename%7D', {
      'content-type': 'application/x-www-form-urlencoded',
      origin: 'https://evil.example',
    }),
    415,
    'BAD_USER_INPUT',
  ),
  input(
    'JSON as plain text, as another site can post it',
    post('{"query":"{ __typename }"}', { 'content-type': 'text/plain', origin: 'https://evil.example' }),
    415,
    'BAD_USER_INPUT',
  ),
  input(
    'an upload',
    post('--x\r\nContent-Disposition: form-data; name="operations"\r\n\r\n{"query":"{ __typename }"}\r\n--x--', {
      'content-type': 'multipart/form-data; boundary=x',
    }),
    415,
    'BAD_USER_INPUT',
  ),
  input('no content type', post('{"query":"{ __typename }"}', {}), 415, 'BAD_USER_INPUT'),
  input(
    'another character set',
    post(Buffer.from('{"query":"{ __typename }"}', 'utf16le'), { 'content-type': 'application/json; charset=utf-16' }),
    415,
    'BAD_USER_INPUT',
  ),
  input(
    'a body that unpacks to a gigabyte',
    post(gzipSync(Buffer.alloc(10_000_000)), { ...asJson, 'content-encoding': 'gzip' }),
    415,
    'BAD_USER_INPUT',
  ),
  input('bytes that are no text', post(new Uint8Array([0x7b, 0xff, 0xfe, 0x00, 0x7d])), 400, 'BAD_USER_INPUT'),
  input('a batch', post(JSON.stringify([{ query: '{ __typename }' }])), 400, 'BAD_USER_INPUT'),
  input(
    'a batch of ten thousand',
    post(JSON.stringify(Array.from({ length: 10_000 }, () => ({ query: '{ __typename }' })))),
    400,
    'BAD_USER_INPUT',
  ),
  input('a query that is a list', post('{"query":["{ __typename }"]}'), 400, 'BAD_USER_INPUT'),
  input('variables that are a text', post('{"query":"{ __typename }","variables":"{}"}'), 400, 'BAD_USER_INPUT'),
  input('a parameter that there is none of', post('{"query":"{ __typename }","role":"admin"}'), 400, 'BAD_USER_INPUT'),
  input(
    'an operation that there is none of',
    post('{"query":"query A { __typename }","operationName":"B"}'),
    400,
    'BAD_USER_INPUT',
  ),
  input('broken variables in the address', get('/graphql?query={__typename}&variables=%7B'), 400, 'BAD_USER_INPUT'),
  input('broken characters in the address', get('/graphql?query=%E0%A4%A&variables=%FF'), 400, 'BAD_USER_INPUT'),
  input('a write by GET', get('/graphql?query=mutation{__typename}'), 405, 'BAD_USER_INPUT'),
  input(
    'another method in a header',
    {
      method: 'GET',
      path: '/graphql?query=mutation{__typename}',
      headers: { accept, 'x-http-method-override': 'POST' },
    },
    405,
    'BAD_USER_INPUT',
  ),
  input(
    'a hash that no document was sent with',
    post(JSON.stringify({ extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } } })),
    404,
    'BAD_USER_INPUT',
  ),
  input(
    'a document under the hash of another',
    post(
      JSON.stringify({
        query: '{ __typename }',
        extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } },
      }),
    ),
    400,
    'BAD_USER_INPUT',
  ),
  input('a path that leads out', get('/../../../../etc/passwd'), 404, null),
  input('the same in disguise', get('/%2e%2e/%2e%2e/etc/passwd'), 404, null),
  input(
    'a site that is none',
    { raw: 'GET /graphql HTTP/1.1\r\nHost: a b<script>\r\nConnection: close\r\n\r\n' },
    400,
    null,
  ),
  input(
    'two lengths',
    { raw: 'POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello' },
    400,
    null,
  ),
  input(
    'a length and chunks',
    { raw: 'POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n' },
    400,
    null,
  ),
  input(
    'headers of 100 kB',
    { raw: `GET /graphql HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(100_000)}\r\n\r\n` },
    431,
    null,
  ),
  input(
    'a line within a header',
    { raw: 'GET /health HTTP/1.1\r\nHost: a\r\nX-Request-Id: a\u0000b\r\nConnection: close\r\n\r\n' },
    400,
    null,
  ),
  input(
    'an id that ends a header',
    get('/graphql?query={__typename}', { accept, 'x-request-id': 'a"><script>alert(1)</script>' }),
    200,
    null,
  ),
  input(
    'an answer in a form that there is none of',
    get('/graphql?query={__typename}', { accept: 'application/xml' }),
    406,
    'BAD_USER_INPUT',
  ),
];

/** What no answer may hold: a stack, a file, a statement, a word of the database. */
export const leak =
  /\n\s+at |\.[jt]s:\d|node_modules|file:\/\/|\/(work|home|root|tmp|usr|app)\/|MATCH \(|UNWIND|COLLECT \{|\$p\d|Neo4j|Neo\.|bolt:|password/i;

/** The code of the first error of an answer. */
export function codeOf({ text }: Received): string | null {
  try {
    return JSON.parse(text).errors?.[0]?.extensions?.code ?? null;
  } catch {
    return null;
  }
}
