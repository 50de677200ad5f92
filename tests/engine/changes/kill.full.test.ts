import { setTimeout as sleep } from 'node:timers/promises';
import type { Driver } from 'neo4j-driver';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { createKey } from '../../../src/engine/access/api-key-store.ts';
import { type Change, isOfRecord } from '../../../src/engine/changes/change.ts';
import { lastSequence, readChanges } from '../../../src/engine/changes/log/read-changes.ts';
import { openDriver } from '../../../src/engine/database/open-driver.ts';
import { createGraph, type Graph } from '../../../src/engine/graph/graph.ts';
import { changeCursor } from '../../../src/graphql/changes/change-types.ts';
import { globalId } from '../../../src/graphql/identifiers.ts';
import { constantCase } from '../../../src/ontology/letter-case.ts';
import { seededGraph } from '../../setup/contents.ts';
import { neo4jProcess } from '../../setup/neo4j-process.ts';
import { type ServerProcess, serverProcess } from '../../setup/server-process.ts';
import { type KilledSubscriber, killedSubscriber } from './killed-subscriber.ts';
import { type MutationRequest, randomRequests, worldRequest } from './random-requests.ts';
import { replay, type Snapshot, snapshotOf } from './replay.ts';
import { type Acknowledged, createWriter, type Writer } from './writer.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 600_000 });

const REQUESTS = 1_000;
const WRITERS = 8;
const SUBSCRIBER_KILLS = 50;
/** Maximum number of changes received in one life of the subscriber. */
const LONGEST_LIFE = 22;
/** Writers wait for a subscriber who is further behind. */
const FARTHEST_BEHIND = 40;

/** Number of responses after which the database, or a server, is killed. */
const databaseKills = [120, 400, 680, 900];
const serverKills = [60, 250, 400, 550, 800];

const seed = Number(process.env.SILKGRAPH_TEST_SEED ?? Math.floor(Math.random() * 2 ** 31));

