import { escapeMarkup } from '../ontology/escape-markup.ts';
import { addressOfIdentifier, type Identifier } from '../ontology/identifiers.ts';
import { capitalized } from '../ontology/letter-case.ts';
import type { Milestone } from '../ontology/records.ts';
import { isListed, type Property } from '../ontology/vocabulary.ts';
import { contextOf } from './context.ts';
import type { DescribedEntity, DescribedRelation, NamedEntity } from './described-entity.ts';
import { entityTriples, pageAddress } from './entity-triples.ts';
import { link, page, scriptJson } from './html.ts';
import { jsonLdNodes } from './json-ld.ts';
import type { Vocabulary } from './vocabulary.ts';

/** `partnerCountries` as `Partner countries`. */
const inWords = (name: string) => capitalized(name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`));

/** `ECONOMIC_ZONE` as `Economic zone`. */
const valueInWords = (value: string) => capitalized(value.toLowerCase().replaceAll('_', ' '));

/** Relations of one type that a page lists; the rest are counted. */
const MOST_LISTED = 100;

/** Texts that are longer stand below the facts. */
const LONG = 120;

/**
 * The page of an entity, complete without scripts: its facts, relations and sources, with the same data as JSON-LD inside.
 * Everything that comes out of the graph is escaped.
 */
export function entityPage(vocabulary: Vocabulary, entity: DescribedEntity): string {
  const { ontology } = vocabulary;
  const { kind, name, record } = entity;
  const properties = Object.entries(ontology.propertiesOf(kind)).filter(([property]) => property !== 'name');
  const text = properties.find(
    ([property, { type, list }]) =>
      type === 'text' && !list && ['description', 'definition', 'summary'].includes(property),
  );
  const lead = text ? record[text[0]] : undefined;
  /** Names in other languages stand below the title. */
  const inOtherLanguages = properties.flatMap(([property, { searched, list }]) => {
    const { language } = vocabulary.predicatesOf(kind, property);
    const value = record[property];
    return searched === 'name' && !list && language !== undefined && typeof value === 'string'
      ? [{ property, value, language }]
      : [];
  });
  const names = inOtherLanguages.map(({ value, language }) => [value, language] as const);
  const shownAbove = new Set([text?.[0], ...inOtherLanguages.map(({ property }) => property)]);
  const others = properties.filter(([property, definition]) => !shownAbove.has(property) && !isListed(definition));
  const isLong = ([property]: readonly [string, Property]) => String(record[property] ?? '').length > LONG;
  const { citation } = ontology.provenance ?? {};
  const isRepost = kind === ontology.provenance?.kind && record[citation?.unlinked ?? ''] === true;
  const facts = others
    .filter((one) => !isLong(one))
    // The address of a repost is shown, but not linked.
    .map(([property, definition]) =>
      fact(record, property, isRepost ? { ...definition, type: plainType(definition) } : definition),
    );
  const texts = others.filter(isLong).map(([property]) => section(inWords(property), paragraphs(record[property])));
  const triples = jsonLdNodes(vocabulary, entityTriples(vocabulary, { ...entity, incoming: [] }));
  const data = { '@context': contextOf(vocabulary), '@graph': triples };
  const address = vocabulary.entity(entity.slug);
  const { licence } = ontology.linkedData?.dataset ?? {};
  return page({
    title: name,
    language: 'en',
    description: typeof lead === 'string' ? lead : `${name}: ${ontology.kind(kind).one.replace(/^an? /, '')}`,
    canonical: address,
    alternates: [
      ['application/ld+json', `${address}.jsonld`],
      ['text/turtle', `${address}.ttl`],
      ['application/n-triples', `${address}.nt`],
      ['application/json', `${address}.json`],
    ],
    head: `<script type="application/ld+json">${scriptJson(data)}</script>`,
    body: [
      `<p class="kind">${escapeMarkup(capitalized(ontology.kind(kind).one.replace(/^an? /, '')))}</p>`,
      `<h1>${escapeMarkup(name)}</h1>`,
      ...names.map(([text, language]) => `<p class="name" lang="${escapeMarkup(language)}">${escapeMarkup(text)}</p>`),
      typeof lead === 'string' ? `<p class="lead">${escapeMarkup(lead)}</p>` : '',
      facts.join('') === '' ? '' : `<dl>${facts.join('')}</dl>`,
      ...texts,
      ...properties
        .filter(([, { type }]) => type === 'milestones')
        .map(([property]) => steps(vocabulary, entity, inWords(property), record[property])),
      identifiers(vocabulary, record.identifiers),
      locations(record.locations),
      ...relations(vocabulary, entity),
      otherPages(entity, address),
      `<footer><p>Data: ${[
        ['jsonld', 'JSON-LD'],
        ['ttl', 'Turtle'],
        ['nt', 'N-Triples'],
        ['json', 'JSON'],
      ]
        .map(([ending = '', label = '']) => link(`${address}.${ending}`, label))
        .join(
          ' · ',
        )} · ${link(`${vocabulary.base}/explore?focus=${encodeURIComponent(entity.slug)}`, 'Explore the graph')}${licence === undefined ? '' : ` · ${link(new URL(licence, vocabulary.base).href, 'Licences and attributions')}`}</p></footer>`,
    ].join('\n'),
  });
}

/** Links to the pages before and after this one. */
function otherPages({ page, goesOn }: DescribedEntity, address: string): string {
  const to = (number: number, text: string) => link(pageAddress(address, { ...page, number }), text);
  const links = [
    ...(page.number > 1 ? [to(page.number - 1, 'Previous relations')] : []),
    ...(goesOn ? [to(page.number + 1, 'More relations')] : []),
  ];
  return links.length === 0 ? '' : `<p class="note">Page ${page.number} of the relations. ${links.join(' · ')}</p>`;
}

/** Addresses as text. */
const plainType = ({ type }: Property) => (type === 'url' ? 'text' : type);

const section = (title: string, body: string) =>
  body === '' ? '' : `<section><h2>${escapeMarkup(title)}</h2>${body}</section>`;

const paragraphs = (value: unknown) =>
  Array.isArray(value)
    ? `<ul>${value.map((one) => `<li>${escapeMarkup(String(one))}</li>`).join('')}</ul>`
    : `<p>${escapeMarkup(String(value))}</p>`;

function fact(record: DescribedEntity['record'], name: string, property: Property): string {
  const value = record[name];
  if (value === undefined || value === null) return '';
  const shown = [value].flat().map((one) => shownValue(property, one));
  return `<dt>${escapeMarkup(inWords(name))}</dt><dd>${shown.join('<br>')}</dd>`;
}

function shownValue({ type }: Property, value: unknown): string {
  if (type === 'url') return link(String(value), String(value));
  if (type === 'enumeration') return escapeMarkup(valueInWords(String(value)));
  if (type === 'boolean') return value === true ? 'Yes' : 'No';
  return escapeMarkup(typeof value === 'number' && type === 'float' ? value.toLocaleString('en') : String(value));
}

function steps(vocabulary: Vocabulary, { sources }: DescribedEntity, title: string, value: unknown): string {
  if (!Array.isArray(value)) return '';
  const items = (value as readonly Milestone[]).map(({ date, text, source }) => {
    const cited = source === undefined ? undefined : sources.get(source);
    const when = date === undefined ? '' : `<time datetime="${escapeMarkup(date)}">${escapeMarkup(date)}</time> `;
    return `<li>${when}${escapeMarkup(text)}${cited ? ` <small>${entityLink(vocabulary, cited)}</small>` : ''}</li>`;
  });
  return section(title, `<ul>${items.join('')}</ul>`);
}

function identifiers({ ontology: { identification } }: Vocabulary, value: unknown): string {
  if (!identification || !Array.isArray(value)) return '';
  const items = (value as readonly Identifier[]).map((identifier) => {
    const address = addressOfIdentifier(identification, identifier);
    const shown = address === undefined ? escapeMarkup(identifier.value) : link(address, identifier.value);
    const match = identifier.match === 'EXACT' ? '' : ' <small>similar</small>';
    return `<dt>${escapeMarkup(identifier.scheme)}</dt><dd>${shown}${match}</dd>`;
  });
  return section('Identifiers', `<dl>${items.join('')}</dl>`);
}

function locations(value: unknown): string {
  if (!Array.isArray(value)) return '';
  const items = (value as readonly Readonly<Record<string, string | number | undefined>>[]).map(
    ({ latitude, longitude, precision, place, side, geonames }) =>
      `<li>${escapeMarkup([place, side === undefined ? undefined : valueInWords(String(side)).toLowerCase()].filter(Boolean).join(', '))} <small>${latitude}, ${longitude} (${escapeMarkup(valueInWords(String(precision)).toLowerCase())})${geonames === undefined ? '' : ` ${link(`https://www.geonames.org/${encodeURIComponent(String(geonames))}`, 'GeoNames')}`}</small></li>`,
  );
  return section('Places', `<ul>${items.join('')}</ul>`);
}

