import { type ExecutionArgs, GraphQLError } from 'graphql';
import type { RequestPlugin } from '../phases.ts';
import { requestIn, stateOf } from '../request-state.ts';
import type { AdmissionQueue } from './admission-queue.ts';
import { leavePlace, takePlace } from './take-place.ts';

/** Estimated cost from which an operation is expensive. A page of 20 laboratories with two properties costs about 240. */
export const EXPENSIVE = 2_000;

/**
 * Gives expensive operations a few places of their own: the database runs all statements at the same time, so each takes
 * longer the more there are.
 */
export const useExpensiveOperations = (queue: AdmissionQueue): RequestPlugin => ({
  phase: 'plan',
  async onExecute({ args, setResultAndStopExecution }) {
    const request = requestIn((args as ExecutionArgs).contextValue);
    if (!request) return;
    const { cost } = stateOf(request);
    if (!cost || cost.estimated < EXPENSIVE) return;
    leavePlace(request);
    try {
      await takePlace(queue, request);
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      setResultAndStopExecution({ errors: [error] });
    }
  },
});
