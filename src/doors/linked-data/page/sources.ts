import { relationKey } from '../../../engine/graph/walk.ts';
import { escapeMarkup } from '../../../ontology/escape-markup.ts';
import { getOrInsert } from '../../../ontology/get-or-insert.ts';
import { capitalized } from '../../../ontology/letter-case.ts';
import type { RelationRecord } from '../../../ontology/records.ts';
import { link } from '../../../pages/serving/html.ts';
import {
  type DescribedEntity,
  type DescribedRelation,
  MOST_MARKS,
  type NamedEntity,
  type NamedSource,
} from '../described-entity.ts';
import { dateIn, section, shownValue } from './facts.ts';
import { nameIn, type Page, written } from './page-view.ts';

/** The sources of a page, numbered in the order in which they are cited. */
export interface NumberedSources {
  /** Marks that lead to the sources of a fact: `[1] [4]`. */
  marks(slugs: readonly string[] | undefined, most?: number): string;
  /** Marks that lead to the sources of a property of the entity, if any is said to support it. */
  ofFact(property: string): string;
  /** Marks that lead to the sources of the record itself. */
  ofRecord(): string;
  /** Marks that lead to the sources of a relation: its own, else those of the entity at its start. */
  ofRelation(relation: RelationRecord, most?: number): string;
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
  const known = new Map<string, NamedSource>([
    ...cited.map(({ far }) => [far.slug, far] as const),
    ...[...(entity.restsOn?.values() ?? [])].flat().map((source) => [source.slug, source] as const),
    ...entity.sources,
  ]);
  /** What a source of the entity is said to support. */
  const saidOf = ({ record: { properties = {} } }: DescribedRelation): readonly string[] =>
    provenance?.facts ? [properties[provenance.facts.property] ?? []].flat().map(String) : [];
  const supported = provenance?.facts?.supported ?? {};
  const ofWhole = cited.filter((one) => {
    const said = saidOf(one);
    return said.length === 0 || said.some((value) => !Object.hasOwn(supported, value));
  });
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
    marks(slugs = [], most = MOST_MARKS) {
      const found = slugs.flatMap((slug) => known.get(slug) ?? []);
      const marks = found.slice(0, most).map((source) => {
        const number = numberOf(source.slug);
        return `<a href="#source-${number}" title="${escapeMarkup(hint(source))}">[${number}]</a>`;
      });
      const rest = found.length - marks.length;
      if (rest > 0) marks.push(`<a href="#sources" title="${page.say('sources')}">+${rest}</a>`);
      return marks.length === 0 ? '' : ` <sup>${marks.join(' ')}</sup>`;
    },
    ofFact(property) {
      const own = cited.filter((one) => saidOf(one).some((value) => supported[value]?.includes(property)));
      return sources.marks((own.length === 0 ? ofWhole : own).map(({ far }) => far.slug));
    },
    ofRecord: () => sources.marks((ofWhole.length === 0 ? cited : ofWhole).map(({ far }) => far.slug)),
    ofRelation(relation, most) {
      if (relation.sources !== undefined) return sources.marks(relation.sources, most);
      if (relation.from === entity.slug) return sources.ofRecord();
      return sources.marks(
        entity.restsOn?.get(relationKey({ ...relation, relation: relation.type }))?.map(({ slug }) => slug),
        most,
      );
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
