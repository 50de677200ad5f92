import { escapeMarkup } from '../../../ontology/escape-markup.ts';
import type { Language } from '../../../ontology/language/labels.ts';
import { beginningOf } from '../../../ontology/plain-text.ts';
import { page as htmlPage, link, type PageAssets } from '../../../pages/serving/html.ts';
import { frameHeader } from './frame.ts';
import { pageText } from './texts.ts';

interface MessagePage {
  /** Address of the server. */
  readonly base: string;
  readonly language: Language;
  readonly assets?: PageAssets | undefined;
}

/** Characters of an address that are repeated. */
const LONGEST = 200;

/** A link to the search for the words of a slug. */
function searchLink({ base, language }: MessagePage, slug: string): string {
  const words = beginningOf(slug, LONGEST).replaceAll('-', ' ');
  const address = `${base}/explore?lang=${language}#/search?q=${encodeURIComponent(words)}`;
  return link(address, pageText(language, 'search', { words }));
}

/** A page with a title, a text and a link to the explorer. */
const messagePage = ({ base, language, assets }: MessagePage, title: string, said: readonly string[]): string =>
  htmlPage({
    title,
    language,
    description: title,
    assets,
    header: frameHeader({ base, language }),
    body: [
      `<h1>${title}</h1>`,
      ...said,
      `<p>${link(`${base}/explore?lang=${language}`, pageText(language, 'explore'))}</p>`,
    ].join('\n'),
  });

/** The page for an address that leads nowhere. */
export const lostPage = (page: MessagePage, path: string): string =>
  messagePage(page, pageText(page.language, 'lost'), [
    `<p>${pageText(page.language, 'lostAddress', { path: `<code>${escapeMarkup(beginningOf(path, LONGEST))}</code>` })}</p>`,
  ]);

/** The page for an address of no entity, with addresses that may have been meant. */
export function missingPage(
  page: MessagePage,
  slug: string,
  similar: readonly { readonly slug: string; readonly address: string }[],
): string {
  const { language } = page;
  const items = similar.map((one) => `<li>${link(`${one.address}?lang=${language}`, one.slug)}</li>`).join('');
  return messagePage(page, pageText(language, 'missing'), [
    `<p>${pageText(language, 'missingAddress', { slug: `<code>${escapeMarkup(beginningOf(slug, LONGEST))}</code>` })}</p>`,
    ...(items === '' ? [] : [`<p>${pageText(language, 'meant')}</p><ul>${items}</ul>`]),
    `<p>${searchLink(page, slug)}</p>`,
  ]);
}

interface Failure {
  /** Address that was opened. */
  readonly address: string;
  /** What the API says. */
  readonly message: string;
  /** Address of the same page without what may be wrong in this one; absent if there is nothing else in it. */
  readonly plain?: string | undefined;
  /** Seconds after which it is opened again; absent if that would not help. */
  readonly again?: number | undefined;
}

/** The page for an entity that cannot be shown. */
export function failedPage(page: MessagePage, { address, plain, message, again }: Failure): string {
  const { language } = page;
  const said = `<p class="note" lang="en">${escapeMarkup(message)}</p>`;
  if (again === undefined) {
    const way = plain === undefined ? [] : [`<p>${link(plain, pageText(language, 'plain'))}</p>`];
    return messagePage(page, pageText(language, 'refused'), [said, ...way]);
  }
  return messagePage(page, pageText(language, 'unavailable'), [
    `<p>${pageText(language, 'again', { seconds: again })}</p>`,
    said,
    `<p>${link(address, pageText(language, 'now'))}</p>`,
  ]);
}
