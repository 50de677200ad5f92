import { parseExactJson } from '../../../ontology/exact-json.ts';
import type { Fault } from '../fault.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The JSON text as `parseExactJson` has it, or the error in it. */
export function parseJson(
  bytes: Uint8Array,
): { readonly value: unknown } | { readonly fault: Pick<Fault, 'expected' | 'found'>; readonly text: string } {
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    return { fault: { expected: 'text in UTF-8', found: 'other bytes' }, text: Buffer.from(bytes).toString() };
  }
  try {
    return { value: parseExactJson(text) };
  } catch (error) {
    return { fault: { expected: 'valid JSON', found: invalidJson(text, error) }, text };
  }
}

function invalidJson(text: string, error: unknown): string {
  const reason = messageOf(error)
    .replace(/,? (\.\.\.)?"[\s\S]*$/, '')
    .replace(/ (in JSON )?at position[\s\S]*$/, '')
    .replace(/\s/g, ' ');
  return text.includes('\n') ? `${reason} in line ${brokenLine(text)}` : reason;
}

/** The first line up to which the text is not a prefix of valid JSON; not every error of V8 gives the place. */
function brokenLine(text: string): number {
  const ends = [...text.matchAll(/\n|$/g)].map(({ index }) => index);
  let [low, high] = [0, ends.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (mayGoOn(text.slice(0, (ends[middle] ?? 0) + 1))) low = middle + 1;
    else high = middle;
  }
  return low + 1;
}

function mayGoOn(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    const message = messageOf(error);
    const position = /at position (\d+)/.exec(message)?.[1];
    return message.includes('end of JSON input') || (position !== undefined && Number(position) >= text.length);
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
