let messages: Readonly<Record<string, string>> = {};

/** Sets the texts of the editors by their English, before they are loaded. */
export function tellEditors(texts: Readonly<Record<string, string>>): void {
  messages = texts;
}

type Values = readonly (string | number | boolean | undefined | null)[];

/** A text of the editor with values in place of `{0}`. Its bundle has English texts only. */
export const localize = (_: unknown, text: string, ...values: Values): string =>
  (Object.hasOwn(messages, text) ? (messages[text] ?? text) : text).replace(/\{(\d+)\}/g, (whole, index: string) =>
    String(values[Number(index)] ?? whole),
  );

export function localize2(key: unknown, text: string, ...values: Values): { value: string; original: string } {
  const value = localize(key, text, ...values);
  return { value, original: value };
}

export const getNLSLanguage = (): undefined => undefined;
export const getNLSMessages = (): undefined => undefined;
