import { escapeMarkup } from '../../../ontology/escape-markup.ts';
import { type Language, languages } from '../../../ontology/language/labels.ts';
import { link, themeSwitch } from '../../../pages/serving/html.ts';
import { pageText } from './texts.ts';

/** Where a page stands, and in which language. */
export interface Frame {
  /** Address of the server. */
  readonly base: string;
  readonly language: Language;
  /** Address of the page, which it has in each language. @default it is in one language */
  readonly address?: string;
  /** Number of the earlier revision that it shows. */
  readonly asOf?: number | undefined;
}

const mark =
  '<svg viewBox="0 0 32 32" width="26" height="26" aria-hidden="true"><path d="M6 24C14 24 12 16 16 16S18 8 26 8"/><circle cx="6" cy="24" r="4"/><circle cx="16" cy="16" r="4"/><circle cx="26" cy="8" r="4"/></svg>';

const languageNames: Readonly<Record<Language, string>> = { en: 'English', 'zh-Hans': '简体中文' };

/** The header of every page: the way home, the search, the views of the explorer and the languages. */
export function frameHeader({ base, language, address, asOf }: Frame): string {
  const explore = `${base}/explore?lang=${language}`;
  const say = (name: Parameters<typeof pageText>[1]) => pageText(language, name);
  const views = (['list', 'graph', 'ask'] as const).map((view) => link(`${explore}#/${view}`, say(`${view}s`)));
  const others = address === undefined ? [] : languages.filter((other) => other !== language);
  const translations = others.map(
    (other) =>
      `<a href="${escapeMarkup(`${address}?lang=${other}${asOf === undefined ? '' : `&asOf=${asOf}`}`)}" lang="${other}" hreflang="${other}">${languageNames[other]}</a>`,
  );
  return `<header>
<a class="brand" href="${escapeMarkup(explore)}" title="${say('explore')}">${mark}<span>Silkgraph</span></a>
<form role="search" action="${escapeMarkup(`${base}/explore`)}"><input type="hidden" name="lang" value="${language}"><input type="search" name="q" required maxlength="200" aria-label="${say('find')}" placeholder="${say('find')}"></form>
<nav aria-label="${say('pages')}">${[...views, ...translations].join('')}${themeSwitch(say('theme'))}</nav>
</header>`;
}
