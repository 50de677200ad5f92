import { describe, expect, it } from 'vitest';
import { createEventLoopTurns, useEventLoopTurns } from '../../../src/http/limits/event-loop-turns.ts';

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

  it('go to short operations soon, however many callers have long ones', async () => {
    const { work, begun, countTurns } = createWork();
    await countTurns(() => [work('short', 2), work('long', 100)]);
    begun.length = 0;
    const long = (_: unknown, at: number) => work(`long ${at}`, 100);
    await countTurns(() => [...Array.from({ length: 20 }, long), ...times(5, () => work('short', 2))]);
    const callers = begun.map(({ caller }) => caller);
    expect(callers.slice(1, 7).filter((caller) => caller === 'short')).toHaveLength(5);
    expect(callers).toHaveLength(25);
  });

  it('go to a long operation once it has waited long, however many short ones come', async () => {
    const { work, begun, countTurns } = createWork();
    await countTurns(() => [work('long', 20), work('short', 2)]);
    begun.length = 0;
    let rest = 200;
    const shortAgain = async (): Promise<void> => {
      if (rest-- > 0) await work('short', 2).then(shortAgain);
    };
    await countTurns(() => [shortAgain(), shortAgain(), work('long', 20)]);
    const place = begun.findIndex(({ caller }) => caller === 'long');
    expect(place).toBeGreaterThan(0);
    expect(place).toBeLessThan(100);
  });

  it('are not given to an operation whose client has disconnected meanwhile', async () => {
    const leaving = new AbortController();
    const { onRequestParse } = useEventLoopTurns();
    const begin = (signal?: AbortSignal) => {
      const request = new Request('http://silkgraph/graphql', signal ? { signal } : {});
      return onRequestParse?.({ request } as Parameters<NonNullable<typeof onRequestParse>>[0]);
    };
    const first = begin();
    const left = begin(leaving.signal);
    leaving.abort();
    await first;
    await expect(left).rejects.toThrow('The client disconnected.');
    await begin();
  });

  it('are free again once nothing waits', async () => {
    const { work, begun, countTurns } = createWork();
    await countTurns(() => times(3, () => work('one', 100)));
    await countTurns(() => [work('one')]);
    expect(begun).toHaveLength(4);
  });
});
