import { isPromise } from 'graphql-yoga';
import type { GraphRevisions } from '../../engine/changes/log/graph-revisions.ts';
import { createBookmarks } from '../../engine/graph/graph.ts';
import { viewerOf } from '../access/caller.ts';
import type { TrustedDocuments } from '../documents/trusted-documents.ts';
import { asksForCost } from '../limits/use-cost.ts';
import { recordOf } from '../observability/record-of.ts';
import { asksForExplanation } from '../observability/use-explain.ts';
import type { RequestPlugin } from '../phases.ts';
import { type RequestState, stateOf } from '../request-state.ts';
import { asksForRevision } from '../revisions/use-revisions.ts';
import { encodingOf } from '../use-compression.ts';
import { isAnew, knownTag } from './answer-headers.ts';
import type { CachedAnswer } from './cached-answer.ts';
import { createQuestionKeys, type Parameters, type QuestionKey } from './question-key.ts';
import type { RequestedAnswer } from './requested-answer.ts';
import type { Found, StoredAnswers } from './stored-answers.ts';

const note = (request: Request, answer: RequestedAnswer): void => {
  stateOf(request).requestedAnswer = answer;
};

/** Leaves in the state of a request what executing it would. */
function noteHit(request: Request, { made }: CachedAnswer, known: GraphRevisions): void {
  const state = stateOf(request);
  const revision = made.revision ?? known.revision;
  if (revision > 0) state.revision = revision;
  if (made.operation) state.operation = made.operation;
  if (made.cost) state.cost = made.cost;
  const record = recordOf(request);
  record.type = 'query';
  record.name = made.name;
}

/** Reads of the request see at least what the revisions know, also on a server of a cluster that is behind. */
async function readFrom(state: RequestState, reached: readonly string[]): Promise<void> {
  if (state.bookmarks) await state.bookmarks.updateBookmarks([], reached);
  else state.bookmarks = createBookmarks(reached);
}

/** Whether an answer depends on more than the question and the graph. */
const asksForMore = (request: Request, { extensions }: Parameters) =>
  asksForExplanation(request, extensions) || asksForCost(request, extensions) || asksForRevision(request, extensions);

/** Answers requests with stored answers, for which they need no place among those that run. */
export function useStoredAnswers(
  stored: StoredAnswers,
  revisions: () => GraphRevisions | undefined,
  trustedDocuments: TrustedDocuments | undefined,
): RequestPlugin {
  const { cache, running, counts } = stored;
  const keys = createQuestionKeys(trustedDocuments);

  function keyOf(request: Request, parameters: Parameters): QuestionKey | undefined {
    if (asksForMore(request, parameters)) return;
    const key = keys.of(parameters, viewerOf(request).role);
    return key && !stored.isExcluded(key.operation) ? key : undefined;
  }

  async function respond(request: Request, question: string, answer: CachedAnswer, type: string, R: typeof Response) {
    stateOf(request).hasStrongTag = true;
    note(request, { outcome: 'HIT', question, type, made: answer });
    const headers = new Headers({ 'content-type': type });
    const known = request.method === 'GET' ? knownTag(request, answer.digest, type) : undefined;
    if (known !== undefined) {
      headers.delete('content-type');
      headers.set('etag', known);
      return new R(null, { status: 304, headers });
    }
    const encoding = answer.isCompressible() ? encodingOf(request.headers.get('accept-encoding')) : undefined;
    let body = answer.text;
    if (encoding !== undefined) {
      const made = answer.encoded(encoding, () => cache.measure(question, answer));
      body = made instanceof Promise ? await made : made;
      headers.set('content-encoding', encoding);
    }
    headers.set('content-length', String(body.byteLength));
    return new R(body, { headers });
  }

  /** The request has to be executed, and its answer is stored. */
  function miss(
    request: Request,
    { question, operation }: QuestionKey,
    known: GraphRevisions,
    expectedType: string | undefined,
    end: Found['end'],
  ): Promise<void> | undefined {
    const state = stateOf(request);
    counts.misses += 1;
    note(request, { outcome: 'MISS', question, operation, isStored: true, end, expectedType });
    // However the request ends, nobody waits for it any longer.
    state.whenEnded = end;
    return known.bookmarks()?.then((reached) => readFrom(state, reached));
  }

  /** The stored answer to a question; `undefined` if the request has to be executed. */
  async function findAnswer(
    request: Request,
    key: QuestionKey,
    known: GraphRevisions,
    R: typeof Response,
  ): Promise<Response | undefined> {
    const { question, operation } = key;
    const bookmark = request.headers.get('silkgraph-bookmark');
    if (bookmark !== null) await stored.cover(request, bookmark, known);
    const refreshed = stored.isFirst(question) || known.refresh();
    const canKnow = typeof refreshed === 'boolean' ? refreshed : await refreshed;
    if (!canKnow || isAnew(request)) {
      counts.bypasses += 1;
      note(request, { outcome: 'STALE-BYPASS', question, operation, isStored: canKnow });
      return undefined;
    }
    const type = stored.typeFor(request);
    const { answer, end } = type === undefined ? {} : await stored.findOrBegin(request, question, known);
    if (answer && type !== undefined) {
      counts.hits += 1;
      noteHit(request, answer, known);
      return respond(request, question, answer, type, R);
    }
    await miss(request, key, known, type, end);
    return undefined;
  }

  return {
    phase: 'receive',
    // Without a promise where nothing is waited for: promises are most of what a miss costs.
    onRequestParse({ request, requestParser, setRequestParser, endResponse, fetchAPI }) {
      const known = revisions();
      const state = stateOf(request);
      if (!known || !requestParser || state.resultReceiver || state.eventStream || state.isFromTrustedDocument) return;
      const look = (parameters: Awaited<ReturnType<typeof requestParser>>): Promise<void> | undefined => {
        setRequestParser(() => parameters);
        if (Array.isArray(parameters) || !('extensions' in parameters || 'query' in parameters)) return;
        const key = keyOf(request, parameters as Parameters);
        if (!key) return;
        if (stored.isFirst(key.question) && !request.headers.has('silkgraph-bookmark') && !isAnew(request)) {
          const type = stored.typeFor(request);
          return miss(request, key, known, type, type === undefined ? undefined : running.begin(key.question));
        }
        return findAnswer(request, key, known, fetchAPI.Response).then((answer) => answer && endResponse(answer));
      };
      const parsed = requestParser(request);
      return isPromise(parsed) ? parsed.then(look) : look(parsed);
    },
  };
}
