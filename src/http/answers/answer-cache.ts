import { LRUCache } from 'lru-cache';
import type { CachedAnswer } from './cached-answer.ts';
import { createProbationaryAnswers } from './probationary-answers.ts';

/**
 * Answers by question, limited in bytes. A new one is on probation and leaves with those of its time; the first time it
 * is asked for again, it moves to the protected ones, of which those used least recently leave: a segmented LRU
 * (https://doi.org/10.1109/2.268884), so that many questions asked once do not evict those that are asked again.
 */
export interface AnswerCache {
  readonly bytes: number;
  readonly answers: number;
  readonly evictions: number;
  has(question: string): boolean;
  get(question: string): CachedAnswer | undefined;
  set(question: string, answer: CachedAnswer): void;
  delete(question: string): void;
  /** An answer has become larger. */
  measure(question: string, answer: CachedAnswer): void;
}

/** Number of blocks of answers on probation, if the cache has no others. */
const BLOCKS = 16;
/** Maximum size of one in bytes; a large cache has more of them. */
const LARGEST_BLOCK = 2 ** 26;

/** Maximum share of the protected answers. */
const PROTECTED = 0.8;

/** @param limit in bytes; an answer of more than a quarter of it is not stored */
export function createAnswerCache(limit: number): AnswerCache {
  let evictions = 0;
  const onProbation = createProbationaryAnswers(Math.min(Math.ceil(limit / BLOCKS), LARGEST_BLOCK));
  const asked = new LRUCache<string, CachedAnswer>({
    maxSize: Math.ceil(limit * PROTECTED),
    maxEntrySize: Math.ceil(limit / 4),
    sizeCalculation: ({ bytes }) => bytes,
    dispose: (_, __, reason) => {
      if (reason === 'evict') evictions += 1;
    },
  });
  const size = () => asked.calculatedSize + onProbation.bytes;

  function makeRoom(): void {
    for (let dropped: number | undefined = 0; dropped !== undefined && size() > limit; ) {
      dropped = onProbation.dropOldest();
      evictions += dropped ?? 0;
    }
  }

  function protect(question: string, answer: CachedAnswer): void {
    asked.set(question, answer);
    makeRoom();
  }

  return {
    get bytes() {
      return size();
    },
    get answers() {
      return asked.size + onProbation.answers;
    },
    get evictions() {
      return evictions;
    },
    has: (question) => asked.has(question) || onProbation.has(question),
    get(question) {
      const known = asked.get(question);
      if (known) return known;
      const answer = onProbation.take(question);
      if (answer) protect(question, answer);
      return answer;
    },
    set(question, answer) {
      // One that fills much of a block is one of few, wherever it lies.
      if (asked.has(question) || !onProbation.add(question, answer)) protect(question, answer);
      else makeRoom();
    },
    delete(question) {
      if (!asked.delete(question)) onProbation.take(question);
    },
    measure(question, answer) {
      // `set` of the same value would keep its first size.
      if (asked.peek(question) !== answer || !asked.delete(question)) return;
      protect(question, answer);
    },
  };
}
