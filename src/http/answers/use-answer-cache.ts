import type { DocumentNode, ExecutionResult } from 'graphql';
import { isAsyncIterable, isPromise, type Plugin } from 'graphql-yoga';
import { LRUCache } from 'lru-cache';
import type { GraphRevisions } from '../../changes/log/graph-revisions.ts';
import { createBookmarks } from '../../graph/graph.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import { createFindDependencies } from '../../schema/dependencies/dependencies.ts';
import { showsCredentials } from '../access/access-credentials.ts';
import { viewerOf } from '../access/caller.ts';
import { isComplete } from '../complete-answer.ts';
import type { TrustedDocuments } from '../documents/trusted-documents.ts';
import { asksForCost } from '../limits/use-cost.ts';
import type { AnswerCounts } from '../observability/metrics.ts';
import { recordOf } from '../observability/record-of.ts';
import { asksForExplanation } from '../observability/use-explain.ts';
import { type RequestState, requestIn, stateOf } from '../request-state.ts';
import { asksForRevision } from '../revisions/use-revisions.ts';
import { encodingOf } from '../use-compression.ts';
import { createAnswerCache } from './answer-cache.ts';
import { type CacheOutcome, entityTag, isAnew, knownTag, outcomeHeader, setCacheHeaders } from './answer-headers.ts';
import { CachedAnswer } from './cached-answer.ts';
import type { AnswerOrigin } from './probationary-answers.ts';
import { createQuestionKeys, type Parameters, type QuestionKey } from './question-key.ts';
import type { RequestedAnswer } from './requested-answer.ts';
import { answerInTime, createRunningQuestions } from './running-questions.ts';

/** Settings of the answer cache of a server. */
export interface AnswerCacheOptions {
  readonly ontology: Ontology;
  /** What is known of the graph; `undefined` while there is none. */
  readonly revisions: () => GraphRevisions | undefined;
  /** Maximum size in bytes. */
  readonly bytes: number;
  /** Seconds for which shared caches may serve what everybody may read. @default 0: they have to ask each time */
  readonly maxAge?: number;
}

export interface UseAnswerCacheOptions extends AnswerCacheOptions {
  /** Timeout of an operation, in milliseconds. */
  readonly timeout: number;
  readonly trustedDocuments: TrustedDocuments | undefined;
  /** Whether everybody may read. */
  readonly isOpen: boolean;
}

/** The plugins of the answer cache, by the places in which they have to stand. */
export interface AnswerCachePlugins {
  /** Behind access, limits of rates, bodies and bookmarks, and before the admission queue. */
  readonly lookup: Plugin;
  /** Behind the plugins that change results. */
  readonly recording: Plugin;
  /** Behind compression. */
  readonly headers: Plugin;
  readonly counts: AnswerCounts;
}

/** Maximum number of operations that are known as not to be stored, of bookmarks, and of media types. */
const MOST_KNOWN = 10_000;
const MOST_BOOKMARKS = 1_000;
const MOST_TYPES = 100;
/** Longer headers are not remembered. */
const LONGEST_HEADER = 2_000;

/** Questions that may stop at the time limit are stored only if they took a much shorter time. */
const SHARE_OF_TIMEOUT = 0.1;

/** How often a request waits for another one before it is executed. */
const MOST_WAITS = 2;

/** A stored answer, or what ends the making of one for all who wait for it. */
interface Found {
  readonly answer?: CachedAnswer;
  readonly end?: (answer?: CachedAnswer) => void;
}

const note = (request: Request, answer: RequestedAnswer): void => {
  stateOf(request).requestedAnswer = answer;
};

/**
 * Serves repeated questions from memory as long as nothing has changed that their answers were made of. Mutations,
 * subscriptions, errors, explanations and answers that depend on more than the graph are never stored.
 */
