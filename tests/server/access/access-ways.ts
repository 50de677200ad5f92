import { createHash } from 'node:crypto';
import {
  type GraphQLField,
  type GraphQLObjectType,
  getNamedType,
  getNullableType,
  isEnumType,
  isListType,
  isRequiredArgument,
} from 'graphql';
import { WebSocket } from 'ws';
import { globalId } from '../../../src/graphql/identifiers.ts';
import type { Server } from '../../../src/service/server.ts';
import { schema } from '../../setup/served.ts';

/** What comes of a request: an answer, or the status that it is refused with. */
export type Outcome = 'answered' | number;

/** What a way leads to; it decides who may go it. */
export type Sort =
  | 'public'
  | 'reads'
  | 'writes'
  | 'writes by GET'
  | 'exports a change'
  | 'is told of the server'
  | 'is told how it is answered'
  | 'asks what is not trusted';

/** What somebody shows, and where: in headers, or in the address. */
export interface Shown {
  readonly headers: Readonly<Record<string, string>>;
  readonly parameter?: string;
}

/** The servers that a way is tried on. */
export interface Place {
  readonly server: Server;
  readonly origin: string;
  /** One that answers trusted documents only. */
  readonly trusting: Server;
}

/** A way in which something is read or written: what it leads to, and what comes of it for who shows something. */
export interface Way {
  readonly name: string;
  readonly sort: Sort;
  readonly path: string;
  /** The caller's number makes what it writes its own. */
  readonly go: (place: Place, shown: Shown, caller: number) => Promise<Outcome | string>;
}

type Asked = RequestInit & { readonly path: string; readonly headers?: Readonly<Record<string, string>> };

interface Operation {
  readonly query?: string;
  readonly operationName?: string;
  readonly extensions?: object;
}

const pathIn = (address: string) => address.split('?')[0] ?? address;

function send(server: Server, { path, headers, ...init }: Asked, shown: Shown): Promise<Response> {
  const parameter = shown.parameter === undefined ? '' : `${path.includes('?') ? '&' : '?'}${shown.parameter}`;
  const address = `http://silkgraph${path}${parameter}`;
  return server.fetch(new Request(address, { ...init, headers: { ...headers, ...shown.headers } }));
}

