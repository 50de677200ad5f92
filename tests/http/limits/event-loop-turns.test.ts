import { describe, expect, it } from 'vitest';
import { createEventLoopTurns } from '../../../src/http/limits/event-loop-turns.ts';

/** Work that notes the turn of the event loop in which it began. */
function createWork(milliseconds = 1) {
  let time = 0;
  const turns = createEventLoopTurns(() => time);
  const begun: { readonly caller: string; readonly turn: number }[] = [];
  let turn = 0;
  return {
    begun,
    async work(caller: string): Promise<void> {
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
    const { work, begun, countTurns } = createWork(100);
    await countTurns(() => times(3, () => work('one')));
    const between = begun.slice(1).map(({ turn }, at) => turn - (begun[at]?.turn ?? 0));
    for (const turns of between) expect(turns).toBeGreaterThan(10);
  });

  it('are waited for by nobody while there is but one operation', () => {
    expect(createEventLoopTurns().next('one')).toBeUndefined();
  });

  it('go round between callers, so that one with many operations delays another by one', async () => {
    const { work, begun, countTurns } = createWork();
    await countTurns(() => [...times(10, () => work('many')), work('few'), work('few')]);
    expect(begun.map(({ caller }) => caller).slice(0, 5)).toEqual(['many', 'many', 'few', 'many', 'few']);
    expect(begun).toHaveLength(12);
  });

  it('are free again once nothing waits', async () => {
    const { work, begun, countTurns } = createWork();
    await countTurns(() => times(3, () => work('one')));
    await countTurns(() => [work('one')]);
    expect(begun).toHaveLength(4);
  });
});
