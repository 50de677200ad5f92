import type { RequestPlugin } from '../phases.ts';
import { addVary } from '../vary.ts';

/** Response headers that pages of other origins may read. */
export const exposedHeaders = [
  'Content-Disposition',
  'ETag',
  'Link',
  'Retry-After',
  'RateLimit',
  'RateLimit-Policy',
  'Age',
  'Silkgraph-Bookmark',
  'Silkgraph-Cache',
  'Silkgraph-Cost',
  'Silkgraph-Revision',
  'Silkgraph-Sequence',
  'WWW-Authenticate',
  'X-Request-Id',
];

/**
 * Headers that let a page read a refusal that passes no plugin.
 * @param origin of the page; unknown if the request could not be read: the only allowed one then stands for it
 */
export function refusalCors(origins: readonly string[], origin = origins.length === 1 ? origins[0] : undefined) {
  if (origins.includes('*')) return { 'access-control-allow-origin': '*' };
  if (origins.length === 0) return {};
  const allowed = origin !== undefined && origins.includes(origin) ? { 'access-control-allow-origin': origin } : {};
  return { ...allowed, vary: 'origin' };
}

/** How long a browser may cache a preflight response, in seconds; browsers apply a maximum of their own. */
const MAXIMUM_AGE = '86400';

/**
 * Lets pages of the given origins read responses, or pages of any origin if `*` is among them. Cookies are never used:
 * only a header identifies the caller, so that no page can act on a visitor’s behalf.
 */
export function useCors(origins: readonly string[]): RequestPlugin {
  const any = origins.includes('*');
  const allowed = new Set(origins);
  const allows = (origin: string) => any || allowed.has(origin);

  return {
    phase: 'admit',
    onRequest({ request, fetchAPI, endResponse }) {
      const origin = request.headers.get('origin');
      const method = request.headers.get('access-control-request-method');
      if (request.method !== 'OPTIONS' || origin === null || method === null || !allows(origin)) return;
      const headers = {
        'access-control-allow-methods': 'GET, HEAD, POST, PUT, DELETE',
        // The page that sends the request chose them, and they contain no secret.
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
      headers.set('access-control-expose-headers', exposedHeaders.join(', '));
    },
  };
}
