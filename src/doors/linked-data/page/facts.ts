import { escapeMarkup } from '../../../ontology/escape-markup.ts';
import { addressOfIdentifier, type Identifier } from '../../../ontology/identifiers.ts';
import { dateInWords } from '../../../ontology/language/locale.ts';
import { capitalized } from '../../../ontology/letter-case.ts';
import type { Location, Milestone } from '../../../ontology/records.ts';
import { isListed, type Property } from '../../../ontology/vocabulary.ts';
import { link } from '../../../pages/serving/html.ts';
import type { DescribedEntity } from '../described-entity.ts';
import { type Page, written } from './page-view.ts';
import { smallMap } from './small-map.ts';

export const section = (id: string, title: string, body: string): string =>
  body === '' ? '' : `<section id="${id}"><h2>${escapeMarkup(capitalized(title))}</h2>${body}</section>`;

/** A partial date in words, no more exact than it is known. */
export const dateIn = ({ view: { language } }: Page, date: string): string => dateInWords(language, date);

/** A scheme of identifiers; one without a label writes itself in capitals: `UN M49`. */
function schemeInWords({ vocabulary, wording }: Page, scheme: string): string {
  const label = wording.value(vocabulary.ontology.identification?.scheme, scheme);
  const own = scheme.replaceAll('_', ' ');
  return label === own.toLowerCase() ? own : label;
}

/** What is at a place: its name, and which side of a relation is there. */
function placeInWords({ vocabulary, wording, marks }: Page, { place, side, precision }: Location): string {
  const { positioning } = vocabulary.ontology;
  const named = [place, side === undefined ? undefined : wording.value(positioning?.side, side)];
  return named.filter(Boolean).join(marks.comma) || wording.value(positioning?.precision, precision);
}

/** Coordinates, and what they are the middle of. */
const pointInWords = (
  { vocabulary, wording, marks }: Page,
  { latitude, longitude, precision }: Omit<Location, 'place'>,
): string =>
  `${latitude}, ${longitude}${marks.bracketed(wording.value(vocabulary.ontology.positioning?.precision, precision))}`;

const stepInWords = (page: Page, { date, text }: Milestone): string =>
  `${date === undefined ? '' : escapeMarkup(`${dateIn(page, date)}${page.marks.colon}`)}${written(page, text)}`;

/** A value in the language of the page, as HTML. */
export function shownValue(page: Page, { type, enumeration }: Property, value: unknown): string {
  if (type === 'milestones') return stepInWords(page, value as Milestone);
  if (type === 'locations') {
    const location = value as Location;
    return `${written(page, placeInWords(page, location))} ${escapeMarkup(pointInWords(page, location))}`;
  }
  if (type === 'identifiers') {
    const identifier = value as Identifier;
    return escapeMarkup(`${schemeInWords(page, identifier.scheme)}${page.marks.colon}${identifier.value}`);
  }
  if (type === 'url') return link(String(value), String(value));
  if (type === 'enumeration') return escapeMarkup(capitalized(page.wording.value(enumeration, String(value))));
  if (type === 'boolean') return page.say(value === true ? 'yes' : 'no');
  if (type === 'date')
    return `<time datetime="${escapeMarkup(String(value))}">${escapeMarkup(dateIn(page, String(value)))}</time>`;
  return written(page, typeof value === 'number' && type === 'float' ? page.number(value) : String(value));
}

/** Types of properties that say most in few words. */
export const telling: ReadonlySet<Property['type']> = new Set(['enumeration', 'date', 'int', 'float', 'boolean']);

/** Texts that are longer have a section of their own. */
const LONG = 120;

export interface Facts {
  /** Dates, numbers and enumerated values. */
  readonly key: string;
  /** Codes, names and addresses. */
  readonly further: string;
  /** Texts, each in a section. */
  readonly texts: readonly string[];
  /** Where sources disagree. */
  readonly disputes: string;
}

const paragraphs = (isList: boolean, shown: readonly string[]) =>
  isList ? `<ul>${shown.map((one) => `<li>${one}</li>`).join('')}</ul>` : shown.map((one) => `<p>${one}</p>`).join('');

const inLines = (shown: readonly string[]) => shown.join('<br>');