/** Numbers from 0 to 1, the same for the same seed. */
function randomNumbers(from: number): () => number {
  let state = from;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

/** The lines of its log that tell a fault of ours. */
const faultsOf = (server: ServerProcess) =>
  server
    .said()
    .match(/^.*"level":50,.*\n/gm)
    ?.join('') ?? '';

/** A change of the log as a subscriber receives it. */
function asTold(change: Change): unknown {
  const { sequence, transaction, at, author, authorId = null, reason = null } = change;
  const shared = { sequence, cursor: changeCursor(sequence), transaction, at, author, authorId, reason };
  if (!isOfRecord(change)) throw new Error('Nothing is imported here.');
  const { action, before, after } = change;
  const name = ({ kind, slug }: { kind: Parameters<typeof globalId>[0]; slug: string }) => ({
    kind: constantCase(kind),
    slug,
    entityId: globalId(kind, slug),
  });
  return change.subject === 'ENTITY'
    ? {
        __typename: 'EntityChange',
        ...shared,
        ...name(change.entity),
        ...{ action, revision: change.revision, before, after },
      }
    : {
        __typename: 'RelationChange',
        ...shared,
        ...{ action, relation: change.relation, from: name(change.from), to: name(change.to), before, after },
      };
}

describe(`two servers and a database, killed under eight writers and a subscriber (SILKGRAPH_TEST_SEED=${seed})`, () => {
  const neo4j = neo4jProcess({ authentication: false, content: seededGraph });
  const random = randomNumbers(seed);
  const answers = new Map<MutationRequest, Acknowledged>();
  const writerOf = new Map<MutationRequest, Writer>();
  let servers: readonly ServerProcess[] = [];
  let writers: readonly Writer[] = [];
  let driver: Driver;
  let graph: Graph;
  let start: number;
  let baseline: Snapshot;
  let log: readonly Change[];
  let subscriber: KilledSubscriber | undefined;
  let acknowledgedChanges = 0;
  /** Requests that were not answered yet, each time that the database was killed. */
  const underWay: number[] = [];
  let working: Promise<unknown> | undefined;
  const over = new AbortController();

  const readLog = async () => (await readChanges(graph, { after: start, first: 100_000 })).changes;
  const changesOf = ({ key }: MutationRequest) => log.filter(({ reason }) => reason === key);

  async function prepare(): Promise<KilledSubscriber> {
    const address = await neo4j.start();
    servers = await Promise.all([serverProcess(address), serverProcess(address)]);
    for (const server of servers) await server.start();
    driver = openDriver(address);
    graph = createGraph(driver, cooperation, address);
    const keys = await Promise.all(
      Array.from({ length: WRITERS }, (_, index) => createKey(graph, { name: `writer ${index}`, role: 'editor' })),
    );
    const addresses = servers.map(({ graphql }) => graphql);
    writers = keys.map(({ key }, first) =>
      createWriter({ apiKey: key.text, servers: addresses, first, random, signal: over.signal }),
    );
    start = await lastSequence(graph);
    baseline = await snapshotOf(graph);
    return killedSubscriber(addresses, changeCursor(start), () => 1 + Math.floor(random() * LONGEST_LIFE));
  }

  const pause = () => sleep(10, undefined, { signal: over.signal });

  async function write(writer: Writer, subscriber: KilledSubscriber, waiting: MutationRequest[]): Promise<void> {
    for (let request = waiting.shift(); request; request = waiting.shift()) {
      // Otherwise all would be written before the subscriber was killed a few times.
      while (acknowledgedChanges - subscriber.changes.length > FARTHEST_BEHIND) await pause();
      writerOf.set(request, writer);
      const answer = await writer.send(request).catch(async (error) => {
        // Why is in the log alone, and its line may be on its way.
        await sleep(500);
        throw new Error(`${error.message}\n${servers.map(faultsOf).join('')}`, { cause: error });
      });
      answers.set(request, answer);
      acknowledgedChanges += answer.changes.length;
    }
  }

  /** Kills after each such number of responses. */
  async function strike(points: readonly number[], kill: (index: number) => Promise<void>): Promise<void> {
    for (const [index, point] of points.entries()) {
      while (answers.size < point) await pause();
      await sleep(random() * 200);
      await kill(index);
    }
  }

  beforeAll(async () => {
    const following = await prepare();
    subscriber = following;
    for (const writer of writers.slice(0, 1)) await write(writer, following, [worldRequest()]);
    const waiting = [...randomRequests(REQUESTS, seed)];
    const work = [
      strike(databaseKills, async () => {
        underWay.push(writerOf.size - answers.size);
        await neo4j.kill();
        await neo4j.start();
      }),
      strike(serverKills, async (index) => {
        const server = servers[index % servers.length];
        await server?.kill();
        await server?.start();
      }),
      ...writers.map((writer) => write(writer, following, waiting)),
    ];
    working = Promise.allSettled(work);
    await Promise.all(work);
    log = await readLog();
    await following.end(log.length, 30_000);
  });

  afterAll(async () => {
    over.abort();
    await Promise.all([subscriber?.close(), ...servers.map((server) => server.close())]);
    await working;
    await driver?.close();
    await neo4j.close();
  });

  it('keep a log whose sequence has no gap and no duplicate', async () => {
    expect(log.map(({ sequence }) => sequence)).toEqual(log.map((_, place) => start + 1 + place));
    expect(await lastSequence(graph)).toBe(start + log.length);
  });

  it('keep a graph that equals the log replayed', async () => {
    expect(replay(baseline, log, start)).toEqual(await snapshotOf(graph));
  });

  it('have done what they acknowledged, once, and nothing else', () => {
    expect(answers.size).toBe(REQUESTS + 1);
    for (const [request, answer] of answers) {
      const changes = changesOf(request);
      const told = changes.map(({ sequence, transaction }) => ({ sequence, transaction }));
      expect({ request, changes: told }).toEqual({ request, changes: answer.changes });
      if (answer.errors.length > 0) expect({ request, changes }).toEqual({ request, changes: [] });
      expect(new Set(changes.map(({ transaction }) => transaction)).size).toBeLessThanOrEqual(1);
      for (const change of changes) {
        if (change.subject !== 'ENTITY' || answer.results || change.action === 'DELETED') continue;
        expect({ request, revision: answer.revision }).toEqual({ request, revision: change.revision });
      }
    }
    expect(log.filter(({ reason }) => ![...answers.keys()].some(({ key }) => key === reason))).toEqual([]);
  });

  it('answer each request as they did, when it is sent again', async () => {
    const again = new Map<MutationRequest, Acknowledged>();
    await Promise.all(
      writers.map(async (writer) => {
        for (const [request] of answers)
          if (writerOf.get(request) === writer) again.set(request, await writer.send(request));
      }),
    );
    for (const [request, answer] of answers)
      expect({ request, answer: again.get(request) }).toEqual({ request, answer: { ...answer, repeated: true } });
    expect(await readLog()).toEqual(log);
  });

  it('tell the subscriber exactly the log, in its order, once', () => {
    expect(subscriber?.changes).toEqual(log.map(asTold));
  });

  it('were in trouble indeed', async () => {
    expect(subscriber?.kills).toBeGreaterThanOrEqual(SUBSCRIBER_KILLS);
    expect(log.length).toBeGreaterThan(REQUESTS / 2);
    const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
    const count = (what: string) => sum(writers.map(({ unanswered }) => unanswered[what] ?? 0));
    const repeated = [...answers.values()].filter((answer) => answer.repeated).length;
    expect(count('BROKEN_OFF')).toBeGreaterThan(serverKills.length);
    // How many of these are refused depends on how soon it is back: the driver tries again for five seconds.
    expect(sum(underWay)).toBeGreaterThan(databaseKills.length);
    // No server was killed after the last time that the database was, so these still know of it.
    const metrics = await Promise.all(
      servers.map(async ({ graphql }) => (await fetch(new URL('/metrics', graphql))).text()),
    );
    const failed = /^silkgraph_statement_duration_seconds_count\{[^}]*outcome="UNAVAILABLE"[^}]*\} (\d+)$/gm;
    expect(sum([...metrics.join('\n').matchAll(failed)].map(([, count]) => Number(count)))).toBeGreaterThan(0);
    expect(repeated).toBeGreaterThan(5);
  });
});
