import { escapeMarkup } from '../../../ontology/escape-markup.ts';
import { getOrInsert } from '../../../ontology/get-or-insert.ts';
import { capitalized } from '../../../ontology/letter-case.ts';
import { link } from '../../../pages/serving/html.ts';
import type { DescribedEntity, NamedEntity, NamedSource } from '../described-entity.ts';
import { dateIn, section, shownValue } from './facts.ts';
import { nameIn, type Page, written } from './page-view.ts';

/** The sources of a page, numbered in the order in which they are cited. */
export interface NumberedSources {
  /** Marks that lead to the sources of a fact: `[1] [4]`. */
  marks(slugs: readonly string[] | undefined): string;
  /** Marks that lead to the sources of the record itself. */
  ofRecord(): string;
  /** Facts, with the sources of the record below. */
  below(facts: string): string;
  /** The list of all sources, with what each supports. */
  list(): string;
}

/** A link to the page of an entity. */
export const entityLink = (page: Page, entity: NamedEntity): string =>
  `${written(page, nameIn(page, entity), link(page.addressOf(entity.slug), nameIn(page, entity)))}${entity.isWeak ? `<small>${page.marks.bracketed(page.say('weak'))}</small>` : ''}`;

/** Numbers the sources that an entity and its relations cite. */
export function numberedSources(page: Page, entity: DescribedEntity): NumberedSources {
  const { ontology } = page.vocabulary;
  const { provenance } = ontology;
  const cited = entity.outgoing.filter(({ record }) => record.type === provenance?.relation);
  const known = new Map<string, NamedSource>([...cited.map(({ far }) => [far.slug, far] as const), ...entity.sources]);
  const numbers = new Map<string, number>();
  const numberOf = (slug: string) => getOrInsert(numbers, slug, () => numbers.size + 1);
  /** What a citation says of its source: `supports: record, name`. */
  function citation(slug: string): string {
    const { colon, comma, semicolon } = page.marks;
    const { properties = {} } = cited.find(({ far }) => far.slug === slug)?.record ?? {};
    const definitions = provenance ? ontology.edgePropertiesOf(provenance.relation) : {};
    const said = Object.entries(properties).flatMap(([name, value]) => {
      const property = definitions[name];
      if (!property) return [];
      const shown = [value].flat().map((one) => shownValue(page, property, one));
      return [
        `${escapeMarkup(capitalized(page.wording.property(provenance?.relation ?? '', name)))}${colon}${shown.join(comma)}`,
      ];
    });
    return said.length === 0 ? '' : ` <small>${said.join(semicolon)}</small>`;
  }
  /** Who published a source, and when. */
  const origin = ({ publisher, date }: NamedSource): string => {
    const parts = [
      ...(publisher === undefined ? [] : [written(page, publisher)]),
      ...(date === undefined ? [] : [escapeMarkup(dateIn(page, date))]),
    ];
    return parts.length === 0 ? '' : ` <span class="note">${parts.join(page.marks.comma)}</span>`;
  };
  const hint = (source: NamedSource) =>
    [nameIn(page, source), source.publisher, source.date && dateIn(page, source.date)]
      .filter(Boolean)
      .join(page.marks.comma);
  const sources: NumberedSources = {
    marks(slugs = []) {
      const marks = slugs.flatMap((slug) => {
        const source = known.get(slug);
        if (!source) return [];
        const number = numberOf(slug);
        return [`<a href="#source-${number}" title="${escapeMarkup(hint(source))}">[${number}]</a>`];
      });
      return marks.length === 0 ? '' : ` <sup>${marks.join(' ')}</sup>`;
    },
    ofRecord: () => sources.marks(cited.map(({ far }) => far.slug)),
    below(facts) {
      const marks = facts === '' ? '' : sources.ofRecord();
      return marks === ''
        ? facts
        : `${facts}<p class="note">${page.say('sourcesOfFacts')}${page.marks.colon}${marks.trim()}</p>`;
    },
    list() {
      for (const { far } of cited) numberOf(far.slug);
      const items = [...numbers].flatMap(([slug, number]) => {
        const source = known.get(slug);
        return source
          ? [`<li id="source-${number}">${entityLink(page, source)}${origin(source)}${citation(slug)}</li>`]
          : [];
      });
      return section(
        'sources',
        page.say('sources'),
        items.length === 0 ? '' : `<ol class="sources">${items.join('')}</ol>`,
      );
    },
  };
  return sources;
}
