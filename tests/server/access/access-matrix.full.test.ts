import { generateKeyPairSync } from 'node:crypto';
import type { Driver } from 'neo4j-driver';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { newApiKey } from '../../../src/engine/access/api-key.ts';
import { createKey, revokeKey } from '../../../src/engine/access/api-key-store.ts';
import { createAuthenticator } from '../../../src/engine/access/authenticator.ts';
import { type ReadAccess, readings } from '../../../src/engine/access/reading.ts';
import type { Role } from '../../../src/engine/access/viewer.ts';
import { openDriver } from '../../../src/engine/database/open-driver.ts';
import { createGraph, type Graph } from '../../../src/engine/graph/graph.ts';
import { keepStatistics } from '../../../src/engine/reads/statistics.ts';
import { createContext } from '../../../src/graphql/index.ts';
import type { Listening } from '../../../src/server/connections/listen.ts';
import { createServer, type ServerOptions } from '../../../src/service/server.ts';
import { forged, good, setups, sign } from '../../engine/access/tokens.ts';
import { seededGraph } from '../../setup/contents.ts';
import { ownDatabase } from '../../setup/own-database.ts';
import { served } from '../../setup/served.ts';
import {
  mutationWays,
  type Outcome,
  type Place,
  register,
  rootFields,
  type Shown,
  type Sort,
  subscriptionFields,
  trusted,
  type Way,
  ways,
  written,
} from './access-ways.ts';

/** What somebody counts as; `nobody` shows something that does not count. */
const counted = ['anonymous', 'nobody', 'reader', 'editor', 'admin'] as const;
type Counted = (typeof counted)[number];

const well = 'answered';
type Row = readonly [anonymous: Outcome, nobody: Outcome, reader: Outcome, editor: Outcome, admin: Outcome];

/** The rule: for each sort of way, who gets what where reading is open, and where it is closed. */
const rule: Readonly<Record<Sort, Readonly<Record<ReadAccess, Row>>>> = {
  //                            anonymous nobody reader editor admin
  public: { open: [well, well, well, well, well], closed: [well, well, well, well, well] },
  reads: { open: [well, 401, well, well, well], closed: [401, 401, well, well, well] },
  writes: { open: [401, 401, 403, well, well], closed: [401, 401, 403, well, well] },
  'writes by GET': { open: [405, 401, 405, 405, 405], closed: [401, 401, 405, 405, 405] },
  'exports a change': { open: [400, 401, 400, 400, 400], closed: [401, 401, 400, 400, 400] },
  'is told of the server': { open: [401, 401, well, well, well], closed: [401, 401, well, well, well] },
  'is told how it is answered': { open: [403, 401, 403, 403, well], closed: [401, 401, 403, 403, well] },
  'asks what is not trusted': { open: [403, 401, 403, 403, 403], closed: [401, 401, 403, 403, 403] },
};

const outcomeFor = (reading: ReadAccess, counts: Counted, sort: Sort) => rule[sort][reading][counted.indexOf(counts)];

/** Everybody who comes, and what they count as. */
const callers = [
  ['nothing shown', 'anonymous'],
  ['key of a reader', 'reader'],
  ['key of an editor', 'editor'],
  ['key of an admin', 'admin'],
  ['token of a reader', 'reader'],
  ['token of an editor', 'editor'],
  ['token of an admin', 'admin'],
  ['key that nobody was given', 'nobody'],
  ['revoked key of an admin', 'nobody'],
  ['expired key of an admin', 'nobody'],
  ['expired token of an admin', 'nobody'],
  ['unsigned token of an admin', 'nobody'],
  ['token of an admin that another key signed', 'nobody'],
  ['token of an admin whose role was changed', 'nobody'],
  ['token of an admin for another service', 'nobody'],
  ['word that is no key', 'nobody'],
  ['key of an admin twice', 'nobody'],
  ['key of an admin in the address', 'nobody'],
  ['token of an admin in the address', 'nobody'],
] as const satisfies readonly (readonly [string, Counted])[];

type Caller = (typeof callers)[number][0];

const address = ownDatabase();
const shown = new Map<Caller, Shown>();
const places = new Map<ReadAccess, Place>();
const listening: Listening[] = [];
let driver: Driver;
let graph: Graph;

async function giveOut(): Promise<void> {
  const { settings, signingKey } = setups.ES256;
  const now = Math.round(Date.now() / 1000);
  const key = async (role: Role, expiresAt?: number) =>
    (await createKey(graph, { name: `Caller ${role}`, role, expiresAt })).key;
  const token = (role: Role, claims: object = {}, signedBy = signingKey) =>
    sign({ role, iat: now, exp: now + 3600, ...claims }, signedBy, settings.algorithm);
  const bearer = (text: string): Shown => ({ headers: { authorization: `Bearer ${text}` } });
  const revoked = await key('admin');
  await revokeKey(graph, revoked.id);
  const admin = (await key('admin')).text;
  const changed = (await token('reader')).split('.');
  const [, claims = ''] = (await token('admin')).split('.');
  const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;

  const all: Readonly<Record<Caller, Shown>> = {
    'nothing shown': { headers: {} },
    'key of a reader': bearer((await key('reader')).text),
    'key of an editor': bearer((await key('editor')).text),
    'key of an admin': { headers: { 'x-api-key': admin } },
    'token of a reader': bearer(await token('reader')),
    'token of an editor': bearer(await token('editor')),
    'token of an admin': bearer(await token('admin')),
    'key that nobody was given': bearer(newApiKey().text),
    'revoked key of an admin': bearer(revoked.text),
    'expired key of an admin': bearer((await key('admin', Date.now() - 1)).text),
    'expired token of an admin': bearer(await token('admin', { exp: now - 3600 })),
    'unsigned token of an admin': bearer(forged({ alg: 'none' }, { ...good, role: 'admin', exp: now + 3600 })),
    'token of an admin that another key signed': bearer(await token('admin', {}, other)),
    'token of an admin whose role was changed': bearer([changed[0], claims, changed[2]].join('.')),
    'token of an admin for another service': bearer(await token('admin', { aud: 'another' })),
    'word that is no key': bearer('admin'),
    'key of an admin twice': { headers: { ...bearer(admin).headers, 'x-api-key': admin } },
    'key of an admin in the address': { headers: {}, parameter: `api_key=${admin}` },
    'token of an admin in the address': { headers: {}, parameter: `access_token=${await token('admin')}` },
  };
  for (const [caller] of callers) shown.set(caller, all[caller]);
}

