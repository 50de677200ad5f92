import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ChangeAnswer, OperationsRefused } from '../../../src/engine/changes/answer.ts';
import { applyOperations } from '../../../src/engine/changes/apply/apply-operations.ts';
import { readChanges } from '../../../src/engine/changes/log/read-changes.ts';
import type { Operation } from '../../../src/engine/changes/operation.ts';
import type { Graph } from '../../../src/engine/graph/graph.ts';
import { runs } from '../../setup/runs.ts';
import { changedGraph, create, link, unlink } from './changed-graph.ts';
import { plainModel } from './plain-model.ts';
import { someOperations, someWorld } from './random-operations.ts';
import { replay, snapshotOf } from './replay.ts';

const own = changedGraph();

const nothing = { entities: {}, relations: {} };

/** What a request came to: its answer, or the codes of its refusal. Anything else is an error of ours. */
async function attempt(graph: Graph, operations: readonly Operation[], idempotencyKey?: string) {
  try {
    return await applyOperations(graph, { operations, author: 'writer', idempotencyKey });
  } catch (error) {
    if (error instanceof OperationsRefused) return error.faults.map(({ code }) => code);
    throw error;
  }
}

const isDone = (answer: ChangeAnswer | readonly string[]): answer is ChangeAnswer => 'answers' in answer;

/** How many of requests that are sent at the same time are done; the others must be refused as a conflict. */
async function doneOf(requests: readonly (readonly Operation[])[]): Promise<number> {
  const servers = [own.graph, own.another()];
  const answers = await Promise.all(
    requests.map((operations, index) => attempt(servers[index % 2] ?? own.graph, operations)),
  );
  for (const answer of answers) if (!isDone(answer)) expect(new Set(answer)).toEqual(new Set(['CONFLICT']));
  return answers.filter(isDone).length;
}

describe('one writer', () => {
  it('behaves like the plain model, for any operations, and logs everything', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(someOperations, { minLength: 3, maxLength: 9 }), async (requests) => {
        await own.ask('MATCH (node) DETACH DELETE node');
        const model = plainModel();
        for (const operations of [someWorld, ...requests]) {
          const answer = await attempt(own.graph, operations);
          const got = isDone(answer) ? answer.answers.map(({ outcome, revision }) => ({ outcome, revision })) : null;
          expect(got).toEqual(model.apply(operations));
        }
        const graph = await snapshotOf(own.graph);
        expect(graph).toEqual(model.snapshot());
        expect(replay(nothing, await own.log())).toEqual(graph);
      }),
      runs(60),
    );
  }, 240_000);
});