/** The properties of an entity, but for those that stand elsewhere. Values that differ from earlier ones are underlined. */
export function factsOf(
  page: Page,
  { kind, record }: DescribedEntity,
  elsewhere: ReadonlySet<string>,
  earlier: ReadonlyMap<string, unknown>,
  sources: { ofFact(property: string): string },
): Facts {
  const { ontology } = page.vocabulary;
  const { citation, kind: sourceKind } = ontology.provenance ?? {};
  // The address of a repost is shown, but not linked.
  const isRepost = kind === sourceKind && record[citation?.unlinked ?? ''] === true;
  const isEmpty = (value: unknown) =>
    value === undefined || value === null || (Array.isArray(value) && value.length === 0);
  const properties = Object.entries(ontology.propertiesOf(kind)).filter(
    ([name, property]) => !elsewhere.has(name) && !isListed(property) && !isEmpty(record[name]),
  );
  const isLong = ([name, { type }]: readonly [string, Property]) =>
    type === 'text' && String(record[name]).length > LONG;
  const marked = ([name, property]: readonly [string, Property], joined: (shown: readonly string[]) => string) => {
    const shownOne = (one: unknown) =>
      property.type === 'url' && isRepost
        ? `${escapeMarkup(String(one))} <small>${page.say('repost')}</small>`
        : shownValue(page, property, one);
    const shown = [record[name]].flat().map(shownOne);
    if (!earlier.has(name)) return joined(shown);
    const before = [earlier.get(name) ?? []].flat().map(shownOne);
    return `${before.length === 0 ? '' : `<del>${joined(before)}</del> `}<ins>${joined(shown)}</ins>`;
  };
  const textOf = (one: readonly [string, Property]) =>
    marked(one, (shown) => paragraphs(one[1].list, shown.with(-1, `${shown.at(-1)}${sources.ofFact(one[0])}`)));
  const item = (one: readonly [string, Property]) =>
    `<dt>${escapeMarkup(capitalized(page.wording.property(kind, one[0])))}</dt><dd>${marked(one, inLines)}${sources.ofFact(one[0])}</dd>`;
  const list = (items: readonly (readonly [string, Property])[]) =>
    items.length === 0 ? '' : `<dl>${items.map(item).join('')}</dl>`;
  const [disputed, plain] = [
    properties.filter(([, property]) => property.disputed === true),
    properties.filter(([, property]) => property.disputed !== true),
  ];
  const short = plain.filter((one) => !isLong(one));
  // What is said of the name itself is no fact to begin with.
  const isTelling = ([name, { type }]: readonly [string, Property]) => telling.has(type) && name !== 'nameZhBasis';
  return {
    key: list(short.filter(isTelling)),
    further: list(short.filter((one) => !isTelling(one))),
    texts: plain.filter(isLong).map((one) => section(one[0], page.wording.property(kind, one[0]), textOf(one))),
    disputes: disputed.map((one) => section(one[0], page.say('disagree'), textOf(one))).join(''),
  };
}

/** Identifiers in other systems, each with its address. */
export function identifiersOf(page: Page, { record: { identifiers: value } }: DescribedEntity): string {
  const { identification } = page.vocabulary.ontology;
  if (!identification || !Array.isArray(value) || value.length === 0) return '';
  const items = (value as readonly Identifier[]).map((identifier) => {
    const address = addressOfIdentifier(identification, identifier);
    const shown = address === undefined ? escapeMarkup(identifier.value) : link(address, identifier.value);
    const match = identifier.match === 'EXACT' ? '' : ` <small>${page.say('similar')}</small>`;
    return `<dt>${escapeMarkup(schemeInWords(page, identifier.scheme))}</dt><dd>${shown}${match}</dd>`;
  });
  return section('identifiers', page.say('identifiers'), `<dl>${items.join('')}</dl>`);
}

/** Where an entity is, on a small map and in words. */
export function placesOf(page: Page, { record: { locations: value } }: DescribedEntity): string {
  const { positioning } = page.vocabulary.ontology;
  if (!positioning || !Array.isArray(value) || value.length === 0) return '';
  const places = (value as readonly Location[]).map((location) => ({
    ...location,
    label: placeInWords(page, location),
  }));
  const items = places.map(({ label, geonames, ...location }) => {
    const elsewhere =
      geonames === undefined
        ? ''
        : ` ${link(`https://www.geonames.org/${encodeURIComponent(String(geonames))}`, 'GeoNames')}`;
    return `<li>${written(page, label)} <small>${escapeMarkup(pointInWords(page, location))}${elsewhere}</small></li>`;
  });
  return section('places', page.say('places'), `${smallMap(page, places)}<ul>${items.join('')}</ul>`);
}
