export interface TurnOptions {
  /** Maximum number of concurrent tasks. */
  readonly atOnce: number;
  /** Maximum number of waiting tasks. @default no maximum */
  readonly mostWaiting?: number;
  /** The error if the queue is full. */
  readonly refusal?: () => Error;
}

/**
 * Queue with limited concurrency, first in, first out. What is urgent is never refused, and comes before all that waits: who
 * asks for it bounds it.
 */
export function createTurns({
  atOnce,
  mostWaiting = Number.POSITIVE_INFINITY,
  refusal = () => new Error('Too many tasks wait.'),
}: TurnOptions) {
  const waiting: (() => void)[] = [];
  let running = 0;

  return async <Answer>(work: () => Promise<Answer>, { urgent = false } = {}): Promise<Answer> => {
    if (running < atOnce) running += 1;
    else if (urgent) await new Promise<void>((resolve) => void waiting.unshift(resolve));
    else if (waiting.length >= mostWaiting) throw refusal();
    else await new Promise<void>((resolve) => void waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      // The next task takes this slot.
      if (next) next();
      else running -= 1;
    }
  };
}
