import { keepsDigits } from './keeps-digits.ts';

/** What may be a number that JavaScript cannot hold. */
const suspicious = /[\d.]{16}|e[+-]?\d{3}/i;
// A text that does not end is one up to there: otherwise each quote in it would be looked from to the end.
const textOrNumber = /"[^"\\]*(?:\\.[^"\\]*)*"?|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?/gi;

/**
 * JSON in which each number that a 64-bit float does not keep is the text of its digits instead, as no check takes a text for a
 * number. Other text, also such that is not JSON, means the same as before.
 */
export function withExactNumbers(json: string): string {
  if (!suspicious.test(json)) return json;
  return json.replace(textOrNumber, (found) => (found.startsWith('"') || keepsDigits(found) ? found : `"${found}"`));
}

/** Parses JSON as `withExactNumbers` has it. @throws SyntaxError */
export function parseExactJson(json: string): unknown {
  const value: unknown = JSON.parse(json);
  const exact = withExactNumbers(json);
  return exact === json ? value : JSON.parse(exact);
}