const shownBy = (caller: Caller): Shown => shown.get(caller) ?? { headers: {} };

beforeAll(async () => {
  await seededGraph.write(address());
  driver = openDriver(address());
  graph = createGraph(driver, cooperation, { database: address().database });
  await giveOut();
  const statistics = keepStatistics(graph);
  for (const reading of readings) {
    const serve = (options: Partial<ServerOptions>) =>
      createServer({
        ...served,
        // Who may is asked here, not how fast: the first of each question is planned anew.
        timeout: 60_000,
        context: (given) => createContext(graph, statistics, given),
        access: { authenticator: createAuthenticator({ graph, tokens: setups.ES256.settings }), reading },
        ...options,
      });
    const server = serve({ metricsAccess: 'closed' });
    const port = await server.listen(0, '127.0.0.1');
    listening.push(port);
    await register(server, shownBy('key of an admin'));
    places.set(reading, { server, origin: port.origin, trusting: serve({ trustedDocuments: trusted }) });
  }
});
afterAll(async () => {
  for (const port of listening) await port.close(0);
  await driver.close();
});

function placeOf(reading: ReadAccess): Place {
  const place = places.get(reading);
  if (!place) throw new Error(`No server is ${reading}.`);
  return place;
}

async function expectRule(reading: ReadAccess, caller: Caller, counts: Counted, tried: readonly Way[]): Promise<void> {
  const number = callers.findIndex(([name]) => name === caller);
  const outcomes: Record<string, Outcome | string> = {};
  for (const { name, go } of tried) outcomes[name] = await go(placeOf(reading), shownBy(caller), number);
  expect(outcomes).toEqual(
    Object.fromEntries(tried.map(({ name, sort }) => [name, outcomeFor(reading, counts, sort)])),
  );
}

describe.each(readings)('a server that is %s for reading', { timeout: 120_000 }, (reading) => {
  it.each(callers)('answers and refuses as the rule says: %s (%s)', async (caller, counts) => {
    await expectRule(reading, caller, counts, ways);
  });

  it.each([
    ['nothing shown', 'anonymous'],
    ['key of a reader', 'reader'],
    ['unsigned token of an admin', 'nobody'],
  ] as const)('refuses every change there is: %s (%s)', async (caller, counts) => {
    expect(mutationWays.length).toBeGreaterThanOrEqual(10);
    await expectRule(reading, caller, counts, mutationWays);
  });

  it('keeps what not everybody may read out of caches that others read from', async () => {
    const { server } = placeOf(reading);
    for (const path of ['/graphql?query={__typename}', '/schema.graphql', '/export?format=jsonl&kind=AREA']) {
      for (const caller of ['key of a reader', 'token of an admin', 'key that nobody was given'] as const) {
        const { headers } = await server.fetch(new Request(`http://silkgraph${path}`, shownBy(caller)));
        expect(headers.get('cache-control'), `${path}, ${caller}`).toMatch(/^(?:no-store|private\b.*)$/);
      }
    }
    const asset = await server.fetch(new Request('http://silkgraph/explore', shownBy('key of a reader')));
    expect(asset.headers.get('cache-control')).not.toMatch(/private|no-store/);
  });
});

describe('the rule', () => {
  it('is tried on every root field there is, each by a name of its own', () => {
    expect(rootFields.length).toBeGreaterThan(40);
    expect(subscriptionFields.length).toBeGreaterThan(0);
    expect(new Set(ways.map(({ name }) => name)).size).toBe(ways.length);
  });

  it('is tried on every path that the server has', async () => {
    const request = new Request('http://silkgraph/nothing', shownBy('key of an admin'));
    const { paths } = await (await placeOf('open').server.fetch(request)).json();
    expect(paths.length).toBeGreaterThan(8);
    const tried = new Set(ways.map(({ path }) => path));
    expect(paths.filter((path: string) => !tried.has(path))).toEqual([]);
  });

  it('let write who may, and nobody else', async () => {
    const rows = await graph.read(
      {
        name: 'test',
        text: "MATCH (area:Area) WHERE area.id STARTS WITH 'written-by-' RETURN area.id ORDER BY area.id",
      },
      {},
    );
    const writers = callers.flatMap(([, counts], index) =>
      counts === 'editor' || counts === 'admin' ? [written(index)] : [],
    );
    expect(rows.flat()).toEqual(writers.sort());
  });
});
