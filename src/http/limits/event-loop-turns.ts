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

/** The operations of a caller that wait, and the time in ms that its turns took while others waited. */
interface Line {
  readonly waiting: (() => void)[];
  used: number;
}

/**
 * The next turn is that of the caller whose turns took least (start-time fair queueing, Goyal et al. 1996), so that one
 * with long operations does not delay the short ones of another.
 */
export function createEventLoopTurns(now: () => number = () => performance.now()): EventLoopTurns {
  const lines = new Map<string | undefined, Line>();
  /** What the caller of the last turn had used before it; one that comes anew starts here. */
  let floor = 0;
  let isTaken = false;

  function lineOf(caller: string | undefined): Line {
    const line = lines.get(caller) ?? { waiting: [], used: floor };
    lines.set(caller, line);
    return line;
  }

  function take(caller: string | undefined): void {
    isTaken = true;
    const began = now();
    setImmediate(() => {
      const used = now() - began;
      lineOf(caller).used += used;
      leaveFree(used > LONG ? FREE_TURNS : 0);
    });
  }

  function leaveFree(turns: number): void {
    if (turns > 0) setImmediate(leaveFree, turns - 1);
    else beginNext();
  }

  function beginNext(): void {
    let next: [caller: string | undefined, line: Line] | undefined;
    for (const entry of lines) {
      if (entry[1].waiting.length > 0 && (!next || entry[1].used < next[1].used)) next = entry;
    }
    isTaken = false;
    if (!next) {
      lines.clear();
      return;
    }
    const [caller, line] = next;
    floor = line.used;
    for (const [other, { waiting, used }] of lines) if (waiting.length === 0 && used <= floor) lines.delete(other);
    take(caller);
    line.waiting.shift()?.();
  }

  return {
    next(caller) {
      if (!isTaken) {
        take(caller);
        return undefined;
      }
      return new Promise((resolve) => lineOf(caller).waiting.push(resolve));
    },
  };
}

/** Lets operations begin in turns. It stands behind what gives out places, which bounds how many wait. */
export const useEventLoopTurns = (turns: EventLoopTurns = createEventLoopTurns()): Plugin => ({
  onRequestParse: ({ request }) => turns.next(callerOf(request)),
});
