import type { Plugin } from 'graphql-yoga';
import { callerOf } from '../access/caller.ts';

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

/** Callers that wait take turns, so that one with many operations delays the others by one operation each. */
export function createEventLoopTurns(now: () => number = () => performance.now()): EventLoopTurns {
  const waiting = new Map<string | undefined, (() => void)[]>();
  let isTaken = false;

  function take(): void {
    isTaken = true;
    const began = now();
    setImmediate(() => leaveFree(now() - began > LONG ? FREE_TURNS : 0));
  }

  function leaveFree(turns: number): void {
    if (turns > 0) setImmediate(leaveFree, turns - 1);
    else beginNext();
  }

  function beginNext(): void {
    isTaken = false;
    const [first] = waiting;
    if (!first) return;
    const [caller, line] = first;
    const begin = line.shift();
    waiting.delete(caller);
    if (line.length > 0) waiting.set(caller, line);
    take();
    begin?.();
  }

  return {
    next(caller) {
      if (!isTaken) {
        take();
        return undefined;
      }
      return new Promise((resolve) => {
        const line = waiting.get(caller);
        if (line) line.push(resolve);
        else waiting.set(caller, [resolve]);
      });
    },
  };
}

/** Lets operations begin in turns. It stands behind what gives out places, which bounds how many wait. */
export const useEventLoopTurns = (turns: EventLoopTurns = createEventLoopTurns()): Plugin => ({
  onRequestParse: ({ request }) => turns.next(callerOf(request)),
});
