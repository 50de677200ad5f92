import type { Authenticator } from '../../engine/access/authenticator.ts';
import { GraphError } from '../../engine/graph/errors.ts';
import type { OperationObserver } from '../observability/operation-observer.ts';
import type { OperationRecord } from '../operation-record.ts';
import type { RequestPlugin } from '../phases.ts';
import { stateOf } from '../request-state.ts';
import type { AdmissionQueue } from './admission-queue.ts';
import { leavePlace, takePlace } from './take-place.ts';

/**
 * Refuses operations without a place early, before parsing, so that admitted ones complete in good time. A subscription
 * gives its place back once it is established, or earlier if it has to wait.
 */
export const useOverload = (queue: AdmissionQueue): RequestPlugin => ({
  phase: 'queue',
  onRequestParse: ({ request }) => takePlace(queue, request),
  instrumentation: {
    // Wraps the whole request, so that nothing of it is left however it ends.
    async request({ request }, handled) {
      try {
        await handled();
      } finally {
        leavePlace(request);
        stateOf(request).whenEnded?.();
      }
    },
  },
});

/** Outcomes of operations that received no response from the database in time. */
const unanswered: ReadonlySet<string> = new Set(['DATABASE_UNAVAILABLE', 'TIMEOUT', 'OVERLOADED', 'CALLER_GONE']);

/**
 * Admits few operations at once after the database was unavailable, and one more with each read or write to which it
 * responds, whatever the result: a database that has just started plans every statement anew, and many at once would all
 * time out. TCP does the same after a loss (RFC 5681, slow start).
 */
export function slowStart(line: AdmissionQueue): OperationObserver {
  /** When the database last responded to an operation that has ended, by `performance.now()`. */
  let answeredAt = Number.NEGATIVE_INFINITY;

  /** A database that hangs returns no error and no result, neither to this operation nor to another. */
  const isSilence = ({ outcome, answeredCount, started }: OperationRecord) =>
    (outcome === 'TIMEOUT' || outcome === 'OVERLOADED') && answeredCount === 0 && answeredAt < started;

  return {
    ended(record) {
      const { type, outcome, answeredCount } = record;
      // An operation that was refused before parsing did not reach the database; a subscription ends with its client.
      if (type === undefined || type === 'subscription') return;
      if (answeredCount > 0) answeredAt = performance.now();
      // A write may also fail because of locks or a full disk, after some of its statements have completed.
      const isAway = outcome === 'DATABASE_UNAVAILABLE' && (type === 'query' || answeredCount === 0);
      if (isAway || isSilence(record)) line.shrink();
      else if (answeredCount > 0 && !unanswered.has(outcome)) line.grow();
    },
  };
}

/** Has few operations admitted once the key of a caller cannot be looked up, as when all callers have keys. */
export const shrinkOnOutage = (line: AdmissionQueue, { authenticate }: Authenticator): Authenticator => ({
  authenticate: (credentials) =>
    authenticate(credentials).catch((error: unknown) => {
      if (error instanceof GraphError && error.fault === 'UNAVAILABLE') line.shrink();
      throw error;
    }),
});
