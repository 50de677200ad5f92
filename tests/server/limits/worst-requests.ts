import { limits } from '../../../src/graphql/limits.ts';

/** A request that makes one part of the server work as hard as its author knew. */
export interface WorstRequest {
  readonly part: string;
  readonly name: string;
  /** A text that no cache knows yet is made by a number that was not used before. */
  readonly request: (salt: number) => Request;
}

/** The largest body that the server takes, less what surrounds the text in it. */
export const LARGEST = 999_000;

/** The largest head of a request that Node.js takes, less its other lines. */
export const LARGEST_HEADER = 16_000;

const repeat = (count: number, write: (index: number) => string, separator = ' ') =>
  Array.from({ length: count }, (_, at) => write(at)).join(separator);

const filled = (write: (index: number) => string, size: number, separator = ' ') =>
  repeat(Math.floor(size / (write(9_999).length + separator.length)), write, separator);

export const post = (body: string | Uint8Array<ArrayBuffer>, headers: Readonly<Record<string, string>> = {}) =>
  new Request('http://silkgraph/graphql', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json',
      'content-length': String(Buffer.byteLength(body)),
      ...headers,
    },
    body,
  });

export const ask = (query: string, variables?: unknown) => (salt: number) =>
  post(JSON.stringify({ query: `${query} #${salt}`, variables }));

/** Variables as a text, for values that no object of JavaScript has. */
const askInText = (query: string, variables: string) => (salt: number) =>
  post(`{"query":${JSON.stringify(`${query} #${salt}`)},"variables":${variables}}`);

export const withHeader = (name: string, value: string) => (salt: number) =>
  post(JSON.stringify({ query: `{ __typename } #${salt}` }), { [name]: value });

const get = (parameters: string) => () =>
  new Request(`http://silkgraph/graphql?${parameters}`, { headers: { accept: 'application/json' } });

const keys = (count: number, size = 0) =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`${'k'.repeat(size)}${at}`, at]));

const filterQuery = 'query ($f: LabFilter) { labs(filter: $f) { totalCount } }';

const texts = (count: number, size: number) =>
  Array.from({ length: count }, (_, at) => `${'ǅ'.repeat(Math.max(0, size - 6))}${at}`);

const all = (part: string, cases: Readonly<Record<string, (salt: number) => Request>>): readonly WorstRequest[] =>
  Object.entries(cases).map(([name, request]) => ({ part, name, request }));

const lines = (count: number) => '\n'.repeat(count);

/** Relations that a laboratory has, as lists. */
const labLists = 'possiblySameAs';

const body = all('body', {
  'lists in lists': () => post('['.repeat(LARGEST / 2) + ']'.repeat(LARGEST / 2)),
  'lists in lists under an unknown name': () => post(`{"a":${'['.repeat(LARGEST / 2)}${']'.repeat(LARGEST / 2)}}`),
  'objects in objects': () =>
    post(`{"query":"{a}","variables":${'{"a":'.repeat(LARGEST / 6)}1${'}'.repeat(LARGEST / 6)}}`),
  'many unknown names': () => post(JSON.stringify(keys(70_000))),
  'many extensions': () => post(JSON.stringify({ query: '{ __typename }', extensions: keys(70_000) })),
  'one name again and again': () => post(`{${'"query":"a",'.repeat(LARGEST / 12)}"query":"{a}"}`),
  'a number of a million digits': () =>
    post(`{"query":"{ __typename }","extensions":{"a":1${'7'.repeat(LARGEST - 60)}}}`),
  'names that are indices': () =>
    post(`{"query":"{a}","variables":{${filled((at) => `"${at * 40_009}":1`, LARGEST - 100, ',')}}}`),
  'a text of escapes': () => post(`{"query":"${'\\u0041'.repeat(LARGEST / 6 - 10)}"}`),
  'bytes that are no UTF-8': () => post(new Uint8Array(LARGEST).fill(0xe2)),
  'a text that is no JSON': () => post(`{"query":"${'a'.repeat(LARGEST - 20)}`),
  'a long operation name': (salt) =>
    post(JSON.stringify({ query: `query A { __typename } #${salt}`, operationName: 'A'.repeat(LARGEST - 60) })),
  'a long hash': () =>
    post(
      JSON.stringify({
        query: '{ __typename }',
        extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(LARGEST - 200) } },
      }),
    ),
  'a long document under a hash': () =>
    post(
      JSON.stringify({
        query: 'a '.repeat(LARGEST / 2 - 200),
        extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } },
      }),
    ),
});

