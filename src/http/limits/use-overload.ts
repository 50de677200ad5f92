import type { Plugin } from 'graphql-yoga';
import { callerOf } from '../access/caller.ts';
import { badRequest } from '../bad-request.ts';
import type { OperationObserver } from '../observability/use-operation-records.ts';
import type { OperationRecord } from '../operation-record.ts';
import { stateOf } from '../request-state.ts';
import { type AdmissionQueue, CallerLeft, NotAdmitted } from './admission-queue.ts';

/** So long, in seconds, whoever is refused waits. */
const RETRY_AFTER = '1';

/**
 * Refuses early what there is no place for, before it is parsed, so that what was let in is answered in good time. A
 * subscription gives its place back once it runs, or earlier where it waits.
 */
export function useOverload(line: AdmissionQueue): Plugin {
  async function take(request: Request): Promise<void> {
    const caller = callerOf(request);
    try {
      await line.enter(request.signal, caller);
    } catch (error) {
      if (error instanceof CallerLeft) throw badRequest('The client disconnected.', 499, 'OVERLOADED');
      if (!(error instanceof NotAdmitted)) throw error;
      if (error.bound === 'CALLER') {
        throw badRequest('Too many of your operations run at once. Try again in a moment.', 429, 'RATE_LIMITED', {
          'retry-after': RETRY_AFTER,
        });
      }
      throw badRequest('The server is overloaded. Try again in a moment.', 503, 'OVERLOADED', {
        'retry-after': RETRY_AFTER,
      });
    }
    stateOf(request).leavePlace = () => {
      delete stateOf(request).leavePlace;
      line.leave(caller);
    };
  }

  return {
    onRequestParse: ({ request }) => take(request),
    instrumentation: {
      // Around all that is done for a request, so that a place is given back however that ends.
      async request({ request }, handled) {
        try {
          await handled();
        } finally {
          stateOf(request).leavePlace?.();
        }
      },
    },
  };
}

/** Outcomes by which an operation says that nothing answered it in its time. */
const unanswered: ReadonlySet<string> = new Set(['DATABASE_UNAVAILABLE', 'TIMEOUT', 'OVERLOADED', 'CALLER_GONE']);

/**
 * Lets few in at once after the database was not there, and one more with each operation that it answers, be it a read or
 * a write, and whatever the answer: a database that was just started plans each statement anew, and many at once would
 * all be late. So TCP goes on after a loss (RFC 5681, slow start).
 */
export function startSlowly(line: AdmissionQueue): OperationObserver {
  /** When the database last answered an operation that has ended, by `performance.now()`. */
  let answeredAt = Number.NEGATIVE_INFINITY;

  /** A database that hangs gives no error, only silence: nothing was answered, to this operation or to another. */
  const isSilence = ({ outcome, answeredCount, started }: OperationRecord) =>
    (outcome === 'TIMEOUT' || outcome === 'OVERLOADED') && answeredCount === 0 && answeredAt < started;

  return {
    ended(record) {
      const { type, outcome, answeredCount } = record;
      // What was refused before it was read did not reach the database, and a subscription ends when its caller leaves.
      if (type === undefined || type === 'subscription') return;
      if (answeredCount > 0) answeredAt = performance.now();
      // A write may also fail on locks or a full disk, and then some of its statements were answered.
      const isAway = outcome === 'DATABASE_UNAVAILABLE' && (type === 'query' || answeredCount === 0);
      if (isAway || isSilence(record)) line.narrow();
      else if (answeredCount > 0 && !unanswered.has(outcome)) line.widen();
    },
  };
}
