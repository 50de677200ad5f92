// The languages of the server's pages are also those of the explorer.
export { type AsWritten, asWritten } from '../../ontology/language/as-written.ts';
export { isLanguage, type Language, languages, preferredLanguage } from '../../ontology/language/labels.ts';
