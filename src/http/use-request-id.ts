import { randomUUID } from 'node:crypto';
import type { Plugin } from 'graphql-yoga';

const header = 'x-request-id';
const ids = new WeakMap<Request, string>();

/** The id under which a request is logged. */
export const requestId = (request: Request): string | undefined => ids.get(request);

/** Gives every request an id, the caller's own where it is sane, and every response the same. */
export function useRequestId(): Plugin {
  return {
    onRequest({ request }) {
      const given = request.headers.get(header);
      ids.set(request, given !== null && /^[\w.:-]{1,128}$/.test(given) ? given : randomUUID());
    },
    onResponse({ request, response }) {
      const id = ids.get(request);
      if (id !== undefined) response.headers.set(header, id);
    },
  };
}
