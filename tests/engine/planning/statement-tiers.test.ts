import { describe, expect, it } from 'vitest';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { GraphError } from '../../../src/engine/graph/errors.ts';
import { createPlanner } from '../../../src/engine/planning/planner.ts';
import { createStatementTiers } from '../../../src/engine/planning/statement-tiers.ts';
import { readingRows } from '../../setup/graph-double.ts';

const statement = (text: string) => ({ name: 'test', text });

/** A graph that plans a statement once the test lets it. */
function plannedByHand() {
  const texts: string[] = [];
  const waiting: { done: () => void; fail: (error: Error) => void }[] = [];
  const read = readingRows(async ({ text }) => {
    texts.push(text);
    await new Promise<void>((done, fail) => void waiting.push({ done, fail }));
    return [];
  });
  return {
    texts,
    waiting,
    tiers: createStatementTiers(createPlanner({ ontology: cooperation, read, write: () => Promise.reject() })),
  };
}

/** Lets all that is under way go on as far as it can. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('a statement', () => {
  it('runs whole from the time when Neo4j has planned it, which it does when the statement comes again', async () => {
    const { tiers, texts, waiting } = plannedByHand();
    const isPlanned = () => tiers.isPlanned(statement('RETURN 1'), {}, {});
    expect(isPlanned()).toBe(false);
    await settled();
    expect(texts).toEqual([]);
    expect(isPlanned()).toBe(false);
    await settled();
    expect(texts).toEqual(['EXPLAIN RETURN 1']);
    expect(isPlanned()).toBe(false);
    waiting.shift()?.done();
    await settled();
    expect(isPlanned()).toBe(true);
    expect(texts).toHaveLength(1);
  });

  it('is planned after those that came before it, one at a time', async () => {
    const { tiers, texts, waiting } = plannedByHand();
    for (const text of ['a', 'b', 'b']) void tiers.plan(statement(text), {});
    await settled();
    expect(texts).toEqual(['EXPLAIN a']);
    waiting.shift()?.done();
    await settled();
    expect(texts).toEqual(['EXPLAIN a', 'EXPLAIN b']);
    waiting.shift()?.done();
    await settled();
    expect(texts).toHaveLength(2);
  });

  it('goes on by parts if its caller may not have it planned, or if the database cannot', async () => {
    const { tiers, texts, waiting } = plannedByHand();
    const refused = { admit: () => Promise.reject(new Error('too many new statements')) };
    await tiers.plan(statement('a'), {}, refused);
    expect(texts).toEqual([]);
    const failing = tiers.plan(statement('a'), {});
    await settled();
    waiting.shift()?.fail(new GraphError('UNAVAILABLE', 'There is no database.'));
    await failing;
    expect(tiers.isPlanned(statement('a'), {}, {})).toBe(false);
  });

  it('is not planned at all while too many wait', async () => {
    const { tiers, texts, waiting } = plannedByHand();
    const planning = Array.from({ length: 60 }, (_, index) => tiers.plan(statement(`${index}`), {}));
    await settled();
    for (let turn = 0; turn < 60; turn += 1) {
      waiting.shift()?.done();
      await settled();
    }
    await Promise.all(planning);
    expect(texts).toHaveLength(50);
  });

  it('tells the admission whether it was planned', async () => {
    const { tiers, waiting } = plannedByHand();
    const ended: boolean[] = [];
    const admit = async () => (done: boolean) => void ended.push(done);
    const planning = tiers.plan(statement('a'), {}, { admit });
    await settled();
    waiting.shift()?.done();
    await planning;
    expect(ended).toEqual([true]);
  });
});
