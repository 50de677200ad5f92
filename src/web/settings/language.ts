import { isLanguage, type Language, preferredLanguage } from '../../explorer/languages.ts';

const KEY = 'silkgraph-language';

/** Names of the languages, each in its own. */
export const languageNames: Readonly<Record<Language, string>> = { en: 'English', 'zh-Hans': '简体中文' };

function chosen(): Language {
  const inAddress = new URLSearchParams(location.search).get('lang');
  if (inAddress !== null) return preferredLanguage([inAddress]);
  const kept = localStorage.getItem(KEY);
  return isLanguage(kept) ? kept : preferredLanguage(navigator.languages);
}

/** Language of the page: that of the address, else the one chosen on this device, else that of the browser. */
export const language: Language = chosen();

/** Address of the page in its language, so that a link shows others the same. */
export function addressIn(name: Language): string {
  const query = new URLSearchParams(location.search);
  query.set('lang', name);
  return `${location.pathname}?${query}${location.hash}`;
}

/** Whether the page stands in a frame of another page: without its header. */
export const isEmbedded: boolean = new URLSearchParams(location.search).has('embed');

/** Address of the view for a frame, or out of it. */
export function addressForFrame(isFramed: boolean): string {
  const lang = `lang=${encodeURIComponent(language)}`;
  return `${location.origin}${location.pathname}?${lang}${isFramed ? '&embed' : ''}${location.hash}`;
}

/** Stores the language on this device, and loads the page in it. */
export function chooseLanguage(name: Language): void {
  localStorage.setItem(KEY, name);
  location.assign(addressIn(name));
}