const parse = all('parse', {
  'a document of a million characters': ask('a '.repeat(LARGEST / 2 - 100)),
  'many tokens': ask(`{ ${'a '.repeat(limits.tokens - 10)}}`),
  comments: ask(`{ __typename } ${'#\n'.repeat(49_000)}`),
  'a block string of lines': ask(`{ lab(slug: """${' \n'.repeat(45_000)}""") { name } }`),
  'a string of escapes': ask(`{ lab(slug: "${'\\u0041'.repeat(16_000)}") { name } }`),
  'a long name': ask(`{ ${'a'.repeat(99_000)} }`),
  'deep brackets': ask(`${'{a'.repeat(99)}${'}'.repeat(99)}`),
  'lists in types': ask(
    `query (${repeat(45, (at) => `$v${at}: ${'['.repeat(90)}Int${']'.repeat(90)}`)}) { __typename }`,
  ),
});

const validation = all('validation', {
  'unknown types': ask(
    `query (${repeat(1_400, (at) => `$v${at}: LabPropertiesOfInputTypesThatAreNot${at}`)}) { __typename }`,
  ),
  'unknown types in fragments': ask(
    `{ __typename } ${repeat(90, (at) => `fragment F${at} on CountryGroupsFilterInputs${at} { a }`)}`,
  ),
  'unknown fields': ask(`{ lab(slug: "x") { ${repeat(2_900, (at) => `researchFieldsAndAreas${at}`)} } }`),
  'unknown arguments': ask(`{ lab(${repeat(2_400, (at) => `slugsOfLaboratories${at}: 1`)}) { name } }`),
  'unknown fields of a literal': ask(
    `{ labs(filter: {${repeat(2_400, (at) => `partnerCountriesAndInstitutions${at}: 1`)}}) { totalCount } }`,
  ),
  'one variable defined again and again, behind many lines': ask(
    `${lines(80_000)}query (${'$a: Int '.repeat(1_900)}) { __typename }`,
  ),
  'unused variables behind many lines': ask(
    `${lines(70_000)}query (${repeat(1_900, (at) => `$v${at}: Int`)}) { __typename }`,
  ),
  'conflicts behind many lines': ask(
    `${lines(80_000)}{ ${repeat(149, (at) => `a${at}: lab(slug: "x") { name } a${at}: park(slug: "x") { name }`)} }`,
  ),
  'conflicts below a conflict, behind many lines': ask(
    `${lines(80_000)}{ a: lab(slug: "x") { ${repeat(140, (at) => `a${at}: name`)} } a: lab(slug: "y") { ${repeat(140, (at) => `a${at}: slug`)} } }`,
  ),
  'one field in pairs': ask(`{ lab(slug: "x") { ${'name '.repeat(2_900)} } }`),
  'one list in pairs': ask(`{ lab(slug: "x") { ${'areas(first: 1) { totalCount } '.repeat(700)} } }`),
  'one list in pairs in fragments': ask(
    `{ lab(slug: "x") { ${repeat(90, (at) => `...F${at}`)} } } ${repeat(90, (at) => `fragment F${at} on Lab { ${'areas(first: 1) { totalCount } '.repeat(10)} }`)}`,
  ),
  'operations that spread a chain of fragments': ask(
    `${repeat(1_200, (at) => `query Q${at} { ...F0 }`)} ${repeat(99, (at) => `fragment F${at} on Query { ...F${at + 1} }`)} fragment F99 on Query { __typename }`,
  ),
  'operations that use many variables in a fragment': ask(
    `${repeat(600, (at) => `query Q${at} { ...F }`)} fragment F on Query { ${repeat(280, (at) => `a${at}: lab(slug: $v${at}) { name }`)} }`,
  ),
  'fragments that all spread each other': ask(
    `{ ...F0 } ${repeat(66, (at) => `fragment F${at} on Query { ${repeat(66, (to) => `...F${to}`)} }`)}`,
  ),
  'fragments that all spread those behind them': ask(
    `{ ...F0 } ${repeat(95, (at) => `fragment F${at} on Query { ${repeat(95 - at, (to) => `...F${at + to + 1}`)} }`)} fragment F95 on Query { __typename }`,
  ),
  'fragments that spread the next one twice': ask(
    `{ ...F0 } ${repeat(99, (at) => `fragment F${at} on Query { ...F${at + 1} ...F${at + 1} }`)} fragment F99 on Query { __typename }`,
  ),
  'inline fragments in inline fragments': ask(
    `{ ${repeat(40, () => `${'... { '.repeat(90)}__typename${' }'.repeat(90)}`)} }`,
  ),
  'inline fragments beside each other': ask(`{ ${'... { __typename } '.repeat(1_900)} }`),
  'empty objects in a literal': ask(`{ labs(filter: { or: [${'{} '.repeat(4_800)}] }) { totalCount } }`),
  'wrong values in a literal': ask(`{ labs(filter: { or: [${'1 '.repeat(9_000)}] }) { totalCount } }`),
  'a large literal in the wrong place': ask(
    `{ labs(first: [${repeat(3_000, (at) => `{a${at}: "x"}`)}]) { totalCount } }`,
  ),
  'many ids in a literal': ask(`{ nodes(ids: [${repeat(9_000, () => '"x"')}]) { id } }`),
  'a subscription of many fields': ask(`${lines(80_000)}subscription { ${repeat(290, (at) => `a${at}: __typename`)} }`),
  'a long unknown name': ask(`{ ${'partnerCountries'.repeat(6_000)} }`),
});

