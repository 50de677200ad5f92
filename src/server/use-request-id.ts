import { randomUUID } from 'node:crypto';
import type { RequestPlugin } from './phases.ts';
import { type Arrival, stateOf } from './request-state.ts';

const header = 'x-request-id';

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
  const arrival: Arrival = {
    id: randomUUID(),
    ...(given !== null && /^[\w.:-]{1,128}$/.test(given) ? { clientId: given } : {}),
    time: performance.now(),
    ...(traceId === undefined ? {} : { traceId }),
  };
  stateOf(request).arrival = arrival;
  return arrival;
}

/** IDs and time of arrival of a request. */
export const arrivalOf = (request: Request): Arrival => stateOf(request).arrival ?? arrive(request);

/** What lines of the log name a request by. */
export type RequestNames = Pick<Arrival, 'traceId' | 'spanId'> & { readonly requestId: string };

export function namesOf(request: Request): RequestNames {
  const { id, traceId, spanId } = arrivalOf(request);
  return {
    requestId: id,
    ...(traceId === undefined ? {} : { traceId }),
    ...(spanId === undefined ? {} : { spanId }),
  };
}

/** Gives every request an ID. The response returns the caller's own ID, or else the generated one. */
export function useRequestId(): RequestPlugin {
  return {
    phase: 'identify',
    onRequest({ request }) {
      arrive(request);
    },
    onResponse({ request, response }) {
      const { arrival } = stateOf(request);
      if (arrival) response.headers.set(header, arrival.clientId ?? arrival.id);
    },
  };
}
