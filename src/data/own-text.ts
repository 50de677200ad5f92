/**
 * A copy of a text, to be kept. V8 keeps with a piece of a text the whole that it was cut from: with an id, the row of a
 * table in which it stands.
 */
export const ownText = (text: string): string => Buffer.from(text).toString();
