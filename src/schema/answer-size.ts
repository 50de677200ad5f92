import { GraphQLError } from 'graphql';
import { limitExceeded } from './errors.ts';

/** The executor lets an error with this extension end the operation, whatever fields above could be null. */
const ENDS_OPERATION = { CRITICAL_ERROR: true };

/** Bytes of one answer, counted while it is built: at most what its text will have, so that no answer is refused early. */
export class AnswerSize {
  readonly limit: number;
  #bytes = 0;

  constructor(limit: number) {
    this.limit = limit;
  }

  get isExceeded(): boolean {
    return this.#bytes > this.limit;
  }

  /** @throws GraphQLError LIMIT_EXCEEDED once the answer is larger than it may be */
  add(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes > this.limit) this.#refuse();
  }

  #refuse(): never {
    const { message, extensions } = answerTooLarge(this.limit);
    throw new GraphQLError(message, { extensions: { ...extensions, ...ENDS_OPERATION } });
  }

  /** Begins with the next answer of the same operation. */
  restart(): void {
    this.#bytes = 0;
  }
}

/** Why an answer is refused as a whole. */
export const answerTooLarge = (limit: number): GraphQLError =>
  limitExceeded(`The answer is larger than ${limit} bytes: ask for smaller pages or fewer fields.`);

/** Quotes, colon and comma of a key. */
const KEY = 4;
const QUOTES = 2;
/** A number, a bracket or a comma. */
const OTHER = 1;

export const keyBytes = (key: string): number => key.length + KEY;

/** Bytes that a value has in JSON, at least. */
export function leastBytes(value: unknown): number {
  if (typeof value === 'string') return value.length + QUOTES;
  if (typeof value !== 'object' || value === null) return OTHER;
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + leastBytes(item) + OTHER, OTHER);
  let bytes = OTHER;
  for (const [key, item] of Object.entries(value)) if (item !== undefined) bytes += keyBytes(key) + leastBytes(item);
  return bytes;
}
