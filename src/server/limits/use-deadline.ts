import type { RequestPlugin } from '../phases.ts';
import { requestIn, stateOf } from '../request-state.ts';
import { arrivalOf } from '../use-request-id.ts';

/** Number of milliseconds until the deadline of a request; each read of a subscription has the whole timeout. */
export const timeLeftOf = (request: Request, timeout: number): (() => number) => {
  const state = stateOf(request);
  return () =>
    state.isSubscription ? timeout : (state.receivedAt ?? arrivalOf(request).time) + timeout - performance.now();
};

/**
 * Starts the timeout of an operation once its body has been received, so that a slow upload does not count, and exempts
 * subscriptions from it. Waiting for a place counts.
 */
export function useDeadline(): RequestPlugin {
  return {
    phase: 'receive',
    onRequestParse({ request }) {
      stateOf(request).receivedAt = performance.now();
    },
    onSubscribe({ args: { contextValue } }) {
      const request = requestIn(contextValue);
      if (request) stateOf(request).isSubscription = true;
    },
  };
}
