import core, { type CslItem } from '@citation-js/core';
import '@citation-js/plugin-bibtex';
import '@citation-js/plugin-csl';
import { LRUCache } from 'lru-cache';
import type { CitedSource } from '../../graph/reads/citations.ts';
import type { CitationStyle } from '../../schema/citations/cite.ts';

/** The formatted citations of a source, each under the name of its style. */
export type FormattedCitation = Readonly<Partial<Record<CitationStyle, string | CslItem>>>;

const bibtex = core.plugins.config.get('@bibtex').format;
// Titles are in Chinese too. A slug is a fit label, and the library's own labels are not unique.
bibtex.asciiOnly = false;
bibtex.useIdAsLabel = true;
bibtex.checkLabel = false;

/** Types of CSL for those of sources; what is not here is a web page. */
const cslTypes: Readonly<Record<string, string>> = {
  CODE_REPOSITORY: 'software',
  DATASET: 'dataset',
  ENCYCLOPEDIA: 'entry-encyclopedia',
};

/** A source as an item of CSL-JSON (https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html). */
export function cslItem({ slug, name, publisher, date, url, language, type }: CitedSource): CslItem {
  const cslType = cslTypes[type] ?? 'webpage';
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

const formatters: Readonly<Record<CitationStyle, (item: CslItem) => string | CslItem>> = {
  // The library writes into what it is given.
  apa: (item) =>
    new core.Cite([structuredClone(item)])
      .format('bibliography', { format: 'text', template: 'apa', lang: 'en-US' })
      .trim(),
  // BibTeX has no name of a site; the publisher takes its place.
  bibtex: ({ 'container-title': site, ...item }) =>
    new core.Cite([structuredClone(site ? { ...item, publisher: site } : item) as CslItem])
      .format('bibtex', { format: 'text' })
      .trim(),
  csl: (item) => item,
};

/** Formatting one citation takes some milliseconds, and the same sources are cited over and over. */
const formatted = new LRUCache<string, string | CslItem>({ max: 5_000 });

/** The citations of a source in some styles. */
export function formatCitation(source: CitedSource, styles: readonly CitationStyle[]): FormattedCitation {
  const item = cslItem(source);
  return Object.fromEntries(
    styles.map((style) => {
      const key = `${style} ${JSON.stringify(item)}`;
      const known = formatted.get(key) ?? formatters[style](item);
      formatted.set(key, known);
      return [style, known];
    }),
  );
}
