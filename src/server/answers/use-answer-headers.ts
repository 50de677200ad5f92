import type { GraphRevisions } from '../../engine/changes/log/graph-revisions.ts';
import { showsCredentials } from '../access/access-credentials.ts';
import type { RequestPlugin } from '../phases.ts';
import { stateOf } from '../request-state.ts';
import { type CacheOutcome, entityTag, knownTag, outcomeHeader, setCacheHeaders } from './answer-headers.ts';
import type { StoredAnswers } from './stored-answers.ts';

/**
 * Says of each answer whether it was stored, and how long others may store it.
 * @param isOpen whether everybody may read
 * @param maxAge seconds for which shared caches may serve what everybody may read
 */
export function useAnswerHeaders(
  stored: StoredAnswers,
  revisions: () => GraphRevisions | undefined,
  { isOpen, maxAge }: { readonly isOpen: boolean; readonly maxAge: number },
): RequestPlugin {
  return {
    phase: 'respond',
    onResponse({ request, response, setResponse, fetchAPI }) {
      const { requestedAnswer: answer, isMutation } = stateOf(request);
      const { headers, status } = response;
      const written = isMutation ? headers.get('silkgraph-bookmark') : null;
      const known = revisions();
      if (written !== null && known) stored.rememberBookmark(written, known);
      if (!answer || answer.isUnknown) return;
      headers.set(outcomeHeader, answer.outcome satisfies CacheOutcome);
      const { made, type } = answer;
      if (request.method !== 'GET' || !made || type === undefined || status >= 400) return;
      if (/\bno-store\b/.test(headers.get('cache-control') ?? '')) return;
      const isPublic = isOpen && !showsCredentials(request) && answer.outcome !== 'STALE-BYPASS';
      const tag = headers.get('etag') ?? entityTag(made.digest, type, headers.get('content-encoding'));
      setCacheHeaders(headers, tag, isPublic ? maxAge : 0);
      if (status !== 200 || knownTag(request, made.digest, type) === undefined) return;
      for (const name of ['content-length', 'content-type', 'content-encoding']) headers.delete(name);
      setResponse(new fetchAPI.Response(null, { status: 304, headers }));
    },
  };
}
