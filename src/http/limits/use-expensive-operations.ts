import { type ExecutionArgs, GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { stateOf } from '../request-state.ts';
import type { AdmissionQueue } from './admission-queue.ts';
import { takePlace } from './take-place.ts';

/** Estimated cost from which an operation is expensive. A page of 20 laboratories with their countries costs about 400. */
export const EXPENSIVE = 2_000;

/**
 * Gives expensive operations places of their own, which are few: the database works on all its statements at the same
 * time, so that each would take as many times longer as there are expensive ones. Registered after the plugin that
 * estimates the cost.
 */
export const useExpensiveOperations = (queue: AdmissionQueue): Plugin => ({
  async onExecute({ args, setResultAndStopExecution }) {
    const { request } = (args as ExecutionArgs).contextValue as { readonly request?: Request };
    if (!request) return;
    const state = stateOf(request);
    if (!state.cost || state.cost.estimated < EXPENSIVE) return;
    state.leavePlace?.();
    try {
      await takePlace(queue, request);
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      setResultAndStopExecution({ errors: [error] });
    }
  },
});
