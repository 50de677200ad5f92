import { escapeMarkup } from '../../ontology/escape-markup.ts';
import type { Language } from '../../ontology/language/labels.ts';
import { page as htmlPage, link } from '../html.ts';
import { pageText } from './texts.ts';

interface MessagePage {
  /** Address of the server. */
  readonly base: string;
  readonly language: Language;
}

/** The page for an address of no entity, with addresses that may have been meant. */
export function missingPage(
  { base, language }: MessagePage,
  slug: string,
  similar: readonly { readonly slug: string; readonly address: string }[],
): string {
  const title = pageText(language, 'missing');
  const items = similar.map((one) => `<li>${link(`${one.address}?lang=${language}`, one.slug)}</li>`).join('');
  return htmlPage({
    title,
    language,
    description: title,
    body: [
      `<h1>${title}</h1>`,
      `<p>${pageText(language, 'missingAddress', { slug: `<code>${escapeMarkup(slug.slice(0, 200))}</code>` })}</p>`,
      items === '' ? '' : `<p>${pageText(language, 'meant')}</p><ul>${items}</ul>`,
      explore(base, language),
    ].join('\n'),
  });
}

const explore = (base: string, language: Language) =>
  `<p>${link(`${base}/explore?lang=${language}`, pageText(language, 'explore'))}</p>`;

interface Failure {
  /** Address that was opened. */
  readonly address: string;
  /** What the API says. */
  readonly message: string;
  /** Seconds after which it is opened again; absent if that would not help. */
  readonly again?: number | undefined;
}

/** The page for an entity that cannot be shown. */
export function failedPage({ base, language }: MessagePage, { address, message, again }: Failure): string {
  const title = pageText(language, again === undefined ? 'refused' : 'unavailable');
  return htmlPage({
    title,
    language,
    description: title,
    body: [
      `<h1>${title}</h1>`,
      again === undefined ? '' : `<p>${pageText(language, 'again', { seconds: again })}</p>`,
      `<p class="note" lang="en">${escapeMarkup(message)}</p>`,
      again === undefined ? '' : `<p>${link(address, pageText(language, 'now'))}</p>`,
      explore(base, language),
    ].join('\n'),
  });
}
