// The languages of the server's pages are also those of the explorer.
export { isLanguage, type Language, languages, preferredLanguage } from '../ontology/language/labels.ts';