const entityLink = (vocabulary: Vocabulary, { slug, name, isWeak }: NamedEntity) =>
  `${link(vocabulary.entity(slug), name)}${isWeak ? ' <small>(low reliability)</small>' : ''}`;

function relations(vocabulary: Vocabulary, entity: DescribedEntity): readonly string[] {
  const { ontology } = vocabulary;
  const groups = new Map<string, DescribedRelation[]>();
  const add = (title: string, relation: DescribedRelation) => {
    const members = groups.get(title);
    if (members) members.push(relation);
    else groups.set(title, [relation]);
  };
  for (const relation of entity.outgoing) add(ontology.relation(relation.record.type).forward, relation);
  for (const relation of entity.incoming) add(ontology.relation(relation.record.type).backward, relation);
  // Sources last: they support what stands above them.
  const isProvenance = ([, [first]]: [string, DescribedRelation[]]) =>
    Number(first?.record.type === ontology.provenance?.relation);
  return [...groups]
    .sort((a, b) => isProvenance(a) - isProvenance(b))
    .map(([title, members]) => {
      const items = members.slice(0, MOST_LISTED).map((relation) => relationItem(vocabulary, entity, relation));
      const rest = members.length - items.length;
      const more = rest > 0 ? `<li><small>and ${rest.toLocaleString('en')} more</small></li>` : '';
      return section(inWords(title), `<ul>${items.join('')}${more}</ul>`);
    });
}

function relationItem(
  vocabulary: Vocabulary,
  { sources }: DescribedEntity,
  { record, far }: DescribedRelation,
): string {
  const { ontology } = vocabulary;
  const definitions = ontology.edgePropertiesOf(record.type);
  const details = Object.entries(record.properties ?? {}).flatMap(([name, value]) => {
    const property = definitions[name];
    return property && property.type !== 'url' ? [value].flat().map((one) => shownValue(property, one)) : [];
  });
  const cited = (record.sources ?? []).flatMap((slug) => sources.get(slug) ?? []);
  const marks = cited.map((source, index) => link(vocabulary.entity(source.slug), `[${index + 1}]`, source.name));
  const detail = details.length === 0 ? '' : ` <small>${details.join(', ')}</small>`;
  return `<li>${entityLink(vocabulary, far)}${detail}${marks.length === 0 ? '' : ` <sup>${marks.join(' ')}</sup>`}</li>`;
}
