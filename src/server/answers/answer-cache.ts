import { LRUCache } from 'lru-cache';
import { countMemory } from '../../engine/budgets/budgeted-cache.ts';
import type { CachedAnswer } from './cached-answer.ts';
import { type AnswerOrigin, createProbationaryAnswers } from './probationary-answers.ts';

/**
 * Answers by question, limited in bytes: a segmented LRU (https://doi.org/10.1109/2.268884). A new answer is on probation;
 * the oldest of these are evicted first. When it is asked for again it becomes a protected one; of these, the one used least
 * recently is evicted. Questions that are asked once do not evict those that are asked again.
 */
export interface AnswerCache {
  readonly bytes: number;
  readonly answers: number;
  readonly evictions: number;
  has(question: string): boolean;
  /** The answer, if it is current; otherwise it is removed. */
  get(question: string, isCurrent: (origin: AnswerOrigin) => boolean): CachedAnswer | undefined;
  set(question: string, answer: CachedAnswer): void;
  /** An answer has become larger. */
  measure(question: string, answer: CachedAnswer): void;
}

/** Number of blocks of answers on probation, if the cache has no others. */
const BLOCKS = 16;
/** Maximum size of one in bytes; a larger cache has more of them, and looks into each. */
const LARGEST_BLOCK = 2 ** 28;

/** Maximum share of the protected answers. */
const PROTECTED = 0.8;

/** @param limit in bytes; an answer of more than a quarter of it is not stored */
export function createAnswerCache(limit: number): AnswerCache {
  let evictions = 0;
  const onProbation = createProbationaryAnswers(Math.min(Math.ceil(limit / BLOCKS), LARGEST_BLOCK));
  const protectedAnswers = new LRUCache<string, CachedAnswer>({
    maxSize: Math.ceil(limit * PROTECTED),
    maxEntrySize: Math.ceil(limit / 4),
    sizeCalculation: ({ bytes }) => bytes,
    dispose: (_, __, reason) => {
      if (reason === 'evict') evictions += 1;
    },
  });
  const size = () => protectedAnswers.calculatedSize + onProbation.bytes;
  function makeRoom(bytes: number): void {
    for (let dropped: number | undefined = 0; dropped !== undefined && size() + bytes > limit; ) {
      dropped = onProbation.dropOldest();
      evictions += dropped ?? 0;
    }
  }

  function protect(question: string, answer: CachedAnswer): void {
    protectedAnswers.set(question, answer);
    makeRoom(0);
  }

  const cache: AnswerCache = {
    get bytes() {
      return size();
    },
    get answers() {
      return protectedAnswers.size + onProbation.answers;
    },
    get evictions() {
      return evictions;
    },
    has: (question) => protectedAnswers.has(question) || onProbation.has(question),
    get(question, isCurrent) {
      const known = protectedAnswers.get(question);
      if (known && isCurrent(known)) return known;
      if (known) protectedAnswers.delete(question);
      const answer = onProbation.take(question, isCurrent);
      if (answer) protect(question, answer);
      return answer;
    },
    set(question, answer) {
      if (protectedAnswers.has(question)) protect(question, answer);
      else if (answer.bytes <= limit / 4) onProbation.add(question, answer, makeRoom);
      else onProbation.remove(question);
    },
    measure(question, answer) {
      // `set` of the same value would keep its first size.
      if (protectedAnswers.peek(question) === answer && protectedAnswers.delete(question)) protect(question, answer);
    },
  };
  countMemory('answers', cache, size, limit);
  return cache;
}
