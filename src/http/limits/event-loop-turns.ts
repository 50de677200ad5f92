import type { Plugin } from 'graphql-yoga';
import { LRUCache } from 'lru-cache';
import { callerOf } from '../access/caller.ts';
import { disconnected } from '../bad-request.ts';

/**
 * Lets one operation begin in each turn of the event loop, so that what needs little of it, as a health probe does, is
 * done in between, however many operations wait.
 */
export interface EventLoopTurns {
  /** Waits for a turn of this caller; nothing is returned to wait for while nobody had the current one. */
  next(caller?: string): Promise<void> | undefined;
}

/** A turn that takes longer than this, in milliseconds, delays others. */
const LONG = 10;

/**
 * Turns after a long one in which no operation begins. Node.js accepts one connection per turn, so that else each of those
 * that wait to be accepted would wait for an operation of its own.
 */
const FREE_TURNS = 20;

/** Number of callers whose usual operations are remembered; a caller beyond is taken for an average one. */
const REMEMBERED = 1_000;

/** Weight of the last turn in a mean of turns. */
const WEIGHT = 0.2;

interface Waiting {
  readonly caller: string;
  readonly since: number;
  readonly begin: () => void;
}

/**
 * The next turn is that of the operation with the highest ratio of its waiting time to the time that turns of its caller
 * usually take (highest response ratio next, Brinch Hansen 1971): short operations wait only briefly for long ones of
 * others, however many these are, and a long one comes at the latest when it has waited long.
 */
export function createEventLoopTurns(now: () => number = () => performance.now()): EventLoopTurns {
  const waiting = new Set<Waiting>();
  /** In milliseconds, by caller and over all. */
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

/** Lets operations begin in turns. It is registered after what gives out places, which bounds how many wait. */
export const useEventLoopTurns = (turns: EventLoopTurns = createEventLoopTurns()): Plugin => ({
  async onRequestParse({ request }) {
    await turns.next(callerOf(request));
    if (request.signal.aborted) throw disconnected();
  },
});
