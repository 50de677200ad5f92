/** Control characters, of which text has tabs and line breaks only. NUL among them ends a text early in other programs. */
const control = /[^\P{Cc}\t\n\r]/u;

/** Embeddings, overrides and isolates (Unicode UAX 9): they display a text in another order than it is stored in. */
const reordering = /[\u202a-\u202e\u2066-\u2069]/;

/**
 * Characters that no reader of a name sees, with hyphens that are not shown and fillers. The joiners U+200C and U+200D are not among them, because Persian, Hindi and
 * emoji need them, nor are variation selectors, which choose between forms of a Chinese character.
 */
const invisible =
  /[\p{Cc}\p{Zl}\p{Zp}\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u2800\u3164\uffa0\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]|\u034f/u;

/** Whatever is not displayed as a character of its own, with the fillers that are displayed as nothing. */
const hidden = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** Whether a text has neither control characters nor characters that reorder it. */
export const isPlainText = (text: string): boolean => !control.test(text) && !reordering.test(text);

/** Whether the name of an entity has no characters that are invisible or reorder it. */
export const isPlainName = (name: string): boolean => !invisible.test(name);

/** Whether two names or keys that are different are also displayed differently, as far as characters without a form go. */
export const isFullyVisible = (text: string): boolean => !hidden.test(text);

/** The beginning of a text, without half of a character at its end. */
export const beginningOf = (text: string, length: number): string => text.slice(0, length).replace(/\p{Cs}$/u, '');
