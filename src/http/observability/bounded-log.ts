import type { Logger } from 'pino';

/** Lines of one sort that are written within a second; the others are counted. */
const MOST_LINES = 10;
const INTERVAL = 1_000;

/** One line of a sort: what happened, and to whom. */
export interface Line {
  readonly level: 'info' | 'warn';
  /** Lines of one sort share a bound. */
  readonly sort: string;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly message: string;
}

/**
 * Writes a few lines of each sort in a second, and for all others one at its end that says how many they were: whoever
 * causes them cannot fill a disk with them.
 */
export function createBoundedLog(log: Logger): (line: Line) => void {
  /** Number of lines of each sort within this second. */
  const counts = new Map<string, number>();

  function summarize({ level, sort, message }: Line): void {
    const suppressed = (counts.get(sort) ?? 0) - MOST_LINES;
    counts.delete(sort);
    if (suppressed > 0) log[level]({ suppressed }, `${message} ${suppressed} more like this in the last second.`);
  }

  return (line) => {
    const { level, sort, facts, message } = line;
    const count = (counts.get(sort) ?? 0) + 1;
    counts.set(sort, count);
    if (count === 1) setTimeout(summarize, INTERVAL, line).unref();
    if (count <= MOST_LINES) log[level](facts, message);
  };
}
