import type { Change } from '../../../engine/changes/change.ts';
import type { RecordDifference } from '../../../history/revisions/difference.ts';
import type { Revision } from '../../../history/revisions/revision.ts';
import { escapeMarkup } from '../../../ontology/escape-markup.ts';
import { asWritten } from '../../../ontology/language/as-written.ts';
import type { Language } from '../../../ontology/language/labels.ts';
import { type Wording, wordingOf } from '../../../ontology/wording.ts';
import type { PageAssets } from '../../../pages/serving/html.ts';
import type { NamedEntity } from '../described-entity.ts';
import type { Vocabulary } from '../vocabulary.ts';
import { type Punctuation, punctuation } from './punctuation.ts';
import { type PageText, pageText } from './texts.ts';

/** How a page is shown. */
export interface PageView {
  readonly language: Language;
  /** @default fonts of the device, and no icon */
  readonly assets?: PageAssets | undefined;
  /** Picture of the world, in equirectangular projection. @default no map */
  readonly world?: string | undefined;
  /** Size of the picture for previews of links, in pixels. @default there is none */
  readonly picture?: { readonly width: number; readonly height: number } | undefined;
  /** Address to which errors in the data are reported, with `{page}` for the address of this page. @default none */
  readonly reportAddress?: string | undefined;
  /** Latest changes, newest first. */
  readonly changes?: readonly Change[];
  /** An earlier revision, and what differs from it: of the entity and of its relations. */
  readonly since?: { readonly revision: Revision; readonly differences: readonly RecordDifference[] } | undefined;
  /** The earlier revision that is shown. @default the graph of today */
  readonly asOf?: Revision | undefined;
  /** Whether the reader may see earlier states. */
  readonly hasEarlier?: boolean;
  /** Day on which the page is read, `YYYY-MM-DD`. */
  readonly today?: string;
}

/** What the parts of a page share. */
export interface Page {
  readonly vocabulary: Vocabulary;
  readonly view: PageView;
  readonly wording: Wording;
  readonly marks: Punctuation;
  say(name: PageText, values?: Readonly<Record<string, string | number>>): string;
  /** Address of the page of an entity, in the language of this one. */
  addressOf(slug: string): string;
  /** A number with separators; one with an exponent, which would read as zero or as a row of zeros, keeps it. */
  number(value: number): string;
}

export function pageOf(vocabulary: Vocabulary, view: PageView): Page {
  const { language } = view;
  const query = language === 'en' ? '' : `?lang=${language}`;
  return {
    vocabulary,
    view,
    wording: wordingOf(vocabulary.ontology, language),
    marks: punctuation[language],
    say: (name, values) => pageText(language, name, values),
    addressOf: (slug) => `${vocabulary.entity(slug)}${query}`,
    number(value) {
      const digits = String(value);
      return digits.includes('e') ? digits : value.toLocaleString(language, { maximumFractionDigits: 20 });
    },
  };
}

/** A name, a text or a value of the graph as HTML, marked where it is not in the language of the page. */
export function written({ view, vocabulary }: Page, text: string, html = escapeMarkup(text)): string {
  const attributes = Object.entries(asWritten(text, view.language, vocabulary.ontology.language)).map(
    ([name, value]) => ` ${name}="${value}"`,
  );
  return attributes.length === 0 ? html : `<span${attributes.join('')}>${html}</span>`;
}

/** The name of an entity in the language of the page. */
export const nameIn = ({ view: { language } }: Page, { name, nameZh }: Pick<NamedEntity, 'name' | 'nameZh'>): string =>
  language === 'zh-Hans' && nameZh ? nameZh : name;
