import type { Plugin } from 'graphql-yoga';
import { badRequest } from './bad-request.ts';
import { callerOf } from './caller.ts';
import type { OperationObserver } from './use-operation-records.ts';
import { LeftTheLine, LineTooLong, type WaitingLine } from './waiting-line.ts';

/** So long, in seconds, whoever is refused waits. */
const RETRY_AFTER = '1';

/**
 * Refuses early what there is no place for, before it is parsed, so that what was let in is answered in good time. A
 * subscription gives its place back once it runs.
 */
export function useOverload(line: WaitingLine): Plugin {
  const letIn = new WeakSet<Request>();

  async function take(request: Request): Promise<void> {
    try {
      await line.enter(request.signal, callerOf(request));
    } catch (error) {
      if (error instanceof LeftTheLine) throw badRequest('The caller went away.', 499, 'OVERLOADED');
      if (!(error instanceof LineTooLong)) throw error;
      if (error.bound === 'CALLER') {
        throw badRequest('Too many of your operations run at once. Try again in a moment.', 429, 'RATE_LIMITED', {
          'retry-after': RETRY_AFTER,
        });
      }
      throw badRequest('The server has too much to do. Try again in a moment.', 503, 'OVERLOADED', {
        'retry-after': RETRY_AFTER,
      });
    }
    letIn.add(request);
  }

  return {
    onRequestParse: ({ request }) => take(request),
    instrumentation: {
      // Around all that is done for a request, so that a place is given back however that ends.
      async request({ request }, handled) {
        try {
          await handled();
        } finally {
          if (letIn.delete(request)) line.leave(callerOf(request));
        }
      },
    },
  };
}

/**
 * Lets few in at once after the database was not there, and one more with each answer: one that was just started plans
 * each statement anew, and many at once would all be late. So TCP goes on after a loss (RFC 5681, slow start).
 */
export const startSlowly = (line: WaitingLine): OperationObserver => ({
  ended({ type, outcome, statementCount }) {
    // Changes fail for reasons of their own, and a subscription ends when it is left.
    if (type !== undefined && type !== 'query') return;
    if (outcome === 'DATABASE_UNAVAILABLE') line.narrow();
    else if (outcome === 'OK' && statementCount > 0) line.widen();
  },
});
