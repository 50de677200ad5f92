import { styleSource } from '../../linked-data/html.ts';
import { type Language, preferredLanguage } from '../../ontology/language/labels.ts';
import { pageHeaders } from '../pages/page-headers.ts';

/** Response headers of pages without scripts. */
export const htmlHeaders = pageHeaders({ 'style-src': `'self' ${styleSource}`, 'script-src': "'none'" });

/** The language of the parameter `lang`, else the one that the client likes best. */
export function languageOf({ url, headers }: Request): Language {
  const given = new URL(url).searchParams.get('lang');
  if (given !== null) return preferredLanguage([given]);
  const tags = (headers.get('accept-language') ?? '').slice(0, 200).split(',');
  return preferredLanguage(tags.map((tag) => tag.split(';')[0] ?? ''));
}
