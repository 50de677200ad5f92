import type { Language } from './labels.ts';

/** What an element says of its text: the language, where it is not that of the page, and the direction. */
export interface AsWritten {
  readonly lang?: Language;
  readonly dir?: 'auto';
}

/** Letters that are written from right to left, such as those of Arabic and Hebrew. */
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;

/** The language of a text by its letters. Chinese has two signs where English has a word; `undefined` if it has neither. */
function languageOf(text: string): Language | undefined {
  const signs = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  const words = text.match(/\p{Script=Latin}+/gu)?.length ?? 0;
  if (signs === 0 && words === 0) return undefined;
  return signs > words ? 'zh-Hans' : 'en';
}

/** Attributes of an element with a name, a text or a value of the graph, which is not always in the language of the page. */
export function asWritten(text: string, page: Language): AsWritten {
  const language = languageOf(text);
  return {
    ...(language !== undefined && language !== page && { lang: language }),
    ...(rightToLeft.test(text) && { dir: 'auto' }),
  };
}
