import { hash } from 'node:crypto';
import { answerTooLarge } from '../schema/answer-size.ts';

/** Identifies a text in an entity tag. */
export const digestOf = (text: string | Uint8Array): string => hash('sha256', text, 'base64url').slice(0, 22);

/** Whether a text has more than `limit` bytes in UTF-8, which takes one to three for each unit of UTF-16. */
export const isLonger = (text: string, limit: number): boolean =>
  text.length > limit || (3 * text.length > limit && Buffer.byteLength(text) > limit);

/** The result that replaces one that is too large. */
export const tooLarge = (limit: number) => ({ errors: [answerTooLarge(limit)] });

/** A result as JSON; if that exceeds the limit, the error that says so. */
export function answerText(result: unknown, limit: number): string {
  const text = JSON.stringify(result);
  return isLonger(text, limit) ? JSON.stringify(tooLarge(limit)) : text;
}
