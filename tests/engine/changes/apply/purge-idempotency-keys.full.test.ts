import { describe, expect, it, onTestFinished } from 'vitest';
import {
  keepPurging,
  purgeIdempotencyKeys,
  retention,
} from '../../../../src/engine/changes/apply/purge-idempotency-keys.ts';
import { openDriver } from '../../../../src/engine/database/open-driver.ts';
import { explain } from '../../../setup/explain.ts';
import { changedGraph, create } from '../changed-graph.ts';

const own = changedGraph();

/** Answers and refusals of one author, each some days old. */
const store = (
  owner: string,
  requests: readonly { readonly key: string; readonly days: number; readonly refused?: true }[],
) =>
  own.ask(
    `UNWIND $requests AS stored
CREATE (request:\`_Request\` {owner: $owner, key: stored.key, at: datetime() - duration({days: stored.days})})
SET request.faults = CASE WHEN stored.refused THEN '[]' END, request.answers = CASE WHEN stored.refused THEN null ELSE '[]' END`,
    { owner, requests },
  );

const left = async () =>
  (await own.ask('MATCH (request:`_Request`) RETURN request.key ORDER BY request.key')).map(([key]) => key);

describe('answered requests', () => {
  it('are kept for as many days as is said, refusals for fewer', async () => {
    await store('key:a', [
      { key: 'answer of today', days: 0 },
      { key: 'answer of this week', days: retention.answerDays - 0.1 },
      { key: 'old answer', days: retention.answerDays + 0.1 },
      { key: 'refusal of today', days: retention.refusalDays - 0.1, refused: true },
      { key: 'old refusal', days: retention.refusalDays + 0.1, refused: true },
    ]);
    expect(await purgeIdempotencyKeys(own.graph)).toBe(2);
    expect(await left()).toEqual(['answer of this week', 'answer of today', 'refusal of today']);
  });

  it('are deleted oldest first where one author has too many, and no other author loses any', async () => {
    const some = (name: string, count: number, refused?: true) =>
      Array.from({ length: count }, (_, index) => ({
        key: `${name} ${index}`,
        days: index / 100,
        ...(refused ? { refused } : {}),
      }));
    await store('key:a', [...some('answer', 4), ...some('refusal', 3, true)]);
    await store('token:i|b', some('other', 3));
    expect(await purgeIdempotencyKeys(own.graph, { ...retention, answers: 3, refusals: 1 })).toBe(3);
    expect(await left()).toEqual(['answer 0', 'answer 1', 'answer 2', 'other 0', 'other 1', 'other 2', 'refusal 0']);
  });

  it('are deleted by several servers at once, each of them once', { timeout: 60_000 }, async () => {
    await store(
      'key:a',
      Array.from({ length: 12_000 }, (_, index) => ({ key: `${index}`, days: 8 })),
    );
    const counts = await Promise.all(
      [own.graph, own.another(), own.another()].map((graph) => purgeIdempotencyKeys(graph)),
    );
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(12_000);
    expect(await left()).toEqual([]);
  });

  it('that the last pass has seen are not read again', async () => {
    await store('key:a', [
      { key: 'new', days: 0 },
      { key: 'new too', days: 0.001 },
      { key: 'answer', days: 2 },
      { key: 'old refusal', days: 2, refused: true },
    ]);
    await store('key:b', [
      { key: 'seen', days: 0.5 },
      { key: 'seen too', days: 0.6 },
    ]);
    const hourAgo = Date.now() - 3_600_000;
    expect(await purgeIdempotencyKeys(own.graph, { ...retention, answers: 1 }, hourAgo)).toBe(2);
    expect(await left()).toEqual(['new', 'old refusal', 'seen', 'seen too']);
  });

  it('are found by indexes, however many there are', async () => {
    await store('key:a', [
      { key: 'one', days: 0 },
      { key: 'two', days: 0 },
      { key: 'three', days: 0 },
    ]);
    const before = own.ran.length;
    expect(await purgeIdempotencyKeys(own.graph, { ...retention, answers: 1 })).toBe(2);
    const statements = own.ran.slice(before).filter(({ name }) => name !== 'requests-lock');
    expect(new Set(statements.map(({ name }) => name)).size).toBe(5);
    const driver = openDriver(own.address);
    onTestFinished(() => driver.close());
    for (const statement of statements)
      expect(await explain(driver, statement), statement.text).not.toContain('NodeByLabelScan');
  });

  it('are done again once they are forgotten', async () => {
    const operations = [create('Lab', 'lab-one')];
    const request = { idempotencyKey: 'key' };
    await own.change(operations, request);
    expect((await own.change(operations, request)).repeated).toBe(true);
    await own.ask("MATCH (request:`_Request`) SET request.at = request.at - duration('P8D')");
    await purgeIdempotencyKeys(own.graph);
    expect(await own.faults(operations, request)).toEqual([expect.stringContaining('CONFLICT')]);
  });

  it('are forgotten while a server runs, and a pass that fails is reported', async () => {
    await store('key:a', [{ key: 'old', days: 8 }]);
    const reports: unknown[] = [];
    const stop = keepPurging(own.graph, { interval: 5, report: (error) => reports.push(error) });
    await expect.poll(left).toEqual([]);
    await store('key:a', [{ key: 'older', days: 9 }]);
    await expect.poll(left).toEqual([]);
    stop();
    expect(reports).toEqual([]);
    const fails = { ...own.graph, write: () => Promise.reject(new Error('no database')) };
    const stopFailing = keepPurging(fails, { interval: 5, report: (error) => reports.push(error) });
    await expect.poll(() => reports.length).toBeGreaterThan(1);
    stopFailing();
  });
});
