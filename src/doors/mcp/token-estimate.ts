/** Characters of ASCII that make one token: models differ, and JSON has many short tokens. */
const CHARACTERS_PER_TOKEN = 2.7;

/** Tokens that one character of another script makes at most, usually. */
const TOKENS_PER_CHARACTER = 1.3;

/**
 * An estimate of the tokens that a model reads in a text. Every model counts differently, so it is on the high side: a budget
 * that is kept by this estimate is kept by the tokenizers in use.
 */
export function estimateTokens(text: string): number {
  let foreign = 0;
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > 127) foreign += 1;
  return Math.ceil((text.length - foreign) / CHARACTERS_PER_TOKEN + foreign * TOKENS_PER_CHARACTER);
}
