import { describe, expect, it } from 'vitest';
import { createEventLoopTurns } from '../../../src/http/limits/event-loop-turns.ts';

/** Work that notes the turn of the event loop in which it began. */
function createWork() {
  let time = 0;
  const turns = createEventLoopTurns(() => time);
  const begun: { readonly caller: string; readonly turn: number }[] = [];
  let turn = 0;
  return {
    begun,
    async work(caller: string, milliseconds = 1): Promise<void> {
      await turns.next(caller);
      time += milliseconds;
      begun.push({ caller, turn });
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
      isOver = true;
    },
  };
}

const times = <Value>(count: number, make: () => Value): Value[] => Array.from({ length: count }, make);

describe('turns of the event loop', () => {
  it('have one operation each', async () => {
    const { work, begun, countTurns } = createWork();
    await countTurns(() => times(5, () => work('one')));
    expect(new Set(begun.map(({ turn }) => turn)).size).toBe(5);
  });

  it('are free for others after one that took long', async () => {
    const { work, begun, countTurns } = createWork();
    await countTurns(() => times(3, () => work('one', 100)));
    const between = begun.slice(1).map(({ turn }, at) => turn - (begun[at]?.turn ?? 0));
    for (const turns of between) expect(turns).toBeGreaterThan(10);
  });

  it('are waited for by nobody while there is but one operation', () => {
    expect(createEventLoopTurns().next('one')).toBeUndefined();
  });

  it('go to the caller whose operations took least, so that long ones delay no short ones of another', async () => {
    const { work, begun, countTurns } = createWork();
    const [long, short] = [() => work('long', 100), () => work('short', 10)];
    await countTurns(() => [...times(4, long), ...times(12, short)]);
    const callers = begun.map(({ caller }) => caller);
    expect(callers.slice(0, 11)).toEqual(['long', ...times(10, () => 'short')]);
    expect(callers.filter((caller) => caller === 'long')).toHaveLength(4);
    expect(callers).toHaveLength(16);
  });

  it('are given to a caller that comes later as to those that wait already', async () => {
    const { work, begun, countTurns } = createWork();
    const later = async () => {
      await work('one', 1);
      await Promise.all(times(3, () => work('new', 50)));
    };
    await countTurns(() => [...times(6, () => work('many', 50)), later()]);
    expect(begun.map(({ caller }) => caller).slice(2, 8)).toEqual(['new', 'many', 'new', 'many', 'new', 'many']);
  });

  it('are free again once nothing waits', async () => {
    const { work, begun, countTurns } = createWork();
    await countTurns(() => times(3, () => work('one', 100)));
    await countTurns(() => [work('one')]);
    expect(begun).toHaveLength(4);
  });
});
