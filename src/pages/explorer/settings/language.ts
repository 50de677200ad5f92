import { LANGUAGE_KEY, pageLanguage } from '../../shared/page-language.ts';
import { inTab, onDevice } from '../../shared/page-storage.ts';
import type { Language } from '../../views/languages.ts';

export { languageNames } from '../../shared/page-language.ts';

/** Language of the page: that of the address, else the one chosen on this device, else that of the browser. */
export const language: Language = pageLanguage(location.search, onDevice.getItem(LANGUAGE_KEY), navigator.languages);

/** The language if the address of the page has one, for addresses of other pages. */
export const languageInAddress: Language | undefined = new URLSearchParams(location.search).has('lang')
  ? language
  : undefined;

/** Address of a view in a language, so that a link shows others the same. */
export function addressIn(name: Language, hash: string): string {
  const query = new URLSearchParams(location.search);
  query.set('lang', name);
  return `${location.pathname}?${query}${hash}`;
}

/** Whether the page stands in a frame of another page: without its header. */
export const isEmbedded: boolean = new URLSearchParams(location.search).has('embed');

/** Address of a view for a frame, or out of it. */
export function addressForFrame(isFramed: boolean, hash: string): string {
  const lang = `lang=${encodeURIComponent(language)}`;
  return `${location.origin}${location.pathname}?${lang}${isFramed ? '&embed' : ''}${hash}`;
}

const CHOSEN = 'silkgraph-language-chosen';

/** Whether the page was loaded because another language was chosen in it; true once. */
export function wasLanguageChosen(): boolean {
  const isChosen = inTab.getItem(CHOSEN) !== null;
  inTab.removeItem(CHOSEN);
  return isChosen;
}

/** Stores the language on this device, and loads the page in it. */
export function chooseLanguage(name: Language): void {
  onDevice.setItem(LANGUAGE_KEY, name);
  inTab.setItem(CHOSEN, name);
  location.assign(addressIn(name, location.hash));
}
