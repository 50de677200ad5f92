import type { Plugin } from 'graphql-yoga';
import { arrivalOf } from '../use-request-id.ts';

/** When a request was there as a whole, by `performance.now()`. */
const complete = new WeakMap<Request, number>();

/** Requests whose operation goes on: each of its reads has the whole time. */
const lasting = new WeakSet<Request>();

/** How many milliseconds a request has left, of those that it has once it is there as a whole. */
export const timeLeftOf =
  (request: Request, milliseconds: number): (() => number) =>
  () =>
    lasting.has(request)
      ? milliseconds
      : (complete.get(request) ?? arrivalOf(request).time) + milliseconds - performance.now();

/**
 * Starts the time of an operation once its body was read, so that who sends slowly is not late already, and lets
 * subscriptions go on after it. It is to stand right behind what reads bodies: waiting for a place counts.
 */
export function useDeadline(): Plugin {
  return {
    onRequestParse: ({ request }) => void complete.set(request, performance.now()),
    onSubscribe({ args: { contextValue } }) {
      const { request } = contextValue as { readonly request?: Request };
      if (request) lasting.add(request);
    },
  };
}
