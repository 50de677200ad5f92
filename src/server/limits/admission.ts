import { timeOf } from '../../engine/budgets/time-budget.ts';
import type { QueueLoad } from '../observability/metrics.ts';
import { type AdmissionQueue, createAdmissionQueue } from './admission-queue.ts';
import type { CallerLimits } from './caller-limits.ts';
import { createEventLoopTurns } from './event-loop-turns.ts';
import type { QuotaOptions } from './quotas.ts';

/** The queues of a server. */
export interface Admission {
  /** For all operations. */
  readonly queue: AdmissionQueue;
  /** For those that turn out to be expensive. */
  readonly expensiveQueue: AdmissionQueue;
  /** What is in flight and waits in both. */
  load(): QueueLoad;
}

/** @param timeout of a request in ms, of which waiting takes a part: callers prefer an early refusal to a long wait */
export function createAdmission(
  { places, expensive, waiting }: Pick<CallerLimits, 'places' | 'expensive' | 'waiting'>,
  timeout: number,
): Admission {
  const turns = createEventLoopTurns();
  const queueOf = ({ all, each }: QuotaOptions, longest: number) =>
    createAdmissionQueue({
      places: all,
      capacity: waiting.all,
      timeout: longest,
      each: { places: each, capacity: waiting.each },
      turns,
    });
  const queue = queueOf(places, timeOf('place', timeout));
  const expensiveQueue = queueOf(expensive, timeOf('expensive', timeout));
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
