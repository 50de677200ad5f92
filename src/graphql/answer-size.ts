import { GraphQLError } from 'graphql';
import { limitExceeded } from './errors.ts';

/** An error with this extension ends the whole operation, even below nullable fields. */
const ENDS_OPERATION = { CRITICAL_ERROR: true };

/** Size of a response, counted while it is built. A lower bound, so that no response is rejected wrongly. */
export class AnswerSize {
  readonly limit: number;
  #bytes = 0;

  constructor(limit: number) {
    this.limit = limit;
  }

  get isExceeded(): boolean {
    return this.#bytes > this.limit;
  }

  /** @throws GraphQLError LIMIT_EXCEEDED if the response is too large */
  add(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes > this.limit) this.#refuse();
  }

  #refuse(): never {
    const { message, extensions } = answerTooLarge(this.limit);
    throw new GraphQLError(message, { extensions: { ...extensions, ...ENDS_OPERATION } });
  }

  /** Resets the count for the next response of the same operation. */
  restart(): void {
    this.#bytes = 0;
  }
}

/** The error for a response that is too large. */
export const answerTooLarge = (limit: number): GraphQLError =>
  limitExceeded(`The response is larger than ${limit} bytes. Request smaller pages or fewer fields.`);

/** Quotes, colon and comma of a key. */
const KEY = 4;
const QUOTES = 2;
/** A number, a bracket or a comma. */
const OTHER = 1;

export const keyBytes = (key: string): number => key.length + KEY;

/** Minimum size of a value as JSON. */
export function leastBytes(value: unknown): number {
  if (typeof value === 'string') return value.length + QUOTES;
  if (typeof value !== 'object' || value === null) return OTHER;
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + leastBytes(item) + OTHER, OTHER);
  let bytes = OTHER;
  for (const [key, item] of Object.entries(value)) if (item !== undefined) bytes += keyBytes(key) + leastBytes(item);
  return bytes;
}
