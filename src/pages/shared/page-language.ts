import { isLanguage, type Language, preferredLanguage } from '../../ontology/language/labels.ts';

/** Where a device keeps the language that was chosen, for all pages. */
export const LANGUAGE_KEY = 'silkgraph-language';

/** Names of the languages, each in its own. */
export const languageNames: Readonly<Record<Language, string>> = { en: 'English', 'zh-Hans': '简体中文' };

/** Language of a page: that of its address, else the one chosen on the device, else that of the browser. */
export function pageLanguage(search: string, chosen: string | null, ofBrowser: readonly string[]): Language {
  const inAddress = new URLSearchParams(search).get('lang');
  if (inAddress !== null) return preferredLanguage([inAddress]);
  return isLanguage(chosen) ? chosen : preferredLanguage(ofBrowser);
}