const variables = all('variables', {
  'unknown fields of an input': ask(filterQuery, { f: keys(15_000) }),
  'long unknown fields of an input': ask(filterQuery, { f: keys(51, 19_000) }),
  'unknown fields of many inputs': ask(filterQuery, {
    f: { or: Array.from({ length: 9_000 }, () => ({ nothing: 1 })) },
  }),
  'unknown fields of a large input in a large one': ask(filterQuery, {
    f: { ...keys(60), not: { ...keys(60), not: keys(15_000) } },
  }),
  'empty inputs': ask(filterQuery, { f: { or: Array.from({ length: 19_000 }, () => ({})) } }),
  'wrong values': ask(filterQuery, { f: { or: Array.from({ length: 19_000 }, () => 1) } }),
  'a long text in place of a number': ask('query ($n: Int) { labs(first: $n) { totalCount } }', {
    n: '9'.repeat(LARGEST - 200),
  }),
  'long texts in place of numbers': ask('query ($n: [Int!]) { labs(first: 1) { totalCount } }', {
    n: texts(50, 9_000),
  }),
  'a large object in place of a text': ask('query ($n: String!) { lab(slug: $n) { name } }', { n: keys(19_000) }),
  'a large object in place of each kind': ask(
    'query ($n: [EntityKind!]) { search(query: "x", kinds: $n) { totalCount } }',
    { n: keys(19_000) },
  ),
  'unknown kinds': ask('query ($n: [EntityKind!]) { search(query: "x", kinds: $n) { totalCount } }', {
    n: texts(19_000, 40),
  }),
  'long dates': ask(filterQuery, { f: { firstMilestoneDate: { in: texts(50, 9_000) } } }),
  'digits in place of dates': ask(filterQuery, { f: { firstMilestoneDate: { in: ['1'.repeat(900_000)] } } }),
  'names of prototypes': askInText(
    filterQuery,
    `{"f":{${filled((at) => `"__proto__":{"constructor":${at}}`, LARGEST - 300, ',')}}}`,
  ),
  'names that are indices': askInText(filterQuery, `{"f":{${repeat(19_000, (at) => `"${at * 40_009}":1`, ',')}}}`),
  'values for no variable': ask('{ __typename }', keys(19_900)),
  'many variables without values': ask(`query (${repeat(1_600, (at) => `$v${at}: ID!`)}) { __typename }`),
});

