/** Texts of the page by their English; empty in English. */
let messages: Readonly<Record<string, string>> = {};

/** Sets the texts of the page in its language. */
export function tell(texts: Readonly<Record<string, string>>): void {
  messages = texts;
}

/** A text of the page in its language, with its `{names}`. */
export const messageOf = (text: string): string => (Object.hasOwn(messages, text) ? (messages[text] ?? text) : text);

/** A text of the page in its language, with values in place of `{name}`. */
export const say = (text: string, values: Readonly<Record<string, string | number>> = {}): string =>
  messageOf(text).replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
