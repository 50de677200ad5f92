/** Maximum length of a value quoted in a message. */
const LONGEST_QUOTE = 120;

/** Maximum number of characters of an error about a value. */
const LONGEST_REASON = 300;

const cut = (text: string, longest: number) => (text.length > longest ? `${text.slice(0, longest)}…` : text);

/** Writes at most a given number of characters of a value, so that large values are cheap to quote. */
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

/** A value for a message, cut off if it is long. */
export const quotedValue = (value: unknown): string => cut(written(value, LONGEST_QUOTE), LONGEST_QUOTE);

/** An error about a value, shortened because it may repeat the value. */
export const shortReason = (reason: string): string => cut(reason, LONGEST_REASON);
