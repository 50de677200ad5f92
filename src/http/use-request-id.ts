import { randomUUID } from 'node:crypto';
import type { Plugin } from 'graphql-yoga';

/** How a request came in: what everything that is said of it is found by. */
export interface Arrival {
  /** Made here, so that no caller can have their requests taken for those of another one. */
  readonly id: string;
  /** The id that the caller gave it, where they gave one. */
  readonly clientId?: string;
  /** The trace that it belongs to, where the caller named one (https://www.w3.org/TR/trace-context/). */
  readonly traceId?: string;
  /** By `performance.now()`. */
  readonly time: number;
}

const header = 'x-request-id';
const arrivals = new WeakMap<Request, Arrival>();

function traceOf(request: Request): string | undefined {
  const given = request.headers.get('traceparent');
  if (given === null) return undefined;
  const [, traceId] =
    /^(?!ff)[\da-f]{2}-(?!0{32})([\da-f]{32})-(?!0{16})[\da-f]{16}-[\da-f]{2}(?:-|$)/.exec(given) ?? [];
  return traceId;
}

function arrive(request: Request): Arrival {
  const given = request.headers.get(header);
  const traceId = traceOf(request);
  const arrival = {
    id: randomUUID(),
    ...(given !== null && /^[\w.:-]{1,128}$/.test(given) ? { clientId: given } : {}),
    time: performance.now(),
    ...(traceId === undefined ? {} : { traceId }),
  };
  arrivals.set(request, arrival);
  return arrival;
}

/** When and under which id a request came in. */
export const arrivalOf = (request: Request): Arrival => arrivals.get(request) ?? arrive(request);

/** The id under which a request is logged. */
export const requestId = (request: Request): string | undefined => arrivals.get(request)?.id;

/** Gives every request an id, and every response that of the caller, where they gave one, else the same. */
export function useRequestId(): Plugin {
  return {
    onRequest({ request }) {
      arrive(request);
    },
    onResponse({ request, response }) {
      const arrival = arrivals.get(request);
      if (arrival) response.headers.set(header, arrival.clientId ?? arrival.id);
    },
  };
}
