import { createCache, textBytes } from '../../engine/budgets/budgeted-cache.ts';

/**
 * Lets operations begin for a short time in each turn of the event loop, one at least, so that other short work, such as a
 * health probe, is done in between, however many operations wait.
 */
export interface EventLoopTurns {
  /** Whether an operation of a caller may begin now. */
  isFree(caller?: string): boolean;
  /** Takes the turn for an operation that begins now. */
  take(caller?: string): void;
  /** Mean time that the operations of a caller take to begin, in milliseconds, at least 1. */
  meanOf(caller?: string): number;
  /** Calls back whenever an operation may begin again. Of several callbacks, each is the first in turn. */
  onFree(callback: () => void): void;
}

/** Time in milliseconds after which no other operation begins in the same turn. Those that begin together share writes to Neo4j. */
const SHORT = 1;

/** The least that an operation is taken to last, so that no number of them begins in one turn. */
const LEAST = 0.01;

/** Time in milliseconds beyond which the beginning of an operation counts as long. */
const LONG = 10;

/**
 * Number of turns of a rest, at least. Node.js accepts one connection per turn; without these, each connection that waits
 * to be accepted would wait for one more long operation.
 */
const REST_TURNS = 20;

/** Number of callers whose mean is stored; for others, the mean of all callers is used. */
const REMEMBERED = 1_000;

/** Weight of the last turn in a moving average. */
const WEIGHT = 0.2;

const closer = (from: number, to: number) => from + (to - from) * WEIGHT;

/**
 * After a long turn, callers whose turns are long rest for as long as it took: together they have half of the time at most,
 * and the operations of others, which need several turns, go on in between.
 */
export function createEventLoopTurns(now: () => number = () => performance.now()): EventLoopTurns {
  /** Mean duration of a turn in milliseconds, by caller and of all callers. */
  const means = createCache<number>('callers', { max: REMEMBERED, sizeOf: (_, caller) => textBytes(caller) });
  const callbacks: (() => void)[] = [];
  let mean = 1;
  let isTaken = false;
  /** How long operations took to begin in this turn of the event loop. */
  let taken = 0;
  let rests = 0;

  const meanOf = (caller = '') => Math.max(1, means.get(caller) ?? mean);

  function notify(): void {
    const first = callbacks.shift();
    if (!first) return;
    callbacks.push(first);
    for (const callback of [first, ...callbacks.slice(0, -1)]) callback();
  }

  function countDown(turns: number, done: () => void): void {
    setImmediate(() => (turns > 1 ? countDown(turns - 1, done) : done()));
  }

  function addToTurn(milliseconds: number): void {
    if (taken === 0) {
      countDown(1, () => {
        taken = 0;
      });
    }
    taken += Math.max(milliseconds, LEAST);
  }

  function free(): void {
    isTaken = false;
    notify();
  }

  function rest(milliseconds: number): void {
    rests += 1;
    const end = () => {
      rests -= 1;
      notify();
    };
    setTimeout(countDown, milliseconds, REST_TURNS, end);
  }

  return {
    isFree: (caller) => !isTaken && (rests === 0 || meanOf(caller) <= LONG),
    take(caller = '') {
      isTaken = true;
      const began = now();
      const measure = () => {
        const took = now() - began;
        mean = closer(mean, took);
        means.set(caller, closer(means.get(caller) ?? took, took));
        if (took > LONG) rest(took);
        addToTurn(took);
        if (taken < SHORT) free();
        else countDown(1, free);
      };
      // The operation goes on in microtasks. A tick that is asked for in one comes after all of them.
      queueMicrotask(() => process.nextTick(measure));
    },
    meanOf,
    onFree: (callback) => void callbacks.push(callback),
  };
}
