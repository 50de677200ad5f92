import { LANGUAGE_KEY, pageLanguage } from '../../shared/page-language.ts';
import { onDevice } from '../../shared/page-storage.ts';
import type { Language } from '../../views/languages.ts';

/** Language of the page, chosen as in the explorer. */
export const language: Language = pageLanguage(location.search, onDevice.getItem(LANGUAGE_KEY), navigator.languages);

/** An address of the page, in its language if the current address names it. */
export function inLanguage(address: string): string {
  if (!new URLSearchParams(location.search).has('lang')) return address;
  const [sent = '', fragment] = address.split('#');
  const named = `${sent}${sent.includes('?') ? '&' : '?'}lang=${language}`;
  return fragment === undefined ? named : `${named}#${fragment}`;
}

/** Stores the language on this device, for both pages, and loads the page in it. */
export function chooseLanguage(name: Language): void {
  onDevice.setItem(LANGUAGE_KEY, name);
  const query = new URLSearchParams(location.search);
  query.set('lang', name);
  location.assign(`${location.pathname}?${query}${location.hash}`);
}