const cost = all('cost', {
  'fragments for each kind in circles': ask(`{ sources(first: 1) { nodes { ${inCircles(8)} } } }`),
  'one large filter in many fields': ask(
    `query ($f: LabFilter) { ${repeat(50, (at) => `a${at}: labs(filter: $f) { totalCount }`)} }`,
    { f: { or: Array.from({ length: 30 }, () => ({ slug: { in: texts(490, 10) } })) } },
  ),
  'one large filter in the fields of a fragment': ask(
    `query ($f: LabFilter) { ${repeat(40, (at) => `a${at}: labs(first: 1) { nodes { ...F } }`)} } fragment F on Lab { ${repeat(7, (at) => `b${at}: possiblySameAs(filter: $f) { totalCount }`)} }`,
    { f: { or: Array.from({ length: 30 }, () => ({ slug: { in: texts(490, 10) } })) } },
  ),
  'one large literal in the fields of a fragment': ask(
    `{ ${repeat(45, (at) => `a${at}: labs(first: 1) { nodes { ...F } }`)} } fragment F on Lab { ${labLists}(filter: {or: [${'{slug: {eq: "x"}} '.repeat(1_000)}]}) { totalCount } }`,
  ),
  'one large literal in fragments in fragments': ask(
    `{ labs(first: 1) { nodes { ...F0 } } } ${repeat(9, (at) => `fragment F${at} on Lab { a${at}: ${labLists}(first: 1) { nodes { ...F${at + 1} } } b${at}: ${labLists}(first: 1) { nodes { ...F${at + 1} } } }`)} fragment F9 on Lab { ${labLists}(filter: {slug: {in: [${'"x" '.repeat(7_000)}]}}) { totalCount } }`,
  ),
  'one large pattern in many fields': ask(
    `query ($p: MatchPattern!) { ${repeat(50, (at) => `a${at}: match(pattern: $p) { totalCount }`)} }`,
    {
      p: {
        entities: Array.from({ length: 8 }, (_, at) => ({ as: `e${at}`, kind: 'LAB', ids: texts(99, 1_000) })),
        relations: [],
      },
    },
  ),
  'a list of ids in many fields': ask(
    `query ($i: [ID!]!) { ${repeat(50, (at) => `a${at}: compare(ids: $i) { properties { name } }`)} }`,
    { i: texts(19_000, 20) },
  ),
  'an order in many fields': ask(
    `query ($o: [LabOrder!]) { ${repeat(50, (at) => `a${at}: labs(orderBy: $o) { totalCount }`)} }`,
    { o: Array.from({ length: 19_000 }, () => ({ name: 'ASC' })) },
  ),
});

function inCircles(turns: number): string {
  if (turns === 0) return 'slug';
  const kinds = ['Lab', 'Country', 'Area'].map((kind) => `... on ${kind} { sources(first: 1) { nodes { slug } } }`);
  return `citedBy(first: 1) { nodes { sources(first: 1) { nodes { ${inCircles(turns - 1)} } } ${kinds.join(' ')} } }`;
}

const cursor = (content: string) => Buffer.from(content).toString('base64url');
const cursors = `query ($c: String) { ${repeat(50, (at) => `a${at}: labs(after: $c, before: $c) { nodes { slug } }`)} }`;

const cursorCases = all('cursors', {
  'a long cursor in many fields': ask(cursors, { c: cursor(`["abc","${'x'.repeat(700_000)}"]`) }),
  'lists in lists in a cursor': ask(cursors, { c: cursor('['.repeat(700_000)) }),
  'many values in a cursor': ask(cursors, { c: cursor(`[${'1,'.repeat(300_000)}1]`) }),
  'bytes that are no cursor': ask(cursors, { c: '_'.repeat(900_000) }),
  'a long cursor of a search': ask(
    `query ($c: String) { ${repeat(50, (at) => `a${at}: search(query: "x", after: $c) { nodes { slug } }`)} }`,
    { c: cursor(`[${'1,'.repeat(300_000)}1]`) },
  ),
  'a long id in many fields': ask(`query ($i: ID!) { ${repeat(50, (at) => `a${at}: node(id: $i) { id }`)} }`, {
    i: cursor(`Lab:${'x'.repeat(700_000)}`),
  }),
  'long ids': ask('query ($i: [ID!]!) { nodes(ids: $i) { id } }', {
    i: Array.from({ length: 100 }, () => cursor(':'.repeat(7_000))),
  }),
});

