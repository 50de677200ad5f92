import type { QueueLoad } from '../observability/metrics.ts';
import { type AdmissionQueue, createAdmissionQueue } from './admission-queue.ts';
import type { CallerLimits } from './caller-limits.ts';
import { createEventLoopTurns } from './event-loop-turns.ts';
import type { ShareOptions } from './shares.ts';

/** Maximum time that an operation waits for a place, in milliseconds: callers prefer an early refusal to a longer wait. */
const TIMEOUT = 1_000;

/** The same for an expensive operation, which takes longer in any case. */
const EXPENSIVE_TIMEOUT = 5_000;

/** The queues of a server. */
export interface Admission {
  /** For all operations. */
  readonly queue: AdmissionQueue;
  /** For those that turn out to be expensive. */
  readonly expensiveQueue: AdmissionQueue;
  /** What is in flight and waits in both. */
  load(): QueueLoad;
}

export function createAdmission({
  places,
  expensive,
  waiting,
}: Pick<CallerLimits, 'places' | 'expensive' | 'waiting'>): Admission {
  const turns = createEventLoopTurns();
  const queueOf = ({ all, each }: ShareOptions, timeout: number) =>
    createAdmissionQueue({
      places: all,
      capacity: waiting.all,
      timeout,
      each: { places: each, capacity: waiting.each },
      turns,
    });
  const queue = queueOf(places, TIMEOUT);
  const expensiveQueue = queueOf(expensive, EXPENSIVE_TIMEOUT);
  return {
    queue,
    expensiveQueue,
    load: () => ({
      open: queue.open,
      atWork: queue.atWork + expensiveQueue.atWork,
      waiting: queue.waiting + expensiveQueue.waiting,
    }),
  };
}
