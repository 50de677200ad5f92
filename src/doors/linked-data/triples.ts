import { addressOfIdentifier, type Identifier } from '../../ontology/identifiers.ts';
import type { Location, Milestone, RelationRecord } from '../../ontology/records.ts';
import type { Kind, Property } from '../../ontology/vocabulary.ts';
import { plainProperties, type Vocabulary } from './vocabulary.ts';

/** The object of a triple. */
export type RdfObject =
  | { readonly iri: string }
  | { readonly value: string; readonly datatype?: string; readonly language?: string };

/** A statement of RDF; nothing in it is a blank node, so that the same graph always makes the same triples. */
export interface Triple {
  readonly subject: string;
  readonly predicate: string;
  readonly object: RdfObject;
}

type Fields = Readonly<Record<string, unknown>>;

/** A record of an entity, as an export has it. */
export type EntityFields = Fields & { readonly id: string };

const iri = (value: string): RdfObject => ({ iri: value });

/** The type of a partial date, by its precision. */
const dateTypes: Readonly<Record<number, string>> = { 4: 'xsd:gYear', 7: 'xsd:gYearMonth', 10: 'xsd:date' };

/** A number without an exponent, which a decimal cannot have. */
function decimal(value: number): string {
  const [mantissa = '0', exponent] = String(Math.abs(value)).split('e');
  const sign = value < 0 ? '-' : '';
  if (exponent === undefined) return `${sign}${mantissa}`;
  const [whole = '0', fraction = ''] = mantissa.split('.');
  const shift = Number(exponent);
  if (shift > 0) return `${sign}${whole}${fraction.padEnd(shift, '0')}`;
  return `${sign}0.${'0'.repeat(-shift - 1)}${whole}${fraction}`;
}

