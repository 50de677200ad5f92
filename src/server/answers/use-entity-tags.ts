import { digestOf, namedTag } from '../answer-text.ts';
import { isComplete } from '../complete-answer.ts';
import type { RequestPlugin } from '../phases.ts';
import { stateOf } from '../request-state.ts';
import { addVary } from '../vary.ts';

/**
 * Adds an `ETag` to responses to GET, and responds with 304 if the client already has the current one. Caches have to
 * revalidate each time, as the graph may have changed. Tags are weak, as a response may be compressed on the way.
 * Errors are not stored: a cache may keep a 404 that says nothing of it, such as that of an unknown persisted document.
 */
export function useEntityTags(): RequestPlugin {
  return {
    phase: 'respond',
    async onResponse({ request, response, setResponse, fetchAPI }) {
      const { headers, status } = response;
      if (status >= 400 && !headers.has('cache-control')) headers.set('cache-control', 'no-store');
      if (request.method !== 'GET' || status !== 200 || !isComplete(headers)) return;
      if (
        headers.has('etag') ||
        stateOf(request).hasStrongTag ||
        /\bno-store\b/.test(headers.get('cache-control') ?? '')
      )
        return;
      const text = new Uint8Array(await response.arrayBuffer());
      const tag = `W/"${digestOf(text)}"`;
      headers.set('etag', tag);
      if (!headers.has('cache-control')) headers.set('cache-control', 'no-cache');
      addVary(headers, 'accept');
      const same = namedTag(request.headers.get('if-none-match'), [tag]) !== undefined;
      if (same) for (const name of ['content-length', 'content-type']) headers.delete(name);
      setResponse(
        same
          ? new fetchAPI.Response(null, { status: 304, headers })
          : new fetchAPI.Response(text, { status, statusText: response.statusText, headers }),
      );
    },
  };
}