/** What a response says; of an event stream the first event, since it may go on for ever. */
async function textOf(response: Response): Promise<string> {
  if (!response.headers.get('content-type')?.includes('text/event-stream')) return response.text();
  let text = '';
  for await (const part of response.body ?? []) {
    text += Buffer.from(part).toString();
    if (/^data: ?\{.*\n(?:id: .*\n)?\n/m.test(text)) break;
  }
  return text;
}

/** What only an answer holds. */
const revealing = /"data":\s*\{|type Query|__typename|"citations"|"slug"|^silkgraph_/m;

async function outcomeOf(response: Response): Promise<Outcome | string> {
  const text = await textOf(response);
  const { status } = response;
  if (status >= 400 && status < 500) {
    return revealing.test(text) ? `refused with ${status}, but tells: ${text.slice(0, 200)}` : status;
  }
  const isWell = status < 400 && !text.includes('"extensions":{"code"');
  return isWell ? 'answered' : `${status}: ${text.slice(0, 300)}`;
}

const statuses: Readonly<Record<string, number>> = { UNAUTHENTICATED: 401, FORBIDDEN: 403 };

/** What comes of an operation whose result does not come in a response. */
function outcomeOfResult(result: {
  readonly data?: unknown;
  readonly errors?: readonly { extensions: { code: string } }[];
}) {
  const [error] = result.errors ?? [];
  if (!error) return 'answered';
  if (result.data) return `refused, but tells: ${JSON.stringify(result.data).slice(0, 200)}`;
  return statuses[error.extensions.code] ?? JSON.stringify(error);
}

/** A way that is one request and one answer. */
const by = (sort: Sort, name: string, sent: (caller: number) => Asked, to: 'server' | 'trusting' = 'server'): Way => ({
  name,
  sort,
  path: pathIn(sent(0).path),
  go: async (place, shown, caller) => outcomeOf(await send(place[to], sent(caller), shown)),
});

/** A way over a WebSocket, that shows who asks as browsers can, in its first message, or in its headers. */
const bySocket = (
  sort: Sort,
  name: string,
  operation: (caller: number) => Operation,
  shownIn: 'first message' | 'headers' = 'first message',
): Way => ({
  name: `${name} over a WebSocket (${shownIn})`,
  sort,
  path: '/graphql',
  async go({ origin }, { headers, parameter }, caller) {
    const inHeaders = shownIn === 'headers';
    const address = `${origin.replace('http', 'ws')}/graphql${parameter === undefined ? '' : `?${parameter}`}`;
    const socket = new WebSocket(address, 'graphql-transport-ws', inHeaders ? { headers } : {});
    const send = (message: object) => socket.send(JSON.stringify(message));
    try {
      return await new Promise<Outcome | string>((resolve) => {
        socket.on('error', (error) => resolve(error.message));
        socket.on('unexpected-response', (_, { statusCode = 0 }) => resolve(statusCode));
        socket.on('close', (code) => resolve(code === 4403 ? 401 : `closed with ${code}`));
        socket.on('open', () => send({ type: 'connection_init', payload: inHeaders ? {} : headers }));
        socket.on('message', (data) => {
          const { type, payload } = JSON.parse(String(data));
          if (type === 'connection_ack') send({ id: '1', type: 'subscribe', payload: operation(caller) });
          else if (type === 'error') resolve(outcomeOfResult({ errors: payload }));
          else if (type === 'next') resolve(outcomeOfResult(payload));
        });
      });
    } finally {
      socket.on('error', () => {});
      socket.terminate();
    }
  },
});

/** A way over the one event stream that carries all operations of a client. */
const byStream = (sort: Sort, name: string, operation: (caller: number) => Operation): Way => ({
  name: `${name} in an event stream of many`,
  sort,
  path: '/graphql',
  async go({ server }, shown, caller) {
    const path = '/graphql';
    const reserved = await send(server, { path, method: 'PUT' }, shown);
    if (reserved.status !== 201) return outcomeOf(reserved);
    const headers = { 'x-graphql-event-stream-token': await reserved.text(), 'content-type': 'application/json' };
    const opened = await send(server, { path, headers: { ...headers, accept: 'text/event-stream' } }, shown);
    if (opened.status !== 200) return outcomeOf(opened);
    const body = JSON.stringify({ ...operation(caller), extensions: { operationId: 'one' } });
    const asked = await send(server, { path, method: 'POST', headers, body }, shown);
    if (asked.status !== 202) {
      await opened.body?.cancel();
      return outcomeOf(asked);
    }
    const [, event = ''] = /^data: ?(\{.*)$/m.exec(await textOf(opened)) ?? [];
    return outcomeOfResult(JSON.parse(event).payload);
  },
});

const inAddress = (query: string, parameters = '') => `/graphql?query=${encodeURIComponent(query)}${parameters}`;

const json = { 'content-type': 'application/json', accept: 'application/json' };

const post = (operation: string | Operation, headers: Readonly<Record<string, string>> = {}) => ({
  path: '/graphql',
  method: 'POST',
  headers: { ...json, ...headers },
  body: JSON.stringify(typeof operation === 'string' ? { query: operation } : operation),
});

/** Arguments of root fields that do not follow from their types. */
const argumentsOf: Readonly<Record<string, string>> = {
  'Query.country': 'code: "KE"',
  'Query.entity': 'id: "ke"',
  'Query.node': `id: "${globalId('Country', 'ke')}"`,
  'Query.nodes': `ids: ["${globalId('Country', 'ke')}"]`,
  'Query.match': 'pattern: { entities: [{ as: "area", kind: AREA }] }',
  'Query.search': 'query: "Kenya"',
  'Query.suggest': 'prefix: "Ken"',
  'Query.paths': 'from: "ke", to: "cn", maxHops: 2',
  'Query.pathsBetween': 'from: ["ke"], to: ["cn"], maxHops: 2',
  'Query.structure': 'measure: DEGREE, projection: { kinds: [PARK] }',
  'Query.diff': 'from: { revision: 1 }',
  'Query.compare': 'ids: ["ke", "cn"]',
  'Query.neighborhood': 'of: ["ke"], limit: 5',
  // The import of the seeds is the first change there is.
  'Subscription.changes': `after: "${Buffer.from('["changes",0]').toString('base64url')}"`,
};

/** Asks a root field for as little as it tells, with the arguments that it needs. */
function question(parent: string, { name, args, type }: GraphQLField<unknown, unknown>): string {
  // Groups need a key of either sort.
  const needed = args
    .filter((argument) => isRequiredArgument(argument) || argument.name === 'by')
    .map((argument) => {
      const named = getNamedType(argument.type);
      const values = isEnumType(named) ? named.getValues().map((value) => value.name) : [];
      // Not every facet of a kind is a key of its groups; sources are both.
      const one = values.includes('SOURCES') ? 'SOURCES' : (values[0] ?? '"ke"');
      return `${argument.name}: ${isListType(getNullableType(argument.type)) ? `[${one}]` : one}`;
    });
  const given = argumentsOf[`${parent}.${name}`] ?? needed.join(', ');
  const selection = 'getFields' in getNamedType(type) || 'getTypes' in getNamedType(type) ? ' { __typename }' : '';
  return `${parent.toLowerCase()} { ${name}${given && `(${given})`}${selection} }`;
}

const fieldsOf = (type: GraphQLObjectType | null | undefined) => Object.values(type?.getFields() ?? {});

export const rootFields = fieldsOf(schema.getQueryType());
export const subscriptionFields = fieldsOf(schema.getSubscriptionType());
const mutationFields = fieldsOf(schema.getMutationType());

export const written = (caller: number) => `written-by-caller-${caller}`;
const write = (caller: number) =>
  `mutation { upsertArea: upsert(input: { entity: { area: { slug: "${written(caller)}", name: "Written", definition: "By a test.", editorial: true, keyArea: false, topArea: false } } }) { errors { code } area { slug } } }`;

const count = '{ labs { totalCount } }';
const introspection = '{ __schema { types { name } } }';
const facets = '{ labs { facets(by: [STATUS]) { buckets { count } } } }';
const nested = '{ country(code: "KE") { labs { nodes { name sources { nodes { name } } } } } }';
const nothing = 'mutation { __typename }';
const explained = { 'silkgraph-explain': 'true' };
const stream = { accept: 'text/event-stream' };

/** Documents that are asked by what they are called: on one server by their hash, on the other by their id. */
export const registered = [count, nothing];
export const trusted = new Map([
  ['count', count],
  ['nothing', nothing],
]);
const named = (sha256Hash: string): Operation => ({ extensions: { persistedQuery: { version: 1, sha256Hash } } });
const hashed = (text: string) => named(createHash('sha256').update(text).digest('hex'));
const namedInAddress = ({ extensions }: Operation) =>
  `/graphql?extensions=${encodeURIComponent(JSON.stringify(extensions))}`;

/** Registers the documents, as who may ask them. */
export async function register(server: Server, shown: Shown): Promise<void> {
  for (const query of registered) {
    const response = await send(server, post({ query, ...hashed(query) }), shown);
    if (response.status !== 200) throw new Error(await response.text());
  }
}

const exported = (query: string) => ({
  path: '/export',
  method: 'POST',
  headers: json,
  body: JSON.stringify({ query, format: 'jsonl' }),
});

/** A file that a page is made of, as the page names it. */
const partOf = (page: string): Way => ({
  name: `part of ${page}`,
  sort: 'public',
  path: `${page}/assets/`,
  async go({ server }, shown) {
    const asked = { path: page, headers: { accept: 'text/html' } };
    const text = await (await send(server, asked, { headers: {} })).text();
    const file = text.match(/"([\w/]+\/assets\/[\w.-]+)"/)?.[1] ?? 'none';
    return outcomeOf(await send(server, { path: `/${file}` }, shown));
  },
});

/** The same operation in every way in which operations come. */
const everyTransport = (sort: Sort, name: string, query: (caller: number) => string): readonly Way[] => [
  by(sort, `${name} as event stream`, (caller) => post(query(caller), stream)),
  byStream(sort, name, (caller) => ({ query: query(caller) })),
  bySocket(sort, name, (caller) => ({ query: query(caller) })),
  bySocket(sort, name, (caller) => ({ query: query(caller) }), 'headers'),
];

export const ways: readonly Way[] = [
  by('public', '/health', () => ({ path: '/health' })),
  by('public', '/ready', () => ({ path: '/ready' })),
  by('public', 'playground', () => ({ path: '/graphql', headers: { accept: 'text/html' } })),
  by('public', '/', () => ({ path: '/', headers: { accept: 'text/html' } })),
  by('public', '/robots.txt', () => ({ path: '/robots.txt' })),
  by('public', '/explore', () => ({ path: '/explore' })),
  by('public', '/explore/notice.txt', () => ({ path: '/explore/notice.txt' })),
  partOf('/explore'),
  partOf('/graphql'),
  by('public', '/metrics where they are open', () => ({ path: '/metrics' }), 'trusting'),
  by('is told of the server', '/metrics', () => ({ path: '/metrics' })),
  by('is told of the server', 'HEAD of /metrics', () => ({ path: '/metrics', method: 'HEAD' })),

  by('reads', '/schema.graphql', () => ({ path: '/schema.graphql' })),
  by('reads', 'HEAD of /schema.graphql', () => ({ path: '/schema.graphql', method: 'HEAD' })),
  by('reads', '/schema.graphql as page', () => ({ path: '/schema.graphql', headers: { accept: 'text/html' } })),
  by('reads', 'query by GET', () => ({ path: inAddress(count) })),
  by('reads', 'one of two operations by GET', () => ({
    path: inAddress('query A { labs { totalCount } } mutation B { __typename }', '&operationName=A'),
  })),
  by('reads', 'introspection by GET', () => ({ path: inAddress(introspection) })),
  by('reads', 'introspection', () => post(introspection)),
  by('reads', '__type', () => post('{ __type(name: "Lab") { name } }')),
  by('reads', '__typename', () => post('{ __typename }')),
  by('reads', 'facets', () => post(facets)),
  by('reads', 'relations and sources', () => post(nested)),
  by('reads', 'filter', () => post('{ labs(filter: { name: { contains: "a" } }) { totalCount } }')),
  by('reads', '@cite', () => post('query @cite { country(code: "KE") { name } }')),
  by('reads', 'newest media type', () => post(nested, { accept: 'application/graphql-response+json' })),
  by('reads', 'query by its hash', () => post(hashed(count))),
  by('reads', 'query by its hash, by GET', () => ({ path: namedInAddress(hashed(count)) })),
  by('reads', 'trusted document', () => post(named('count')), 'trusting'),
  by('asks what is not trusted', 'document that is not trusted', () => post('{ __typename }'), 'trusting'),
  ...everyTransport('reads', 'query', () => nested),
  ...everyTransport('reads', 'introspection', () => introspection),
  ...rootFields.map((field) => by('reads', field.name, () => post(question('Query', field)))),
  ...subscriptionFields.flatMap((field) =>
    everyTransport('reads', `subscription to ${field.name}`, () => question('Subscription', field)),
  ),
  by('is told how it is answered', 'explanation', () => post(count, explained)),
  by('is told how it is answered', 'explanation by GET', () => ({ path: inAddress(count), headers: explained })),
  by('is told how it is answered', 'explanation by the body', () =>
    post({ query: count, extensions: { explain: true } }),
  ),
  bySocket('is told how it is answered', 'explanation', () => ({ query: count, extensions: { explain: true } })),

  ...['text/html', 'text/turtle', 'application/ld+json'].map((accept) => ({
    ...by('reads', `an entity as ${accept}`, () => ({ path: '/entity/ke', headers: { accept } })),
    path: '/entity/',
  })),
  ...['/terms', '/shapes', '/.well-known/void', '/context.jsonld', '/sitemap.xml', '/changes.atom'].map((path) =>
    by('reads', path, () => ({ path })),
  ),
  by('reads', 'export as a graph file', () => ({ path: '/export?format=gexf&of=ke' })),
  by('reads', 'export', () => ({ path: '/export?format=jsonl&kind=COUNTRY' })),
  by('reads', 'export of a relation', () => ({ path: '/export?format=csv&relation=HELD_IN' })),
  by('reads', 'HEAD of an export', () => ({ path: '/export?format=jsonl', method: 'HEAD' })),
  by('reads', 'export of an answer', () => exported('{ labs(first: 2) { nodes { slug } } }')),
  by('exports a change', 'export of a change', (caller) => exported(write(caller))),

  by('writes', 'mutation', (caller) => post(write(caller))),
  by('writes', 'mutation of nothing', () => post(nothing)),
  by('writes', 'mutation in the newest media type', (caller) =>
    post(write(caller), { accept: 'application/graphql-response+json' }),
  ),
  by('writes', 'mutation beside a query', (caller) =>
    post({ query: `query A { __typename } ${write(caller).replace('mutation', 'mutation B')}`, operationName: 'B' }),
  ),
  by('writes', 'mutation by its hash', () => post(hashed(nothing))),
  by('writes', 'trusted mutation', () => post(named('nothing')), 'trusting'),
  ...everyTransport('writes', 'mutation', write),
  by('writes by GET', 'mutation by GET', (caller) => ({ path: inAddress(write(caller)) })),
  by('writes by GET', 'mutation by its hash, by GET', () => ({ path: namedInAddress(hashed(nothing)) })),
];

/** Every mutation there is, asked without what it needs: who may not write is not even told of that. */
export const mutationWays: readonly Way[] = mutationFields.map(({ name, args }) => {
  const declared = args.map((argument) => `$${argument.name}: ${argument.type}`).join(', ');
  const given = args.map((argument) => `${argument.name}: $${argument.name}`).join(', ');
  return by('writes', name, () => post(`mutation (${declared}) { ${name}(${given}) { __typename } }`));
});