const inFilter = (filter: unknown, fields = 50) =>
  ask(`query ($f: LabFilter) { ${repeat(fields, (at) => `a${at}: labs(filter: $f) { nodes { slug } }`)} }`, {
    f: filter,
  });

const deep = (filter: unknown, depth: number): unknown => (depth === 0 ? filter : { not: deep(filter, depth - 1) });

const filters = all('filters', {
  'a long text': inFilter({ name: { contains: 'ǅ'.repeat(450_000) } }),
  'long texts': inFilter({ or: texts(90, 5_000).map((text) => ({ name: { contains: text } })) }),
  'marks on a letter': inFilter({ name: { startsWith: `a${'\u0301\u0323'.repeat(200_000)}` } }),
  'letters of many letters': inFilter({ name: { endsWith: 'ﷺ'.repeat(300_000) } }),
  'listed values': inFilter({ or: Array.from({ length: 39 }, () => ({ slug: { in: texts(490, 12) } })) }),
  'listed dates': inFilter({
    or: Array.from({ length: 39 }, () => ({ firstMilestoneDate: { in: texts(490, 6).map(() => '2019-06-20') } })),
  }),
  'many conditions deep down': inFilter(deep({ or: Array.from({ length: 85 }, () => ({ name: { eq: 'x' } })) }, 8)),
  'relations in relations': inFilter({
    or: Array.from({ length: 20 }, () => ({
      possiblySameAs: { every: { possiblySameAs: { every: { slug: { eq: 'x' } } } } },
    })),
  }),
  'more conditions than a filter has': inFilter({ and: Array.from({ length: 9_900 }, () => ({})) }),
});

const search = all('search', {
  'a long text': ask('query ($q: String!) { search(query: $q) { totalCount } }', { q: 'ǅa '.repeat(200_000) }),
  'a long text in many fields': ask(
    `query ($q: String!) { ${repeat(25, (at) => `a${at}: search(query: $q) { totalCount } b${at}: suggest(prefix: $q) { slug }`)} }`,
    { q: 'ǅa '.repeat(200_000) },
  ),
  'letters of many letters': ask(
    `query ($q: String!) { ${repeat(50, (at) => `a${at}: search(query: $q) { totalCount }`)} }`,
    { q: 'ﷺ'.repeat(200) },
  ),
  'many words of many texts': (salt) =>
    post(
      JSON.stringify({
        query: `{ ${repeat(50, (at) => `a${at}: search(query: "${repeat(10, (word) => `w${(salt * 500 + at * 10 + word) % 5_000}x`)}") { totalCount }`)} }`,
      }),
    ),
  'names compared with many texts': (salt) =>
    post(
      JSON.stringify({
        query: `{ labs(filter: { or: [${repeat(900, (at) => `{ name: { contains: "w${salt}x${at}" } }`)}] }) { totalCount } }`,
      }),
    ),
  'spaces alone': ask('query ($q: String!) { search(query: $q) { totalCount } }', { q: ' '.repeat(900_000) }),
});

const patternOf = (entities: number, relations: number, more: object = {}) => ({
  entities: Array.from({ length: entities }, (_, at) => ({ as: `e${at}`, kind: 'LAB', ...more })),
  relations: Array.from({ length: relations }, (_, at) => ({
    from: `e${at % entities}`,
    to: `e${(at + 1) % entities}`,
    relation: 'POSSIBLY_SAME_AS',
  })),
});
const inPattern = (pattern: unknown) =>
  ask(
    `query ($p: MatchPattern!) { ${repeat(50, (at) => `a${at}: match(pattern: $p, first: 1) { nodes { entities { as } } }`)} }`,
    { p: pattern },
  );

