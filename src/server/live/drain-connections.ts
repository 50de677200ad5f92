import { setTimeout } from 'node:timers/promises';

interface Ending<One> {
  /** Whether all its operations have ended. */
  readonly isSettled: (one: One) => boolean;
  readonly end: (one: One) => void;
}

/** Polling interval in milliseconds. */
const INTERVAL = 10;

/** Ends each of some connections once all its operations have ended, and after `grace` milliseconds in any case. */
export async function drainConnections<One>(
  all: Iterable<One>,
  { isSettled, end }: Ending<One>,
  grace: number,
): Promise<void> {
  const left = new Set(all);
  const last = performance.now() + grace;
  while (left.size > 0) {
    const isLate = performance.now() >= last;
    for (const one of left) {
      if (!isLate && !isSettled(one)) continue;
      left.delete(one);
      end(one);
    }
    if (left.size > 0) await setTimeout(INTERVAL);
  }
}
