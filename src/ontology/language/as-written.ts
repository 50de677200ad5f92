import type { Language } from './labels.ts';

/** What an element says of its text: the language, where it is not that of the page, and the direction. */
export interface AsWritten {
  readonly lang?: string;
  readonly dir?: 'auto';
}

/** Letters that are written from right to left, such as those of Arabic and Hebrew. */
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;

/** Scripts with Chinese signs (ISO 15924). */
const withSigns: ReadonlySet<string> = new Set(['Hans', 'Hant', 'Jpan', 'Kore']);

/** The script that a language is usually written in (ISO 15924); `undefined` if the tag is none of a language (BCP 47). */
export function scriptOf(language: string): string | undefined {
  try {
    return new Intl.Locale(language).maximize().script;
  } catch {
    return undefined;
  }
}

/**
 * The language of a text by its letters: that of the graph where they can be of its script, else English or Chinese. Chinese has
 * two signs where English has a word. Of other scripts, only a graph that is not written in Latin letters has a language to
 * offer; otherwise it is `undefined`.
 */
function languageOf(text: string, graph: string): string | undefined {
  const signs = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  const words = text.match(/\p{Script=Latin}+/gu)?.length ?? 0;
  const script = scriptOf(graph) ?? '';
  if (signs > words) return withSigns.has(script) ? graph : 'zh-Hans';
  if (words > 0) return script === 'Latn' ? graph : 'en';
  return script !== 'Latn' && /\p{L}/u.test(text) ? graph : undefined;
}

/**
 * Attributes of an element with a name, a text or a value of the graph, which is not always in the language of the page.
 * @param graph the language of the ontology
 */
export function asWritten(text: string, page: Language, graph: string): AsWritten {
  const language = languageOf(text, graph);
  return {
    ...(language !== undefined && language !== page && { lang: language }),
    ...(rightToLeft.test(text) && { dir: 'auto' }),
  };
}
