import { LRUCache } from 'lru-cache';
import type { CachedAnswer } from './cached-answer.ts';

/** Answers by question, limited in bytes; those used least recently leave first. */
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

/** @param limit in bytes; an answer of more than a quarter of it is not stored */
export function createAnswerCache(limit: number): AnswerCache {
  let evictions = 0;
  const stored = new LRUCache<string, CachedAnswer>({
    maxSize: limit,
    maxEntrySize: Math.ceil(limit / 4),
    sizeCalculation: ({ bytes }) => bytes,
    dispose: (_, __, reason) => {
      if (reason === 'evict') evictions += 1;
    },
  });
  return {
    get bytes() {
      return stored.calculatedSize;
    },
    get answers() {
      return stored.size;
    },
    get evictions() {
      return evictions;
    },
    has: (question) => stored.has(question),
    get: (question) => stored.get(question),
    set(question, answer) {
      answer.encode();
      stored.set(question, answer);
    },
    delete: (question) => void stored.delete(question),
    measure(question, answer) {
      // `set` of the same value would keep its first size.
      if (stored.peek(question) === answer && stored.delete(question)) stored.set(question, answer);
    },
  };
}
