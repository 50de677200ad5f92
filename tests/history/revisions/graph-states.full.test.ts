import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exportWhole } from '../../../src/doors/data/export/export-graph.ts';
import { OperationsRefused } from '../../../src/engine/changes/answer.ts';
import { applyOperations } from '../../../src/engine/changes/apply/apply-operations.ts';
import type { Graph } from '../../../src/engine/graph/graph.ts';
import type { GraphSnapshot } from '../../../src/history/memory/graph-snapshot.ts';
import { readDifferences } from '../../../src/history/revisions/difference.ts';
import { createGraphStates } from '../../../src/history/revisions/graph-states.ts';
import { findRevision } from '../../../src/history/revisions/revision.ts';
import { textOf } from '../../doors/data/exported.ts';
import { changedGraph, create } from '../../engine/changes/changed-graph.ts';
import { someOperations, someWorld } from '../../engine/changes/random-operations.ts';
import { replay, type Snapshot, snapshotOf } from '../../engine/changes/replay.ts';
import { runs } from '../../setup/runs.ts';

const own = changedGraph();

const nothing: Snapshot = { entities: {}, relations: {} };

/** The kinds and revisions of the entities of a state. */
const held = (graph: GraphSnapshot) =>
  Object.fromEntries(
    [...graph.entities('Entity')].map(({ kind, slug, form }) => [
      slug,
      { kind, revision: Number(form._revision ?? 1) },
    ]),
  );

const revisionsIn = ({ entities }: Snapshot) =>
  Object.fromEntries(Object.entries(entities).map(([slug, { kind, revision }]) => [slug, { kind, revision }]));

async function attempt(graph: Graph, operations: Parameters<typeof applyOperations>[1]['operations']) {
  try {
    await applyOperations(graph, { operations, author: 'writer' });
  } catch (error) {
    if (!(error instanceof OperationsRefused)) throw error;
  }
}

const named = (revision: number) => findRevision(own.graph, { revision });

const exportOf = (graph: Graph | GraphSnapshot) => textOf(exportWhole(graph, 'jsonl'));

describe('an earlier state', () => {
  it('is the export taken then, byte for byte, and what the log makes, whichever state is read first', async () => {
    await own.change(someWorld);
    const taken = new Map<number, string>();
    const { numRuns, seed } = runs(200);
    const requests = fc.sample(someOperations, { numRuns, seed });
    const early = createGraphStates(own.graph);
    let middle = early;
    for (const [index, operations] of requests.entries()) {
      await attempt(own.graph, operations);
      const last = (await own.log()).length;
      if (index % 3 === 0) taken.set(last, await exportOf(own.graph));
      if (index === 0) await early.at(await named(last));
      if (index === Math.floor(requests.length / 2)) {
        middle = createGraphStates(own.graph);
        await middle.at(await named(last));
      }
    }
    const log = await own.log();
    const inSteps = createGraphStates(own.graph, { atOnce: 10 });
    const late = createGraphStates(own.graph);
    await late.at(await named(log.length));
    for (const [revision, text] of taken) {
      const expected = revisionsIn(replay(nothing, log.slice(0, revision)));
      for (const states of [early, middle, inSteps, late]) {
        const state = await states.at(await named(revision));
        expect(await exportOf(state)).toBe(text);
        expect(held(state)).toEqual(expected);
      }
    }
    expect(taken.size).toBeGreaterThan(3);
  }, 240_000);

  it('is exact although several writers go on while it is read', async () => {
    await own.change(someWorld);
    const requests = fc.sample(someOperations, { numRuns: 60, seed: 7 });
    const servers = [own.graph, own.another()];
    let isReading = true;
    const writing = Promise.all(
      servers.map(async (graph, writer) => {
        for (let index = writer; isReading; index += servers.length)
          await attempt(graph, requests[index % requests.length] ?? []);
      }),
    );
    const seen: { readonly revision: number; readonly text: string }[] = [];
    try {
      while (seen.length < 8) {
        const last = (await own.log()).length;
        seen.push({ revision: last, text: await exportOf(await createGraphStates(own.graph).at(await named(last))) });
      }
    } finally {
      isReading = false;
    }
    await writing;
    const states = createGraphStates(own.graph);
    const log = await own.log();
    expect(replay(nothing, log)).toEqual(await snapshotOf(own.graph));
    for (const { revision, text } of seen) expect(await exportOf(await states.at(await named(revision)))).toBe(text);
    expect(new Set(seen.map(({ revision }) => revision)).size).toBeGreaterThan(1);
  }, 60_000);

  it('becomes the later one by the difference between them', async () => {
    await own.change(someWorld);
    for (const operations of fc.sample(someOperations, { numRuns: 40, seed: 3 })) await attempt(own.graph, operations);
    const log = await own.log();
    const ends = log.filter((one, index) => log[index + 1]?.transaction !== one.transaction).map((one) => one.sequence);
    const states = createGraphStates(own.graph);
    for (const [from, to] of fc.sample(fc.tuple(fc.constantFrom(...ends), fc.constantFrom(...ends)), {
      numRuns: 20,
      seed: 1,
    })) {
      if (from > to) continue;
      const records = new Map(
        (await exportOf(await states.at(await named(from)))).split('\n').flatMap((line) => recordIn(line)),
      );
      for (const one of await readDifferences(own.graph, await named(from), await named(to))) {
        const key =
          one.subject === 'ENTITY'
            ? `${one.entity.kind} ${one.entity.slug}`
            : `${one.relation} ${one.from.slug} ${one.to.slug}`;
        expect(records.get(key) ?? null).toEqual(one.before);
        if (one.after === null) records.delete(key);
        else records.set(key, one.after);
      }
      const later = new Map(
        (await exportOf(await states.at(await named(to)))).split('\n').flatMap((line) => recordIn(line)),
      );
      expect(Object.fromEntries(records)).toEqual(Object.fromEntries(later));
    }
  }, 60_000);

  it('is shared by those who ask for it at the same time, and forgotten when nobody asks', async () => {
    await own.change([create('Area', 'a1')]);
    await own.change([create('Area', 'a2')]);
    const states = createGraphStates(own.graph);
    const before = own.ran.length;
    const [one, other] = await Promise.all([states.at(await named(1)), states.at(await named(1))]);
    expect(one).toBe(other);
    expect(own.ran.slice(before).filter(({ name }) => name === 'state-Area')).toHaveLength(1);
    expect(states.bytes).toBeGreaterThan(0);
  });

  it('is refused where it takes more memory than it may', async () => {
    await own.change(someWorld);
    await expect(createGraphStates(own.graph, { bytes: 100 }).at(await named(1))).rejects.toThrow(
      'more than 100 bytes',
    );
  });
});

function recordIn(line: string): [string, unknown][] {
  if (line === '') return [];
  const { kind, id, ...rest } = JSON.parse(line);
  if (kind !== undefined) return [[`${kind} ${id}`, rest]];
  const { type, from, to, ...state } = rest;
  return [[`${type} ${from} ${to}`, state]];
}
