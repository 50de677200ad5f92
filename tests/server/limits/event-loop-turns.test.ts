import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createAdmissionQueue } from '../../../src/server/limits/admission-queue.ts';
import { createEventLoopTurns } from '../../../src/server/limits/event-loop-turns.ts';

/** Operations with a clock of their own, which note the turn of the event loop in which they begin. */
function createWork() {
  let time = 0;
  const turns = createEventLoopTurns(() => time);
  const queue = createAdmissionQueue({ places: 100, capacity: 100, timeout: 10_000, turns });
  const begun: { readonly caller: string; readonly turn: number }[] = [];
  let turn = 0;
  return {
    turns,
    begun,
    async work(caller: string, milliseconds = 1): Promise<void> {
      await queue.enter(undefined, caller);
      time += milliseconds;
      begun.push({ caller, turn });
      queue.leave(caller);
    },
    /** Counts turns until all of the work has begun. */
    async countTurns(begin: () => readonly Promise<void>[]): Promise<void> {
      let isOver = false;
      const count = () => {
        turn += 1;
        if (!isOver) setImmediate(count);
      };
      setImmediate(count);
      await Promise.all(begin());
      // The last one is measured after its microtasks.
      await new Promise(setImmediate);
      isOver = true;
    },
    /** Waits until an operation of a caller may begin. */
    async untilFree(caller: string): Promise<void> {
      while (!turns.isFree(caller)) await new Promise<void>((resolve) => turns.onFree(resolve));
    },
  };
}

const times = <Value>(count: number, make: () => Value): Value[] => Array.from({ length: count }, make);

describe('turns of the event loop', () => {
  it('have one operation each that takes a millisecond to begin', async () => {
    const { work, begun, countTurns } = createWork();
    await countTurns(() => times(5, () => work('one')));
    expect(new Set(begun.map(({ turn }) => turn)).size).toBe(5);
  });

  it('have shorter ones together until these took a millisecond', async () => {
    const { work, begun, countTurns } = createWork();
    await countTurns(() => times(12, () => work('one', 0.3)));
    const perTurn = new Map<number, number>();
    for (const { turn } of begun) perTurn.set(turn, (perTurn.get(turn) ?? 0) + 1);
    expect([...perTurn.values()]).toEqual([4, 4, 4]);
  });

  it('are free for others for as long as a long one took', async () => {
    const { work, begun, countTurns } = createWork();
    const start = performance.now();
    await countTurns(() => times(3, () => work('one', 60)));
    expect(performance.now() - start).toBeGreaterThanOrEqual(2 * 60 - 2);
    const between = begun.slice(1).map(({ turn }, at) => turn - (begun[at]?.turn ?? 0));
    for (const passed of between) expect(passed).toBeGreaterThan(20);
  });

  it('are waited for by nobody while there is but one operation', () => {
    const { turns } = createWork();
    expect(turns.isFree('one')).toBe(true);
  });

  it('go to callers whose operations are short while those with long ones rest', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const { work, turns, countTurns, untilFree } = createWork();
    await countTurns(() => [work('short', 2)]);
    await countTurns(() => [work('long', 500)]);
    await untilFree('short');
    vi.advanceTimersByTime(499);
    expect(turns.isFree('long')).toBe(false);
    vi.advanceTimersByTime(1);
    await untilFree('long');
  });

  it('count for a caller only what happens before the event loop goes on', async () => {
    const { work, turns, countTurns } = createWork();
    await countTurns(() => [work('short', 2), work('long', 500)]);
    expect(turns.meanOf('short')).toBe(2);
    expect(turns.meanOf('long')).toBe(500);
  });

  it('are measured without what other callers do in the same turn', async () => {
    let time = 0;
    const turns = createEventLoopTurns(() => time);
    setImmediate(() => {
      time += 100;
    });
    turns.take('one');
    time += 2;
    await new Promise(setImmediate);
    expect(turns.meanOf('one')).toBe(2);
  });

  it('go to short operations soon, however many callers have long ones', async () => {
    // All have waited for the same time.
    vi.useFakeTimers({ toFake: ['performance'] });
    onTestFinished(() => void vi.useRealTimers());
    const { work, begun, countTurns } = createWork();
    await countTurns(() => [work('short', 2), work('long', 20)]);
    begun.length = 0;
    const long = (_: unknown, at: number) => work(`long ${at}`, 20);
    await countTurns(() => [...Array.from({ length: 20 }, long), ...times(5, () => work('short', 2))]);
    const callers = begun.map(({ caller }) => caller);
    expect(callers.slice(0, 7).filter((caller) => caller === 'short')).toHaveLength(5);
    expect(callers).toHaveLength(25);
  });

  it('go to a long operation once it has rested and waited, however many short ones come', async () => {
    const { work, begun, countTurns } = createWork();
    await countTurns(() => [work('long', 20), work('short', 2)]);
    begun.length = 0;
    let isOver = false;
    const shortAgain = async (): Promise<void> => {
      if (!isOver) await work('short', 2).then(shortAgain);
    };
    const long = work('long', 20).then(() => {
      isOver = true;
    });
    await countTurns(() => [shortAgain(), shortAgain(), long]);
    expect(begun.filter(({ caller }) => caller === 'long')).toHaveLength(1);
    expect(begun.length).toBeGreaterThan(2);
  });

  it('go to two queues by turns', async () => {
    const turns = createEventLoopTurns();
    const order: string[] = [];
    const waiting = ['one', 'other'].flatMap((name) => {
      const queue = createAdmissionQueue({ places: 10, capacity: 10, timeout: 10_000, turns });
      turns.take();
      return times(4, () => queue.enter()?.then(() => order.push(name)));
    });
    await Promise.all(waiting);
    expect(order.filter((name, at) => name === order[at + 1])).toEqual([]);
  });

  it('are free again once nothing waits', async () => {
    const { work, begun, countTurns } = createWork();
    await countTurns(() => times(3, () => work('one', 30)));
    await countTurns(() => [work('one')]);
    expect(begun).toHaveLength(4);
  });
});
