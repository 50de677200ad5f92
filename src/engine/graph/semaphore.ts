import { callerLeft } from './errors.ts';

export interface SemaphoreOptions {
  /** Maximum number of concurrent tasks. */
  readonly atOnce: number;
  /** Maximum number of waiting tasks. @default no maximum */
  readonly mostWaiting?: number;
  /** The error if the queue is full. */
  readonly refusal?: () => Error;
}

export interface PermitOptions {
  /** Comes before all that waits, and is never refused: its callers bound it. */
  readonly urgent?: boolean | undefined;
  /** Aborting gives up the place in the queue; a task that has begun sees to itself. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Queue with limited concurrency, first in, first out.
 * @throws the refusal; GraphError CANCELLED where the signal aborts before the turn comes
 */
export function createSemaphore({
  atOnce,
  mostWaiting = Number.POSITIVE_INFINITY,
  refusal = () => new Error('Too many tasks wait.'),
}: SemaphoreOptions) {
  const waiting: (() => void)[] = [];
  let running = 0;

  const waited = (place: 'push' | 'unshift', signal: AbortSignal | undefined) =>
    new Promise<void>((resolve, reject) => {
      const leave = () => {
        waiting.splice(waiting.indexOf(begin), 1);
        reject(callerLeft());
      };
      const begin = () => {
        signal?.removeEventListener('abort', leave);
        resolve();
      };
      signal?.addEventListener('abort', leave, { once: true });
      waiting[place](begin);
    });

  return async <Answer>(
    work: () => Promise<Answer>,
    { urgent = false, signal }: PermitOptions = {},
  ): Promise<Answer> => {
    if (signal?.aborted) throw callerLeft();
    if (running < atOnce) running += 1;
    else if (!urgent && waiting.length >= mostWaiting) throw refusal();
    else await waited(urgent ? 'unshift' : 'push', signal);
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
