import { hash } from 'node:crypto';
import { answerTooLarge } from '../graphql/answer-size.ts';

/** Identifies a text in an entity tag. */
export const digestOf = (text: string | Uint8Array): string => hash('sha256', text, 'base64url').slice(0, 22);

/** The tag, of those of a text, that `If-None-Match` names by weak comparison: any for `*` (https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2). */
export function namedTag(
  ifNoneMatch: string | null,
  [tag, ...others]: readonly [string, ...string[]],
): string | undefined {
  if (ifNoneMatch === null) return undefined;
  if (ifNoneMatch.trim() === '*') return tag;
  const opaque = (text: string) => text.trim().replace(/^W\//, '');
  const named = new Set(ifNoneMatch.split(',').map(opaque));
  return [tag, ...others].find((one) => named.has(opaque(one)));
}

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