describe('writers at the same time', () => {
  it('each succeed or fail, and the log records all their changes, without gaps', async () => {
    const servers = [own.graph, own.another()];
    await own.change(someWorld);
    const requests = fc.sample(someOperations, { numRuns: 8 * 25, seed: 4 });
    const answers = await Promise.all(
      Array.from({ length: 8 }, async (_, writer) => {
        const graph = servers[writer % 2] ?? own.graph;
        const answered: (ChangeAnswer | readonly string[])[] = [];
        for (let index = writer; index < requests.length; index += 8)
          answered.push(await attempt(graph, requests[index] ?? [], index % 2 === 0 ? `key ${index}` : undefined));
        return answered;
      }),
    );
    const done = answers.flat().filter(isDone);
    const log = await own.log();
    expect(replay(nothing, log)).toEqual(await snapshotOf(own.graph));
    const told = done.flatMap(({ changes }) => changes).sort((left, right) => left.sequence - right.sequence);
    expect(log.slice(someWorld.length)).toEqual(told);
    expect(done.length).toBeGreaterThan(15);
    expect(answers.flat().length - done.length).toBeGreaterThan(20);
  }, 120_000);

  it('are seen by a reader in the order of the sequence, none left out', async () => {
    await own.change(someWorld);
    let writing = true;
    const reader = async (ids?: readonly string[]) => {
      const read: number[] = [];
      for (let after = 0; ; ) {
        const over = !writing;
        const { changes, last } = await readChanges(own.graph, { after, ids, first: 50 });
        read.push(...changes.map(({ sequence }) => sequence));
        after = last;
        if (over && changes.length === 0) return read;
      }
    };
    const writer = async (name: number) => {
      for (let batch = 1; batch <= 20; batch += 1)
        await own.change([
          { action: 'UPDATE', kind: 'Lab', slug: `l${(name % 2) + 1}`, properties: { batch: batch * 10 + name } },
          { action: 'UPDATE', kind: 'Area', slug: 'a1', properties: { notes: [`${name} ${batch}`] } },
        ]);
    };
    const reading = Promise.all([reader(), reader(['l1'])]);
    await Promise.all([0, 1, 2, 3].map(writer));
    writing = false;
    const [all, ofOne] = await reading;
    expect(all).toEqual(Array.from({ length: someWorld.length + 160 }, (_, index) => index + 1));
    const log = await own.log();
    const about = log.filter((change) => JSON.stringify(change).includes('"slug":"l1"'));
    expect(ofOne).toEqual(about.map(({ sequence }) => sequence));
  }, 60_000);

  it('create an entity once', async () => {
    expect(await doneOf(Array.from({ length: 8 }, () => [create('Area', 'crops'), create('Area', 'farming')]))).toBe(1);
  });

  it('give a relation to one target one target', async () => {
    await own.change(someWorld);
    const targets = ['ke', 'cn', 'ke', 'cn', 'ke', 'cn'];
    await doneOf(targets.map((target) => [link('BASED_IN', 'i2', target)]));
    expect(await own.ask("MATCH (:Institution {id: 'i2'})-[relation:BASED_IN]->() RETURN count(relation)")).toEqual([
      [1],
    ]);
  });

  it('keep a symmetric relation once', async () => {
    await own.change([create('Lab', 'l1'), create('Lab', 'l2')]);
    const ends = [['l1', 'l2'] as const, ['l2', 'l1'] as const];
    expect(await doneOf([...ends, ...ends].map(([from, to]) => [link('POSSIBLY_SAME_AS', from, to)]))).toBe(4);
    expect(await own.ask('MATCH (:Lab)-[relation:POSSIBLY_SAME_AS]->() RETURN count(relation)')).toEqual([[1]]);
  });

  it('close no circle together, of which each links another part', async () => {
    const areas = ['n', 'e', 's', 'w'];
    await own.change(areas.map((slug) => create('Area', slug)));
    for (let round = 0; round < 5; round += 1) {
      const around = areas.map((from, index) => [from, areas[(index + 1) % 4] ?? ''] as const);
      expect(await doneOf(around.map(([from, to]) => [link('BROADER', from, to)]))).toBe(3);
      const [held] = [await own.ask('MATCH (from:Area)-[:BROADER]->(to) RETURN from.id, to.id')];
      await own.change(held.map(([from, to]) => unlink('BROADER', String(from), String(to))));
    }
  });

  it('change an entity once of the revision that they have read', async () => {
    await own.change([create('Lab', 'l1')]);
    const update = (batch: number): Operation[] => [
      { action: 'UPDATE', kind: 'Lab', slug: 'l1', properties: { batch }, expectedRevision: 1 },
    ];
    expect(await doneOf([1, 2, 3, 4, 5, 6].map(update))).toBe(1);
  });

  it('leave no relation without the source it rests on', async () => {
    await own.change([create('Lab', 'l1'), create('Country', 'ke')]);
    for (let round = 0; round < 5; round += 1) {
      await own.change([
        { action: 'UPSERT', kind: 'Source', slug: 's1', properties: { name: 's', type: 'MEDIA', reliability: 'LOW' } },
      ]);
      const answers = await Promise.all([
        attempt(own.graph, [link('PARTNERS_WITH', 'l1', 'ke', { sources: ['s1'] })]),
        attempt(own.graph, [{ action: 'DELETE', kind: 'Source', slug: 's1' }]),
      ]);
      expect(answers.filter(isDone)).toHaveLength(1);
      await attempt(own.graph, [unlink('PARTNERS_WITH', 'l1', 'ke')]);
    }
  });
});