/** A web address as an IRI: characters that an IRI cannot have are percent-encoded. */
export const safeIri = (address: string): string =>
  address.replace(/[\p{Cc}\s<>"{}|\\^`]/gu, (char) => encodeURIComponent(char));

/** A value of a property. */
export function objectOf(vocabulary: Vocabulary, property: Property, value: unknown, language?: string): RdfObject {
  const text = String(value);
  const typed = (datatype: string, lexical = text): RdfObject => ({
    value: lexical,
    datatype: vocabulary.full(datatype),
  });
  switch (property.type) {
    case 'int':
      return typed('xsd:integer');
    case 'float':
      return typed('xsd:decimal', decimal(Number(value)));
    case 'boolean':
      return typed('xsd:boolean');
    case 'date':
      return typed(dateTypes[text.length] ?? 'xsd:string');
    case 'url':
      return iri(safeIri(text));
    case 'enumeration':
      return iri(vocabulary.own(`${property.enumeration}.${text}`));
    default:
      return language === undefined ? { value: text } : { value: text, language };
  }
}

/** The triples of an entity, without its relations. */
export function triplesOfEntity(vocabulary: Vocabulary, kind: Kind, record: EntityFields): readonly Triple[] {
  const subject = vocabulary.entity(record.id);
  const add = (predicate: string, object: RdfObject): Triple => ({ subject, predicate, object });
  const { ontology } = vocabulary;
  const plain = plainProperties(ontology, kind).flatMap(([name, property]) => {
    const value = record[name];
    if (value === undefined || value === null) return [];
    const { terms, language } = vocabulary.predicatesOf(kind, name);
    const objects = [value].flat().map((one) => objectOf(vocabulary, property, one, language));
    return terms.flatMap((term) => objects.map((object) => add(term, object)));
  });
  const listed = (type: string) =>
    Object.entries(ontology.propertiesOf(kind)).flatMap(([name, property]) => {
      const items = record[name];
      if (property.type !== type || !Array.isArray(items)) return [];
      return items.map((item: unknown, index) => ({ name, item, node: `${subject}#${name}-${index + 1}` }));
    });
  return [
    ...vocabulary.classesOf(kind).map((type) => add(vocabulary.full('rdf:type'), iri(type))),
    add(vocabulary.own('slug'), { value: record.id }),
    ...plain,
    ...listed('identifiers').flatMap(({ item, node }) =>
      ofIdentifier(vocabulary, kind, subject, node, item as Identifier),
    ),
    ...listed('locations').flatMap(({ name, item, node }) =>
      ofLocation(vocabulary, subject, name, node, item as Location),
    ),
    ...listed('milestones').flatMap(({ name, item, node }) =>
      ofMilestone(vocabulary, subject, name, node, item as Milestone),
    ),
  ];
}

/** Fields of the items of lists that are terms of the graph's own. */
export const ownItemFields = { identifiers: ['match', 'certainty', 'rule'], locations: ['precision', 'side'] } as const;

type Pair = readonly [predicate: string, object: RdfObject | undefined];

/** The triples of a node, with what leads to it. */
function nodeTriples(from: string, predicates: readonly string[], node: string, pairs: readonly Pair[]): Triple[] {
  return [
    ...predicates.map((predicate) => ({ subject: from, predicate, object: iri(node) })),
    ...pairs.flatMap(([predicate, object]) => (object ? [{ subject: node, predicate, object }] : [])),
  ];
}

const literal = (value: unknown): RdfObject | undefined =>
  value === undefined || value === null ? undefined : { value: String(value) };

function ofIdentifier(
  vocabulary: Vocabulary,
  kind: Kind,
  subject: string,
  node: string,
  identifier: Identifier,
): readonly Triple[] {
  const { full, own, ontology, isConcept } = vocabulary;
  const { identification } = ontology;
  if (!identification) return [];
  const address = addressOfIdentifier(identification, identifier);
  const isExact = identifier.match === 'EXACT';
  const same = isConcept(kind) ? full('skos:exactMatch') : full('owl:sameAs');
  const object = address === undefined ? undefined : iri(safeIri(address));
  return [
    ...(object ? [{ subject, predicate: isExact ? same : full('skos:closeMatch'), object }] : []),
    ...nodeTriples(subject, [full('schema:identifier')], node, [
      [full('rdf:type'), iri(full('schema:PropertyValue'))],
      [full('schema:propertyID'), literal(identifier.scheme)],
      [full('schema:value'), literal(identifier.value)],
      [own('match'), literal(identifier.match)],
      [own('certainty'), literal(identifier.certainty)],
      [own('rule'), literal(identifier.rule)],
      [full('schema:url'), object],
    ]),
  ];
}

function ofLocation(
  vocabulary: Vocabulary,
  subject: string,
  name: string,
  node: string,
  place: Location,
): readonly Triple[] {
  const { full, own, ontology } = vocabulary;
  const items = ontology.fieldsOfItems('locations');
  const value = (field: keyof Location): RdfObject | undefined => {
    const property = items[field];
    return property && place[field] !== undefined ? objectOf(vocabulary, property, place[field]) : undefined;
  };
  return nodeTriples(subject, [own(name)], node, [
    [full('rdf:type'), iri(full('schema:GeoCoordinates'))],
    [full('schema:latitude'), value('latitude')],
    [full('schema:longitude'), value('longitude')],
    [full('rdfs:label'), value('place')],
    [own('precision'), value('precision')],
    [own('side'), value('side')],
    [full('dcterms:source'), value('source')],
    [
      full('rdfs:seeAlso'),
      place.geonames === undefined ? undefined : iri(`https://sws.geonames.org/${encodeURIComponent(place.geonames)}/`),
    ],
  ]);
}

function ofMilestone(
  vocabulary: Vocabulary,
  subject: string,
  name: string,
  node: string,
  { date, type, text, source }: Milestone,
): readonly Triple[] {
  const { full, own, entity, ontology } = vocabulary;
  const { type: kindOfStep } = ontology.fieldsOfItems('milestones');
  const datatype = date === undefined ? undefined : dateTypes[date.length];
  return nodeTriples(subject, [own(name)], node, [
    [full('rdf:type'), iri(own('Milestone'))],
    [full('dcterms:date'), date === undefined ? undefined : { value: date, datatype: full(datatype ?? 'xsd:string') }],
    [full('dcterms:type'), type !== undefined && kindOfStep ? objectOf(vocabulary, kindOfStep, type) : undefined],
    [full('dcterms:description'), literal(text)],
    [full('prov:wasDerivedFrom'), source === undefined ? undefined : iri(entity(source))],
  ]);
}

/**
 * The triples of a relation: one that leads from its start to its end and, if it has properties or sources of its own, a
 * statement about that one, which is described in the document of its start.
 */
export function triplesOfRelation(vocabulary: Vocabulary, relation: RelationRecord): readonly Triple[] {
  const { full, own, entity, ontology } = vocabulary;
  const { type, from, to, properties = {}, sources = [] } = relation;
  const [subject, predicate, object] = [entity(from), vocabulary.relation(type), iri(entity(to))];
  const plain: Triple = { subject, predicate, object };
  const definitions = ontology.edgePropertiesOf(type);
  const values = Object.entries(definitions).flatMap(([name, property]): readonly Pair[] => {
    const value = properties[name];
    if (value === undefined || value === null) return [];
    return [value].flat().map((one) => [own(name), objectOf(vocabulary, property, one)]);
  });
  if (values.length + sources.length === 0) return [plain];
  const node = `${subject}#${type}-${to}`;
  return [
    plain,
    ...nodeTriples(subject, [], node, [
      [full('rdf:type'), iri(full('rdf:Statement'))],
      [full('rdf:subject'), iri(subject)],
      [full('rdf:predicate'), iri(predicate)],
      [full('rdf:object'), object],
      ...values,
      ...sources.map((source): Pair => [full('prov:wasDerivedFrom'), iri(entity(source))]),
    ]),
  ];
}
