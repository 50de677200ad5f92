import { KEPT_DIGITS, keepsDigits } from '../../ontology/keeps-digits.ts';
import type { Fault } from '../fault.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The parsed JSON text, or the error in it. */
export function parseJson(
  bytes: Uint8Array,
): { readonly value: unknown } | { readonly fault: Pick<Fault, 'expected' | 'found'>; readonly text: string } {
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    return { fault: { expected: 'text in UTF-8', found: 'other bytes' }, text: Buffer.from(bytes).toString() };
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { fault: { expected: 'valid JSON', found: invalidJson(text, error) }, text };
  }
  const changed = changedNumber(text);
  if (changed === undefined) return { value };
  return { fault: { expected: `numbers with ${KEPT_DIGITS}`, found: changed }, text };
}

/** What may be a number that JavaScript cannot hold. */
const suspicious = /[\d.]{16}|e[+-]?\d{3}/i;
const textOrNumber = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;

/** The first number of a valid JSON text that is another one once it is parsed. */
function changedNumber(text: string): string | undefined {
  if (!suspicious.test(text)) return undefined;
  for (const { 0: found, index } of text.matchAll(textOrNumber)) {
    if (found.startsWith('"') || keepsDigits(found)) continue;
    const short = found.length > 50 ? `${found.slice(0, 50)}…` : found;
    return text.includes('\n') ? `${short} in line ${text.slice(0, index).split('\n').length}` : short;
  }
  return undefined;
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
