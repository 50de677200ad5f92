import { expect, it } from 'vitest';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { PAGE_CHARACTERS, readChanges } from '../../../src/engine/changes/log/read-changes.ts';
import type { Graph } from '../../../src/engine/graph/graph.ts';
import { readChangesBetween } from '../../../src/history/revisions/changes-between.ts';
import { readDifferences } from '../../../src/history/revisions/difference.ts';
import { createGraphStates } from '../../../src/history/revisions/graph-states.ts';
import { TooLarge } from '../../../src/history/revisions/read-base.ts';
import { findRevision } from '../../../src/history/revisions/revision.ts';
import { changedGraph, create } from '../../engine/changes/changed-graph.ts';

const own = changedGraph();

const named = (revision: number) => findRevision(own.graph, { revision });

/** Twelve transactions with two changes each. */
async function writeMany() {
  for (let first = 0; first < 24; first += 2)
    await own.change([create('Area', `area-${first}`), create('Area', `area-${first + 1}`)]);
}

it('a far revision is reached in steps', async () => {
  await writeMany();
  const states = createGraphStates(own.graph, { atOnce: 3 });
  const before = own.ran.length;
  expect([...(await states.at(await named(2))).entities('Area')].map(({ slug }) => slug).sort()).toEqual([
    'area-0',
    'area-1',
  ]);
  expect(own.ran.slice(before).filter(({ name }) => name === 'changes-stretch-back').length).toBe(11);
}, 120_000);

it('a far revision that does not fit beside the state read whole is refused, and blocks no other', async () => {
  await writeMany();
  for (let first = 22; first > 0; first -= 2)
    await own.change([0, 1].map((index) => ({ action: 'DELETE', kind: 'Area', slug: `area-${first + index}` })));
  const whole = createGraphStates(own.graph);
  await whole.at(await named(46));
  const states = createGraphStates(own.graph, { bytes: 4 * whole.bytes, atOnce: 2 });
  await expect(states.at(await named(24))).rejects.toBeInstanceOf(TooLarge);
  expect((await states.at(await named(44))).count('Area')).toBe(4);
}, 120_000);

it('the step of a state that nobody waits for is kept, so that the next question goes on from there', async () => {
  await writeMany();
  const leaving = new AbortController();
  let reads = 0;
  const leavingAfterOne: Graph = {
    ...own.graph,
    ontology: cooperation,
    read: async (statement, parameters, options) => {
      reads += statement.name === 'changes' ? 1 : 0;
      if (reads === 1) leaving.abort();
      return own.graph.read(statement, parameters, options);
    },
  };
  const states = createGraphStates(leavingAfterOne, { atOnce: 10 });
  const [far, nextFar] = [await named(2), await named(6)];
  await expect(states.at(far, { signal: leaving.signal })).rejects.toMatchObject({ fault: 'CANCELLED' });
  const next = await states.at(nextFar);
  expect(next.count('Area')).toBe(6);
  expect(reads).toBe(2);
}, 120_000);

it('pages of the log end early where changes are long, and together have all of them', async () => {
  await writeMany();
  const longest = PAGE_CHARACTERS / 2;
  await own.ask(
    `MATCH (change:\`_Change\`) WHERE change.sequence > 16
     SET change.after = change.after + reduce(text = ' ', _ IN range(1, 21) | text + text)`,
  );
  const page = await readChanges(own.graph, { after: 14, first: 10 });
  expect(page).toMatchObject({ last: 18, isFull: true });
  expect(page.changes.map(({ sequence }) => sequence)).toEqual([15, 16, 17, 18]);
  expect(page.characters).toBeGreaterThan(2 * longest);
  const ids = ['area-14', 'area-15', 'area-16', 'area-17', 'area-18'];
  const ofSome = await readChanges(own.graph, { after: 14, first: 10, ids });
  expect(ofSome).toMatchObject({ last: 18, isFull: true });
  const { changes } = await readChangesBetween(own.graph, 0, 24);
  expect(changes.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 24 }, (_, index) => index + 1));
  const states = createGraphStates(own.graph, { bytes: 2 * PAGE_CHARACTERS });
  expect((await states.at(await named(14))).count('Area')).toBe(14);
}, 120_000);

it('a difference that nobody waits for is given up, also in the queue', async () => {
  const read: AbortSignal[] = [];
  const hanging: Graph = {
    ontology: cooperation,
    read: (_, __, { signal } = {}) =>
      new Promise((_resolve, reject) => {
        if (!signal) throw new Error('The read cannot be stopped.');
        read.push(signal);
        signal.addEventListener('abort', () => reject(new Error('stopped')));
      }),
    write: () => Promise.reject(new Error('Nothing is written.')),
  };
  const at = (revision: number) => ({ revision, transaction: `transaction ${revision}` });
  const [first, second] = [new AbortController(), new AbortController()];
  const asked = [
    readDifferences(hanging, at(1), at(2), first.signal),
    readDifferences(hanging, at(1), at(3), second.signal),
    readDifferences(hanging, at(1), at(4)),
  ];
  second.abort();
  await expect(asked[1]).rejects.toMatchObject({ fault: 'CANCELLED' });
  expect(read.map(({ aborted }) => aborted)).toEqual([false]);
  first.abort();
  await expect(asked[0]).rejects.toMatchObject({ fault: 'CANCELLED' });
  await expect.poll(() => read.map(({ aborted }) => aborted)).toEqual([true, false]);
});