const patterns = all('patterns', {
  'the largest pattern': inPattern(patternOf(8, 12)),
  'more entities than a pattern has': inPattern(patternOf(4_000, 0)),
  'more relations than a pattern has': inPattern(patternOf(8, 2_500)),
  'long names': inPattern({ entities: [{ as: 'x'.repeat(900_000) }], relations: [] }),
  'many ids': inPattern(patternOf(8, 7, { ids: Array.from({ length: 99 }, () => 'x'.repeat(200)) })),
  'long relations of names': inPattern({
    entities: [{ as: 'a' }],
    relations: [{ from: 'x'.repeat(900_000), to: 'a', relation: 'CITES' }],
  }),
  'long via of paths': ask(
    `query ($v: [ID!]) { ${repeat(50, (at) => `a${at}: paths(from: "ke", to: "cn", via: $v) { paths { length } }`)} }`,
    { v: texts(18_000, 20) },
  ),
});

const plans = all('plans', {
  'a long text in many fields': ask(
    `query ($s: String!) { ${repeat(50, (at) => `a${at}: labs(filter: { name: { eq: $s } }) { nodes { slug } }`)} }`,
    { s: 'x'.repeat(LARGEST - 5_000) },
  ),
  'a long text in fields below each other': ask(
    `query ($s: String!) { ${repeat(16, (at) => `a${at}: labs(first: 1) { nodes { ${'possiblySameAs(first: 1) { nodes { '.repeat(11)} possiblySameAs(filter: { name: { eq: $s } }) { totalCount } ${'} } '.repeat(11)} } }`)} }`,
    { s: 'x'.repeat(LARGEST - 5_000) },
  ),
  'relations side by side': ask(
    `{ ${repeat(3, (at) => `a${at}: labs(first: 1) { nodes { ${repeat(80, (to) => `b${to}: possiblySameAs(first: 1) { nodes { slug } }`)} } }`)} }`,
  ),
  'an entity of every kind in many fields': ask(
    `{ ${repeat(50, (at) => `a${at}: node(id: "TGFiOng") { ... on Entity { ${repeat(2, (to) => `b${to}: sources(first: 1) { nodes { citedBy(first: 1) { nodes { slug } } } }`)} }`)} }`,
  ),
});

const headers = all('headers', {
  ...Object.fromEntries(
    [
      'accept',
      'accept-encoding',
      'accept-language',
      'authorization',
      'cookie',
      'if-none-match',
      'origin',
      'silkgraph-bookmark',
      'traceparent',
      'x-api-key',
      'x-forwarded-for',
      'x-request-id',
      'content-type',
    ].flatMap((name) => [
      [
        `${name} of commas`,
        withHeader(
          name,
          filled((at) => `a/${at};q=0.1`, LARGEST_HEADER, ','),
        ),
      ],
      [`${name} of one character`, withHeader(name, 'a'.repeat(LARGEST_HEADER))],
      [`${name} of spaces`, withHeader(name, `a${' '.repeat(LARGEST_HEADER - 2)}b`)],
      [`${name} of colons and points`, withHeader(name, '1.:'.repeat(LARGEST_HEADER / 3))],
    ]),
  ),
  'a cookie of a million characters': withHeader(
    'cookie',
    filled((at) => `a${at}=b;`, LARGEST),
  ),
  'a bearer of spaces': withHeader('authorization', `Bearer ${' '.repeat(LARGEST_HEADER - 20)}eyJ`),
  'a bearer of points': withHeader('authorization', `Bearer eyJ${'a.'.repeat(LARGEST_HEADER / 2 - 10)}`),
  'many malformed parameters': get(`query={__typename}&${'%22%&'.repeat(LARGEST_HEADER / 5)}`),
  'many parameters': get(filled((at) => `a${at}=b`, LARGEST_HEADER, '&')),
  'a parameter that is nearly a token': get(`query={__typename}&a=bearer${'%20'.repeat(5_000)}eyJ`),
  'a parameter of points': get(`query={__typename}&a=eyJ${'a.'.repeat(7_900)}`),
  'a parameter of escapes': get(`query=${'%41'.repeat(5_300)}`),
  'variables in the address': get(`query={__typename}&variables=${encodeURIComponent('['.repeat(5_000))}`),
});

/** The requests that made each part work hardest, of all that were thought of or found by search. */
export const worstRequests: readonly WorstRequest[] = [
  ...body,
  ...parse,
  ...validation,
  ...variables,
  ...cost,
  ...cursorCases,
  ...filters,
  ...search,
  ...patterns,
  ...plans,
  ...headers,
];
