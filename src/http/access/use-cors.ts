import type { Plugin } from 'graphql-yoga';
import { addVary } from '../vary.ts';

/** Headers of answers that pages of other sites may read. */
const exposed = [
  'ETag',
  'Retry-After',
  'RateLimit',
  'RateLimit-Policy',
  'Silkgraph-Bookmark',
  'Silkgraph-Cost',
  'Silkgraph-Sequence',
  'X-Request-Id',
].join(', ');

/** So long, in seconds, a browser need not ask again; browsers cap it at their own. */
const MAXIMUM_AGE = '86400';

/**
 * Lets pages of other sites read what this one answers: those of the origins given, or of any where `*` is. Never with
 * cookies: who asks is told by a header alone, so that no page can act in a visitor’s name.
 */
export function useCors(origins: readonly string[]): Plugin {
  const any = origins.includes('*');
  const allowed = new Set(origins);
  const allows = (origin: string) => any || allowed.has(origin);

  return {
    onRequest({ request, fetchAPI, endResponse }) {
      const origin = request.headers.get('origin');
      const method = request.headers.get('access-control-request-method');
      if (request.method !== 'OPTIONS' || origin === null || method === null || !allows(origin)) return;
      const headers = {
        'access-control-allow-methods': 'GET, HEAD, POST, PUT, DELETE',
        // They are named to the page that asked, and hold no secret.
        'access-control-allow-headers': request.headers.get('access-control-request-headers') ?? 'content-type',
        'access-control-max-age': MAXIMUM_AGE,
        vary: 'access-control-request-headers',
      };
      endResponse(new fetchAPI.Response(null, { status: 204, headers }));
    },
    onResponse({ request, response: { headers } }) {
      if (origins.length === 0) return;
      const origin = request.headers.get('origin');
      if (!any) addVary(headers, 'origin');
      if (origin === null || !allows(origin)) return;
      headers.set('access-control-allow-origin', any ? '*' : origin);
      headers.set('access-control-expose-headers', exposed);
    },
  };
}
