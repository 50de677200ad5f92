import { type Language, preferredLanguage } from '../../../ontology/language/labels.ts';
import { scriptSource, styleSource } from '../../../pages/serving/html.ts';
import { pageHeaders } from '../../../pages/serving/page-headers.ts';

/** Response headers of pages that read without scripts. */
export const htmlHeaders = pageHeaders({
  'style-src': `'self' ${styleSource}`,
  'script-src': scriptSource,
  'form-action': "'self'",
});

/** How much a client likes a language, from 0 to 1 (https://www.rfc-editor.org/rfc/rfc9110#section-12.5.4). */
const weightOf = (tag: string): number => Number(/;\s*q=([\d.]+)/i.exec(tag)?.[1] ?? 1);

/** The language of the parameter `lang`, else the one that the client likes best. */
export function languageOf({ url, headers }: Request): Language {
  const given = new URL(url).searchParams.get('lang');
  if (given !== null) return preferredLanguage([given]);
  const tags = (headers.get('accept-language') ?? '').slice(0, 200).split(',');
  const liked = tags.filter((tag) => weightOf(tag) > 0).sort((one, other) => weightOf(other) - weightOf(one));
  return preferredLanguage(liked.map((tag) => tag.split(';')[0]?.trim() ?? ''));
}
