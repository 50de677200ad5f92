/**
 * The same text as a string of its own. V8 keeps the whole document in memory for each string that was cut out of it, so
 * what is cached for longer than the document must be detached from it.
 */
export const detachedText = (text: string): string => Buffer.from(text).toString();
