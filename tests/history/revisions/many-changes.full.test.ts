import fc from 'fast-check';
import type { Driver } from 'neo4j-driver';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { exportWhole } from '../../../src/doors/data/export/export-graph.ts';
import { createKey } from '../../../src/engine/access/api-key-store.ts';
import { storedEntity, storedRelation } from '../../../src/engine/changes/apply/stored-form.ts';
import type { Change } from '../../../src/engine/changes/change.ts';
import { lastSequence } from '../../../src/engine/changes/log/read-changes.ts';
import { openDriver } from '../../../src/engine/database/open-driver.ts';
import { createGraph, type Graph } from '../../../src/engine/graph/graph.ts';
import { type GraphSnapshot, WholeGraph } from '../../../src/history/memory/graph-snapshot.ts';
import { readChangesBetween } from '../../../src/history/revisions/changes-between.ts';
import { readDifferences } from '../../../src/history/revisions/difference.ts';
import { createGraphStates } from '../../../src/history/revisions/graph-states.ts';
import { snapshotForm } from '../../../src/history/revisions/read-base.ts';
import { findRevision } from '../../../src/history/revisions/revision.ts';
import type { Kind, RelationType } from '../../../src/ontology/vocabulary.ts';
import { textOf } from '../../doors/data/exported.ts';
import { randomRequests, worldRequest } from '../../engine/changes/random-requests.ts';
import { replay, type Snapshot, snapshotOf } from '../../engine/changes/replay.ts';
import { createWriter, type Writer } from '../../engine/changes/writer.ts';
import { seededGraph } from '../../setup/contents.ts';
import { neo4jProcess } from '../../setup/neo4j-process.ts';
import { type ServerProcess, serverProcess } from '../../setup/server-process.ts';

vi.setConfig({ testTimeout: 3_600_000, hookTimeout: 3_600_000 });

/** Set it to 10000 for the figures of `docs/design/history.md`. */
const CHANGES = Number(process.env.SILKGRAPH_TEST_CHANGES ?? 400);
const REVISIONS = Math.min(200, Math.floor(CHANGES / 20));
const EXPORTS = Math.min(20, Math.floor(REVISIONS / 2));
const DIFFERENCES = Math.floor(REVISIONS / 2);
const WRITERS = 4;
// One starts sooner than two.
const SERVERS = CHANGES > 1_000 ? 2 : 1;
const SERVER_KILLS = SERVERS + 1;

const seed = 20_261_128;

const exportOf = (graph: Graph | GraphSnapshot) => textOf(exportWhole(graph, 'jsonl'));

/** Records as the product holds a state, put together without its log. */
function heldOf({ entities, relations }: Snapshot): WholeGraph {
  const held = new WholeGraph(cooperation);
  for (const [slug, { kind, state }] of Object.entries(entities))
    held.put({ kind, slug, form: snapshotForm(storedEntity(cooperation, kind, { ...state, id: slug })) });
  for (const [key, state] of Object.entries(relations)) {
    const [type, from, to] = key.split(' ') as [RelationType, string, string];
    held.putRelation({ type, from, to, form: snapshotForm(storedRelation(cooperation, type, state)) });
  }
  return held;
}

const revisionsOf = (graph: GraphSnapshot): Record<string, number> =>
  Object.fromEntries([...graph.entities('Entity')].map(({ slug, form }) => [slug, Number(form._revision ?? 1)]));

/** The records of a snapshot by kind or type, to compare. */
const recordsOf = ({ entities, relations }: Snapshot): ReadonlyMap<string, unknown> =>
  new Map<string, unknown>([
    ...Object.entries(entities).map(([slug, { kind, state }]) => [`${kind} ${slug}`, state] as const),
    ...Object.entries(relations),
  ]);

