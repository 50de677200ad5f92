import core, { type CslItem } from '@citation-js/core';
import { createCache, textBytes } from '../../engine/budgets/budgeted-cache.ts';
import { getOrInsert } from '../../ontology/get-or-insert.ts';
import '@citation-js/plugin-bibtex';
import type { CitedSource } from '../../engine/reads/citations.ts';
import type { CitationStyle } from '../../graphql/citations/cite.ts';
import { apaReference } from './apa.ts';

/** The formatted citations of a source by style. */
export type FormattedCitation = Readonly<Partial<Record<CitationStyle, string | CslItem>>>;

// The library has one configuration per process; this one is the same for all servers.
const bibtex = core.plugins.config.get('@bibtex').format;
// Titles may be Chinese. A slug is a suitable label, and the library's own labels are not unique.
bibtex.asciiOnly = false;
bibtex.useIdAsLabel = true;
bibtex.checkLabel = false;

/** A source as an item of CSL-JSON (https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html). */
export function cslItem(
  { slug, name, publisher, date, url, language, type }: CitedSource,
  cslTypes: Readonly<Record<string, string>> = {},
): CslItem {
  const cslType = cslTypes[type ?? ''] ?? 'webpage';
  const site = cslType === 'webpage' || cslType === 'entry-encyclopedia' ? 'container-title' : 'publisher';
  return {
    id: slug,
    type: cslType,
    title: name,
    ...(publisher ? { [site]: publisher } : {}),
    ...(date ? { issued: { 'date-parts': [date.split('-').map(Number)] } } : {}),
    ...(url ? { URL: url } : {}),
    ...(language ? { language } : {}),
  };
}

/** Characters that LaTeX does not take as text. */
const commands: Readonly<Record<string, string>> = {
  ...Object.fromEntries([...'&%$#_{}'].map((character) => [character, `\\${character}`])),
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
};
const asLatex = (text: string) => text.replace(/[&%$#_{}\\~^]/g, (character) => commands[character] ?? character);

const formatters: Readonly<Record<CitationStyle, (item: CslItem) => string | CslItem>> = {
  // The library modifies its input.
  apa: apaReference,
  // BibTeX has no field for the name of a website; the publisher takes its place. The names of months are macros, which
  // styles translate; the library writes month and day as one text.
  bibtex({ 'container-title': site, ...item }) {
    const { title, publisher = site } = item;
    const texts = Object.entries({ title, publisher }).filter(([, text]) => typeof text === 'string');
    const escaped = Object.fromEntries(texts.map(([name, text]) => [name, asLatex(String(text))]));
    return new core.Cite([structuredClone({ ...item, ...escaped }) as CslItem])
      .format('bibtex', { format: 'text' })
      .replace(/^(\s*)month = \{(\w+)(?: (\d+))?\}/m, (_, indent, month, day) =>
        day ? `${indent}month = ${month},\n${indent}day = {${day}}` : `${indent}month = ${month}`,
      )
      .trim();
  },
  csl: (item) => item,
};

/** One citation. */
export const formatCitation = (item: CslItem, style: CitationStyle): string | CslItem => formatters[style](item);

/** Formats the citations of a source in some styles. */
export type CitationFormatter = (
  source: CitedSource,
  styles: readonly CitationStyle[],
  /** CSL types by type of source; all others are web pages. */
  cslTypes?: Readonly<Record<string, string>>,
) => FormattedCitation;

/** A formatter with a cache of its own. */
export function createCitationFormatter(): CitationFormatter {
  // Formatting one takes some milliseconds, and the same sources are cited repeatedly. It is about as long as its key.
  const formatted = createCache<string | CslItem>('citations', { sizeOf: (_, key) => textBytes(key, key) });
  return (source, styles, cslTypes) => {
    const item = cslItem(source, cslTypes);
    return Object.fromEntries(
      styles.map((style) => {
        const key = `${style} ${JSON.stringify(item)}`;
        return [style, getOrInsert(formatted, key, () => formatters[style](item))];
      }),
    );
  };
}
