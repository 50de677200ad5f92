import { type Language, preferredLanguage } from '../../ontology/language/labels.ts';

/** The language of the parameter `lang` of an address; English without it. */
export const languageOf = ({ url }: Pick<Request, 'url'>): Language =>
  preferredLanguage([new URL(url).searchParams.get('lang') ?? 'en']);
