/** Maximum number of characters in which a message quotes a value. */
const LONGEST_QUOTE = 120;

/** Maximum number of characters of an error about a value. */
const LONGEST_REASON = 300;

const cut = (text: string, longest: number) => (text.length > longest ? `${text.slice(0, longest)}…` : text);

/** Writes no more of a value than there is room for, so that a large one costs no more than a small one. */
function written(value: unknown, room: number): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, room + 1));
  if (typeof value !== 'object' || value === null) return String(value);
  const isList = Array.isArray(value);
  let text = '';
  for (const name in value) {
    if (text.length > room) break;
    const inside = written((value as Record<string, unknown>)[name], room - text.length);
    text += `${text === '' ? '' : ', '}${isList ? '' : `${cut(name, room)}: `}${inside}`;
  }
  return isList ? `[${text}]` : text === '' ? '{}' : `{ ${text} }`;
}

/** A value as a message quotes it: its beginning, if it is long. */
export const quotedValue = (value: unknown): string => cut(written(value, LONGEST_QUOTE), LONGEST_QUOTE);

/** What is wrong with a value, whose text may repeat the value. */
export const shortReason = (reason: string): string => cut(reason, LONGEST_REASON);
