/** Significant digits with which a text names every 64-bit float. */
const MOST_DIGITS = 17;

/** Maximum length of a number. */
const LONGEST = 400;

const significant = (text: string) =>
  text
    .replace(/e.*$/i, '')
    .replace(/\D/g, '')
    .replace(/^0+|0+$/g, '');

/** What a number must be to pass `keepsDigits`. */
export const KEPT_DIGITS = 'no more digits than a 64-bit float keeps (15 always fit)';

/** Whether a decimal text is still the same number when it is read as a 64-bit float: `9007199254740993` is not. */
export function keepsDigits(text: string): boolean {
  if (text.length > LONGEST) return false;
  const number = Number(text);
  if (!Number.isFinite(number)) return false;
  const digits = significant(text);
  if (digits === significant(String(number))) return true;
  // Other programs write 0.1 with all the digits that a float may need: 0.10000000000000001.
  return number !== 0 && /[.e]/i.test(text) && digits.length <= MOST_DIGITS;
}