describe(`${CHANGES} changes by ${WRITERS} writers, with servers killed between`, () => {
  const neo4j = neo4jProcess({ authentication: false, content: seededGraph });
  const over = new AbortController();
  const taken = new Map<number, string>();
  let servers: readonly ServerProcess[] = [];
  let driver: Driver;
  let graph: Graph;
  let start: number;
  let baseline: Snapshot;
  let log: readonly Change[];
  /** Revisions at random, those of the exports among them, with the graph that the log makes of the baseline. */
  const chosen = new Map<number, Snapshot>();
  const times: Record<string, number> = {};

  const measure = async <Answer>(name: string, work: () => Promise<Answer>): Promise<Answer> => {
    const begun = performance.now();
    const answer = await work();
    times[name] = (times[name] ?? 0) + performance.now() - begun;
    return answer;
  };

  /** Sends requests until the log has grown by a number of changes. */
  async function writeUntil(
    end: number,
    writers: readonly Writer[],
    waiting: ReturnType<typeof randomRequests>[number][],
  ) {
    let isEnough = false;
    await Promise.all(
      writers.map(async (writer, index) => {
        for (let request = waiting.shift(); request && !isEnough; request = waiting.shift()) {
          await writer.send(request);
          if (index === 0) isEnough = (await lastSequence(graph)) >= end;
        }
      }),
    );
  }

  beforeAll(async () => {
    const address = await neo4j.start();
    servers = await Promise.all(Array.from({ length: SERVERS }, () => serverProcess(address)));
    for (const server of servers) await server.start();
    driver = openDriver(address);
    graph = createGraph(driver, cooperation, address);
    const keys = await Promise.all(
      Array.from({ length: WRITERS }, (_, index) => createKey(graph, { name: `writer ${index}`, role: 'editor' })),
    );
    const random = () => 0.5;
    const writers = keys.map(({ key }, first) =>
      createWriter({
        apiKey: key.text,
        servers: servers.map(({ graphql }) => graphql),
        first,
        random,
        signal: over.signal,
      }),
    );
    start = await lastSequence(graph);
    baseline = await snapshotOf(graph);
    for (const writer of writers.slice(0, 1)) await writer.send(worldRequest());
    const waiting = [...randomRequests(3 * CHANGES, seed)];
    const killAfter = Array.from({ length: SERVER_KILLS }, (_, index) =>
      Math.floor(((index + 1) * EXPORTS) / (SERVER_KILLS + 1)),
    );
    await measure('writing', async () => {
      for (let taking = 1; taking <= EXPORTS; taking += 1) {
        const before = await lastSequence(graph);
        const writing = writeUntil(start + Math.floor((taking * CHANGES) / EXPORTS), writers, waiting);
        if (killAfter.includes(taking)) {
          const server = servers[taking % servers.length];
          // In the middle of it: some of its changes are there, and others are not.
          await vi.waitUntil(async () => (await lastSequence(graph)) > before, { timeout: 60_000 });
          await server?.kill();
          await server?.start();
        }
        await writing;
        taken.set(await lastSequence(graph), await exportOf(graph));
      }
    });
    log = (await readChangesBetween(graph, start, await lastSequence(graph))).changes;
    const ends = log.filter((one, place) => log[place + 1]?.transaction !== one.transaction).map((one) => one.sequence);
    const wanted = new Set([...taken.keys(), ...fc.sample(fc.constantFrom(...ends), { numRuns: 3 * REVISIONS, seed })]);
    const revisions = new Set([...wanted].slice(0, REVISIONS));
    replay(baseline, log, start, (sequence, snapshot) => {
      if (revisions.has(sequence)) chosen.set(sequence, snapshot());
    });
  });

  afterAll(async () => {
    over.abort();
    await Promise.all(servers.map((server) => server.close()));
    await driver?.close();
    await neo4j.close();
    if (process.env.SILKGRAPH_TEST_CHANGES) console.log(log.length, chosen.size, taken.size, times);
  });

  it('are in the log, which makes the graph of today', async () => {
    expect(log.length).toBeGreaterThanOrEqual(CHANGES);
    expect(replay(baseline, log, start)).toEqual(await snapshotOf(graph));
  });

  it('lead to each earlier state: that of the log replayed, and of the export taken then, byte for byte', async () => {
    const states = createGraphStates(graph);
    expect(chosen.size).toBe(REVISIONS);
    for (const [revision, snapshot] of chosen) {
      const state = await measure('states', async () => states.at(await findRevision(graph, { revision })));
      const text = await exportOf(state);
      expect(text === (await exportOf(heldOf(snapshot))), `revision ${revision} as replayed`).toBe(true);
      const then = taken.get(revision);
      if (then !== undefined) expect(text === then, `revision ${revision} as exported`).toBe(true);
      const revisions = Object.entries(snapshot.entities).map(([slug, one]) => [slug, one.revision]);
      expect(revisionsOf(state)).toEqual(Object.fromEntries(revisions));
    }
    expect([...taken.keys()].filter((revision) => chosen.has(revision))).toHaveLength(EXPORTS);
  });

  it('differ so that the older state with the difference is the newer', async () => {
    const revisions = [...chosen.keys()].sort((left, right) => left - right);
    const pairs = fc.sample(fc.tuple(fc.constantFrom(...revisions), fc.constantFrom(...revisions)), {
      numRuns: DIFFERENCES,
      seed,
    });
    for (const pair of pairs) {
      const [from, to] = [...pair].sort((left, right) => left - right) as [number, number];
      const records = new Map(recordsOf(chosen.get(from) as Snapshot));
      const [earlier, later] = [
        await findRevision(graph, { revision: from }),
        await findRevision(graph, { revision: to }),
      ];
      for (const one of await measure('differences', () => readDifferences(graph, earlier, later))) {
        const key =
          one.subject === 'ENTITY'
            ? `${one.entity.kind satisfies Kind} ${one.entity.slug}`
            : `${one.relation} ${one.from.slug} ${one.to.slug}`;
        expect(records.get(key) ?? null).toEqual(one.before);
        if (one.after === null) records.delete(key);
        else records.set(key, one.after);
      }
      expect(Object.fromEntries(records)).toEqual(Object.fromEntries(recordsOf(chosen.get(to) as Snapshot)));
    }
  });

  it('are answered by a server that was killed and started again', async () => {
    const [server] = servers;
    await server?.kill();
    await server?.start();
    for (const [revision, { entities }] of [...chosen].slice(0, 5)) {
      const response = await fetch(server?.graphql ?? '', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          query: `query @asOf(revision: ${revision}) { areas { totalCount } institutions { totalCount } }`,
        }),
      });
      const count = (kind: Kind) => Object.values(entities).filter((one) => one.kind === kind).length;
      expect((await response.json()).data).toEqual({
        areas: { totalCount: count('Area') },
        institutions: { totalCount: count('Institution') },
      });
    }
  });
});
