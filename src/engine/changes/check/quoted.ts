/** A value as quoted in an error message: short, on one line. */
export function quoted(value: unknown): string {
  if (value === undefined) return 'nothing';
  // JSON has no infinite numbers, though 1e400 becomes one.
  if (typeof value === 'number') return String(value);
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

/** A text as a fault shows it, with the characters that are not visible as `\u` escapes. */
export const escaped = (text: string): string =>
  quoted(text).replace(
    /[\p{C}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16).padStart(4, '0')}}`,
  );
