import type { Plugin } from 'graphql-yoga';
import { LRUCache } from 'lru-cache';
import { callerOf } from '../access/caller.ts';
import { disconnected } from '../bad-request.ts';

/**
 * Lets one operation begin in each turn of the event loop, so that short work, such as a health probe, is done in between,
 * however many operations wait.
 */
export interface EventLoopTurns {
  /** Waits for a turn; `undefined` if the current one is free. */
  next(caller?: string): Promise<void> | undefined;
}

/** Duration in milliseconds beyond which a turn counts as long. */
const LONG = 10;

/**
 * Number of turns after a long one in which no operation begins. Node.js accepts one connection per turn; without these,
 * each connection that waits to be accepted would wait for one more operation.
 */
const FREE_TURNS = 20;

/** Number of callers whose mean is stored; for others, the mean of all callers is used. */
const REMEMBERED = 1_000;

/** Weight of the last turn in a moving average. */
const WEIGHT = 0.2;

interface Waiting {
  readonly caller: string;
  readonly since: number;
  readonly begin: () => void;
}

/**
 * The next turn goes to the operation with the highest ratio of waiting time to the mean duration of its caller's turns
 * (highest response ratio next, Brinch Hansen 1971): short operations overtake long ones of other callers, however many
 * there are, and a long operation is not overtaken for ever.
 */
export function createEventLoopTurns(now: () => number = () => performance.now()): EventLoopTurns {
  const waiting = new Set<Waiting>();
  /** Mean duration of a turn in milliseconds, by caller and of all callers. */
  const means = new LRUCache<string, number>({ max: REMEMBERED });
  let mean = 1;
  let isTaken = false;

  const closer = (from: number, to: number) => from + (to - from) * WEIGHT;

  function take(caller: string): void {
    isTaken = true;
    const began = now();
    setImmediate(() => {
      const took = now() - began;
      mean = closer(mean, took);
      means.set(caller, closer(means.get(caller) ?? took, took));
      leaveFree(took > LONG ? FREE_TURNS : 0);
    });
  }

  function leaveFree(turns: number): void {
    if (turns > 0) setImmediate(leaveFree, turns - 1);
    else beginNext();
  }

  function beginNext(): void {
    const time = now();
    let next: Waiting | undefined;
    let highest = -1;
    for (const one of waiting) {
      const ratio = (time - one.since) / Math.max(1, means.get(one.caller) ?? mean);
      if (ratio > highest) [next, highest] = [one, ratio];
    }
    isTaken = false;
    if (!next) return;
    waiting.delete(next);
    take(next.caller);
    next.begin();
  }

  return {
    next(caller = '') {
      if (!isTaken) {
        take(caller);
        return undefined;
      }
      return new Promise((begin) => waiting.add({ caller, since: now(), begin }));
    },
  };
}

/** Lets operations begin in turns. Registered after the plugin that limits the operations in flight, and so the queue. */
export const useEventLoopTurns = (turns: EventLoopTurns = createEventLoopTurns()): Plugin => ({
  async onRequestParse({ request }) {
    await turns.next(callerOf(request));
    if (request.signal.aborted) throw disconnected();
  },
});
