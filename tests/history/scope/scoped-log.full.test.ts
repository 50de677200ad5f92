import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { OperationsRefused } from '../../../src/engine/changes/answer.ts';
import { type Change, isOfRecord } from '../../../src/engine/changes/change.ts';
import type { Operation } from '../../../src/engine/changes/operation.ts';
import { usuallyWalked } from '../../../src/graphql/arguments/walk-arguments.ts';
import { readLatestScoped } from '../../../src/history/scope/scoped-log.ts';
import { changedGraph, link, unlink } from '../../engine/changes/changed-graph.ts';
import { someOperations, someWorld } from '../../engine/changes/random-operations.ts';
import { replay, type Snapshot } from '../../engine/changes/replay.ts';
import { runs } from '../../setup/runs.ts';
import { follow, scope, scopedLogOf, sequences } from './follow-scope.ts';

const own = changedGraph();

const nothing: Snapshot = { entities: {}, relations: {} };

const relationsOf = ({ relations }: Snapshot) =>
  Object.keys(relations).map((key) => key.split(' ') as [string, string, string]);

const nameZhOf = ({ entities }: Snapshot, slug: string) => entities[slug]?.state.nameZh;

/** What each question finds in a state, by plain loops over records: sets of slugs. */
const questions: readonly {
  readonly text: string;
  readonly find: (state: Snapshot) => readonly (readonly string[])[];
}[] = [
  {
    text: 'filter: { area: { nameZh: { eq: "É" } } }',
    find: (state) =>
      Object.entries(state.entities).flatMap(([slug, { kind }]) =>
        kind === 'Area' && nameZhOf(state, slug) === 'É' ? [[slug]] : [],
      ),
  },
  {
    text: 'filter: { lab: { institutions: { some: { nameZh: { eq: "b" } } } } }',
    find: (state) =>
      [
        ...new Set(
          relationsOf(state).flatMap(([type, from, to]) =>
            type === 'HOSTED_BY' && nameZhOf(state, to) === 'b' ? [from] : [],
          ),
        ),
      ].map((slug) => [slug]),
  },
  {
    text: 'around: ["ke"], depth: 2',
    find: (state) => {
      const walked = new Set(usuallyWalked(cooperation));
      let reached = new Set(['ke']);
      for (let hop = 0; hop < 2; hop += 1) {
        const next = new Set(reached);
        for (const [type, from, to] of relationsOf(state)) {
          if (!walked.has(type)) continue;
          if (reached.has(from)) next.add(to);
          if (reached.has(to)) next.add(from);
        }
        reached = next;
      }
      return [...reached].map((slug) => [slug]);
    },
  },
  {
    text: `match: {
      entities: [{ as: "lab", kind: LAB }, { as: "host" }, { as: "unit" }]
      relations: [
        { from: "lab", to: "host", relation: HOSTED_BY }
        { from: "unit", to: "host", relation: UNIT_OF, negated: true }
      ]
    }`,
    find: (state) => {
      const all = relationsOf(state);
      return all.flatMap(([type, lab, host]) =>
        type === 'HOSTED_BY' && !all.some(([other, , to]) => other === 'UNIT_OF' && to === host) ? [[lab, host]] : [],
      );
    },
  },
];

const namesOf = (change: Change) => {
  if (!isOfRecord(change)) return [];
  return change.subject === 'ENTITY' ? [change.entity.slug] : [change.from.slug, change.to.slug];
};

async function attempt(operations: readonly Operation[]): Promise<void> {
  try {
    await own.change(operations);
  } catch (error) {
    if (!(error instanceof OperationsRefused)) throw error;
  }
}

/** Operations that mostly succeed and often change what is found, between others. */
const lively: fc.Arbitrary<readonly Operation[]> = fc.oneof(
  { weight: 1, arbitrary: someOperations },
  {
    weight: 2,
    arbitrary: fc.tuple(
      fc
        .record({
          entity: fc.constantFrom(
            ['Area', 'a1'] as const,
            ['Institution', 'i1'] as const,
            ['Institution', 'i2'] as const,
          ),
          nameZh: fc.constantFrom('É', 'b', null),
        })
        .map(
          ({ entity: [kind, slug], nameZh }): Operation => ({ action: 'UPDATE', kind, slug, properties: { nameZh } }),
        ),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(
      fc
        .record({
          act: fc.constantFrom(link, unlink),
          ends: fc.constantFrom(
            ['HOSTED_BY', 'l1', 'i1'] as const,
            ['HOSTED_BY', 'l2', 'i2'] as const,
            ['UNIT_OF', 'i2', 'i1'] as const,
            ['BASED_IN', 'i1', 'ke'] as const,
          ),
        })
        .map(({ act, ends: [relation, from, to] }) => act(relation, from, to)),
    ),
  },
);

describe('the log of a scope', () => {
  it('has all that names what is found, and what makes it differ', async () => {
    await own.change(someWorld);
    const { numRuns, seed } = runs(300, 40);
    for (const operations of fc.sample(lively, { numRuns, seed })) await attempt(operations);
    const log = await own.log();
    for (const { text, find } of questions) {
      const wanted = scope(text);
      const found = await follow(scopedLogOf(own.graph), wanted);
      const delivered = new Set(sequences(found));
      let state = nothing;
      let differences = 0;
      for (let start = 0; start < log.length; ) {
        const end = log.findLastIndex(({ transaction }) => transaction === log[start]?.transaction) + 1;
        const transaction = log.slice(start, end);
        const next = replay(nothing, log.slice(0, end));
        const [was, is] = [find(state), find(next)].map((rows) => new Set(rows.map((row) => row.join(' ')))) as [
          Set<string>,
          Set<string>,
        ];
        const slugs = new Set([...was, ...is].flatMap((row) => row.split(' ')));
        const differs = [...was, ...is].some((row) => was.has(row) !== is.has(row));
        const seen = transaction.filter(({ sequence }) => delivered.has(sequence));
        const naming = transaction.filter((change) => namesOf(change).some((slug) => slugs.has(slug)));
        const where = { text, transaction: sequences(transaction) };
        expect({ ...where, seen: sequences(seen) }).toEqual({
          ...where,
          seen: expect.arrayContaining(sequences(naming)),
        });
        if (differs) {
          differences += 1;
          expect({ ...where, seen: seen.length > 0 }).toEqual({ ...where, seen: true });
        } else expect({ ...where, seen: sequences(seen) }).toEqual({ ...where, seen: sequences(naming) });
        [state, start] = [next, end];
      }
      expect({ text, differences }).toEqual({ text, differences: expect.toSatisfy((count: number) => count > 1) });
      expect(found.length).toBeLessThan(log.length);
      // From any cursor on, in pages of any size, and backwards, it is the same.
      for (const [after, first] of [
        [0, 1],
        [7, 3],
        [Math.floor(log.length / 2), 2],
      ] as const) {
        expect(sequences(await follow(scopedLogOf(own.graph), wanted, after, first))).toEqual(
          sequences(found).filter((sequence) => sequence > after),
        );
      }
      const reader = scopedLogOf(own.graph);
      const backwards: Change[] = [];
      for (let before: number | undefined; before === undefined || before > 1; ) {
        const page = await readLatestScoped(reader, { scope: wanted, before, first: 5 });
        backwards.push(...page.changes);
        before = page.since;
      }
      expect(sequences(backwards)).toEqual(sequences(found).reverse());
    }
  }, 120_000);
});
