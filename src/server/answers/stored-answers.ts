import { createCache, textBytes } from '../../engine/budgets/budgeted-cache.ts';
import type { GraphRevisions } from '../../engine/changes/log/graph-revisions.ts';
import type { AnswerCounts } from '../observability/metrics.ts';
import { stateOf } from '../request-state.ts';
import { type AnswerCache, createAnswerCache } from './answer-cache.ts';
import type { CachedAnswer } from './cached-answer.ts';
import type { AnswerOrigin } from './probationary-answers.ts';
import { answerInTime, createRunningQuestions, type RunningQuestions } from './running-questions.ts';

/** Maximum number of operations that are known as not to be stored, of bookmarks, and of media types. */
const MOST_KNOWN = 10_000;
const MOST_BOOKMARKS = 1_000;
const MOST_TYPES = 100;
/** Longer headers are not remembered. */
const LONGEST_HEADER = 2_000;

/** How often a request waits for another one before it is executed. */
const MOST_WAITS = 2;

/** A stored answer, or what ends the making of one for all who wait for it. */
export interface Found {
  readonly answer?: CachedAnswer;
  readonly end?: (answer?: CachedAnswer) => void;
}

/** The stored answers of a server, the questions that are being answered, and what is known of others. */
export class StoredAnswers {
  readonly cache: AnswerCache;
  readonly running: RunningQuestions = createRunningQuestions();
  readonly counts: AnswerCounts & { hits: number; misses: number; bypasses: number };
  readonly #timeout: number;
  readonly #excluded = createCache<true>('costs', { max: MOST_KNOWN, sizeOf: (_, key) => textBytes(key) });
  /** Bookmarks of states that the revisions include, unless they have lost what they knew since. */
  readonly #covered = createCache<number>('callers', { max: MOST_BOOKMARKS, sizeOf: (_, key) => textBytes(key) });
  /** The content type of a response, by the `Accept` of its request. */
  readonly #types = createCache<string>('callers', { max: MOST_TYPES, sizeOf: textBytes });

  /** @param timeout of an operation, in milliseconds */
  constructor(bytes: number, timeout: number) {
    const cache = createAnswerCache(bytes);
    this.cache = cache;
    this.#timeout = timeout;
    this.counts = {
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
  }

  /** Whether the answers to an operation depend on more than the graph. */
  isExcluded(operation: string): boolean {
    return this.#excluded.has(operation);
  }

  exclude(operation: string): void {
    this.#excluded.set(operation, true);
  }

  /** A question that is not stored is executed anyway, so the log does not have to be read. */
  isFirst(question: string): boolean {
    return !this.cache.has(question) && !this.running.has(question);
  }

  /** The content type of earlier responses to requests that accept the same. */
  typeFor({ headers }: Request): string | undefined {
    return this.#types.get(headers.get('accept') ?? '');
  }

  rememberType({ headers }: Request, type: string): void {
    const accept = headers.get('accept') ?? '';
    if (accept.length <= LONGEST_HEADER) this.#types.set(accept, type);
  }

  /** The next look into the log sees what a bookmark was given for. */
  rememberBookmark(bookmark: string, { losses }: GraphRevisions): void {
    if (bookmark.length <= LONGEST_HEADER) this.#covered.set(bookmark, losses);
  }

  /** A request with a bookmark sees its state, even if this server has not yet noticed it. */
  async cover(request: Request, bookmark: string, known: GraphRevisions): Promise<void> {
    if (this.#covered.get(bookmark) === known.losses) return;
    known.expire([...((await stateOf(request).bookmarks?.getBookmarks()) ?? [])]);
    this.rememberBookmark(bookmark, known);
  }

  /**
   * A stored answer that is current, or one that is being made and is as new as what was known on arrival. If there is
   * none, the request begins to make it; after waiting in vain it does so for itself only.
   */
  async findOrBegin(request: Request, question: string, known: GraphRevisions): Promise<Found> {
    const arrival = known.mark;
    const until = performance.now() + this.#timeout;
    const isCurrent = ({ dependencies, mark }: AnswerOrigin) => known.isCurrent(dependencies, mark);
    const isNew = (origin: AnswerOrigin) => origin.mark >= arrival || isCurrent(origin);
    for (let waits = 0; ; waits += 1) {
      const answer = this.cache.get(question, isCurrent);
      if (answer) return { answer };
      const other = this.running.get(question);
      if (!other) return { end: this.running.begin(question) };
      if (waits === MOST_WAITS) return {};
      const made = await answerInTime(other, request.signal, until - performance.now());
      // All who waited share what the cache has by now, with its compressed forms.
      if (made && isNew(made)) return { answer: this.cache.get(question, isNew) ?? made };
      if (request.signal.aborted || performance.now() >= until) return {};
    }
  }
}