export function useAnswerCache({
  ontology,
  revisions,
  bytes,
  maxAge = 0,
  timeout,
  trustedDocuments,
  isOpen,
}: UseAnswerCacheOptions): AnswerCachePlugins {
  const cache = createAnswerCache(bytes);
  const keys = createQuestionKeys(trustedDocuments);
  const running = createRunningQuestions();
  const findDependencies = createFindDependencies(ontology);
  const excluded = new LRUCache<string, true>({ max: MOST_KNOWN });
  /** Bookmarks of states that the revisions include. */
  const covered = new LRUCache<string, true>({ max: MOST_BOOKMARKS });
  /** The content type of a response, by the `Accept` of its request. */
  const types = new LRUCache<string, string>({ max: MOST_TYPES });
  const counts = {
    ...{ hits: 0, misses: 0, bypasses: 0 },
    get bytes() {
      return cache.bytes;
    },
    get answers() {
      return cache.answers;
    },
    get evictions() {
      return cache.evictions;
    },
  };

  const typeFor = ({ headers }: Request) => types.get(headers.get('accept') ?? '');

  function keyOf(request: Request, parameters: Parameters): QuestionKey | undefined {
    if (asksForExplanation(request, parameters.extensions) || asksForCost(request, parameters.extensions)) return;
    if (asksForRevision(request, parameters.extensions)) return;
    const key = keys.of(parameters, viewerOf(request).role);
    return key && !excluded.has(key.operation) ? key : undefined;
  }

  /** A request with a bookmark sees its state, even if this server has not yet noticed it. */
  async function cover(request: Request, sent: string, known: GraphRevisions): Promise<void> {
    if (covered.has(sent)) return;
    known.expire([...((await stateOf(request).bookmarks?.getBookmarks()) ?? [])]);
    if (sent.length <= LONGEST_HEADER) covered.set(sent, true);
  }

  /** Reads of the request see at least what the revisions know, also on a server of a cluster that is behind. */
  async function readFrom(state: RequestState, reached: readonly string[]): Promise<void> {
    if (state.bookmarks) await state.bookmarks.updateBookmarks([], reached);
    else state.bookmarks = createBookmarks(reached);
  }

  /**
   * A stored answer that is current, or one that is being made and is as new as what was known on arrival. If there is
   * none, the request begins to make it; after waiting in vain it does so for itself only.
   */
  async function findOrBegin(request: Request, question: string, known: GraphRevisions): Promise<Found> {
    const arrival = known.mark;
    const until = performance.now() + timeout;
    const isCurrent = ({ dependencies, mark }: AnswerOrigin) => known.isCurrent(dependencies, mark);
    const isNew = (origin: AnswerOrigin) => origin.mark >= arrival || isCurrent(origin);
    for (let waits = 0; ; waits += 1) {
      const answer = cache.get(question, isCurrent);
      if (answer) return { answer };
      const other = running.get(question);
      if (!other) return { end: running.begin(question) };
      if (waits === MOST_WAITS) return {};
      const made = await answerInTime(other, request.signal, until - performance.now());
      // All who waited share what the cache has by now, with its compressed forms.
      if (made && isNew(made)) return { answer: cache.get(question, isNew) ?? made };
      if (request.signal.aborted || performance.now() >= until) return {};
    }
  }

  /** Leaves in the state of the request what executing it would. */
  function noteHit(request: Request, { made }: CachedAnswer): void {
    const state = stateOf(request);
    const revision = made.revision ?? revisions()?.revision ?? -1;
    if (revision > 0) state.revision = revision;
    if (made.operation) state.operation = made.operation;
    if (made.cost) state.cost = made.cost;
    const record = recordOf(request);
    record.type = 'query';
    record.name = made.name;
    counts.hits += 1;
  }

  async function hit(request: Request, question: string, answer: CachedAnswer, type: string, R: typeof Response) {
    noteHit(request, answer);
    stateOf(request).hasStrongTag = true;
    note(request, { outcome: 'HIT', question, type, made: answer });
    const headers = new Headers({ 'content-type': type });
    const known =
      request.method === 'GET' ? knownTag(request.headers.get('if-none-match'), answer.digest, type) : undefined;
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

  /** A question that is not in the cache is executed anyway, so the log does not have to be read. */
  const isFirst = ({ question }: QuestionKey) => !cache.has(question) && !running.has(question);

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
    if (bookmark !== null) await cover(request, bookmark, known);
    const refreshed = isFirst(key) || known.refresh();
    const canKnow = typeof refreshed === 'boolean' ? refreshed : await refreshed;
    if (!canKnow || isAnew(request)) {
      counts.bypasses += 1;
      note(request, { outcome: 'STALE-BYPASS', question, operation, isStored: canKnow });
      return undefined;
    }
    const type = typeFor(request);
    const { answer, end } = type === undefined ? {} : await findOrBegin(request, question, known);
    if (answer && type !== undefined) return hit(request, question, answer, type, R);
    await miss(request, key, known, type, end);
    return undefined;
  }

  const lookup: Plugin = {
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
        if (isFirst(key) && !request.headers.has('silkgraph-bookmark') && !isAnew(request)) {
          const type = typeFor(request);
          return miss(request, key, known, type, type === undefined ? undefined : running.begin(key.question));
        }
        return findAnswer(request, key, known, fetchAPI.Response).then((answer) => answer && endResponse(answer));
      };
      const parsed = requestParser(request);
      return isPromise(parsed) ? parsed.then(look) : look(parsed);
    },
  };

  const recording: Plugin = {
    onExecute({ args }) {
      const { schema, document, operationName, variableValues, contextValue } = args;
      const request = requestIn(contextValue);
      const answer = request && stateOf(request).requestedAnswer;
      const known = revisions();
      if (answer?.operation === undefined || !known) return;
      const found = findDependencies(schema, document as DocumentNode, operationName, variableValues);
      if (found.dependencies === undefined) {
        excluded.set(answer.operation, true);
        answer.end?.();
        answer.isUnknown = true;
        return;
      }
      // Whatever is read from now on is at least as new.
      answer.reading = {
        dependencies: found.dependencies,
        mark: known.mark,
        begun: performance.now(),
        isTimed: found.isTimed,
      };
    },
    onResultProcess({ request, result }) {
      const { requestedAnswer: answer } = stateOf(request);
      if (!answer?.reading || isAsyncIterable(result)) return;
      const { data, errors, stringify } = result as ExecutionResult & { readonly stringify?: (r: unknown) => string };
      if (!data || errors || !stringify) return;
      const { dependencies, mark, begun, isTimed } = answer.reading;
      if (isTimed && performance.now() - begun > timeout * SHARE_OF_TIMEOUT) return;
      const state = stateOf(request);
      state.hasStrongTag = true;
      const { cost, operation, revision, isPast } = state;
      const made = { name: recordOf(request).name, operation, cost, ...(isPast ? { revision } : {}) };
      answer.made = new CachedAnswer(stringify(result), dependencies, mark, made);
    },
    onResponse({ request, response: { status, headers } }) {
      const { requestedAnswer: answer } = stateOf(request);
      if (!answer?.made || answer.outcome === 'HIT' || status !== 200) return;
      const type = headers.get('content-type') ?? '';
      if (type !== answer.expectedType) {
        // An event stream carries one answer, too.
        if (!isComplete(headers)) return;
        const accept = request.headers.get('accept') ?? '';
        if (accept.length <= LONGEST_HEADER) types.set(accept, type);
      }
      answer.type = type;
      if (!answer.isStored) return;
      cache.set(answer.question, answer.made);
      answer.end?.(answer.made);
    },
  };

  const headers: Plugin = {
    onResponse({ request, response, setResponse, fetchAPI }) {
      const { requestedAnswer: answer, isMutation } = stateOf(request);
      const { headers, status } = response;
      const written = isMutation ? headers.get('silkgraph-bookmark') : null;
      // The next look into the log sees what was written here.
      if (written !== null) covered.set(written, true);
      if (!answer || answer.isUnknown) return;
      headers.set(outcomeHeader, answer.outcome satisfies CacheOutcome);
      const { made, type } = answer;
      if (request.method !== 'GET' || !made || type === undefined || status >= 400) return;
      if (/\bno-store\b/.test(headers.get('cache-control') ?? '')) return;
      const isPublic = isOpen && !showsCredentials(request) && answer.outcome !== 'STALE-BYPASS';
      const tag = headers.get('etag') ?? entityTag(made.digest, type, headers.get('content-encoding'));
      setCacheHeaders(headers, tag, isPublic ? maxAge : 0);
      if (status !== 200 || knownTag(request.headers.get('if-none-match'), made.digest, type) === undefined) return;
      for (const name of ['content-length', 'content-type', 'content-encoding']) headers.delete(name);
      setResponse(new fetchAPI.Response(null, { status: 304, headers }));
    },
  };

  return { lookup, recording, headers, counts };
}
