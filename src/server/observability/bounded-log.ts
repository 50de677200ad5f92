import type { Logger } from 'pino';

/** Maximum number of lines of one type in a second; the others are counted. */
const MOST_LINES = 10;
const INTERVAL = 1_000;

/** A line of the log. */
export interface Line {
  readonly level: 'info' | 'warn';
  /** Lines of one type share a limit. */
  readonly sort: string;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly message: string;
}

/**
 * Writes a few lines of each type in a second, and at its end one that counts the others, so that no client can fill a disk
 * with them.
 */
export function createBoundedLog(log: Logger): (line: Line) => void {
  /** Number of lines of each type within this second. */
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
