import type {
  CitationProperties,
  Identification,
  IdentifierScheme,
  KindDefinition,
  OntologyDefinition,
  Positioning,
  Property,
  Provenance,
  RelationDefinition,
} from './vocabulary.ts';

type NamesOf<Part> = Readonly<Record<keyof Part, true>>;

/** The names that each part of a definition may have, so that a misspelt one is not ignored. */
const known = {
  definition: {
    ...{ enumerations: true, sharedProperties: true, kinds: true, relations: true, provenance: true },
    ...{ publishedTotals: true, identifiers: true, locations: true, linkedData: true, labels: true },
  } satisfies NamesOf<OntologyDefinition>,
  kind: {
    ...{ singular: true, plural: true, one: true, many: true, description: true, slugFrom: true, properties: true },
    ...{ alsoCalled: true, searchFacet: true },
  } satisfies NamesOf<KindDefinition>,
  relation: {
    ...{ from: true, to: true, forward: true, backward: true, description: true, forwardDescription: true },
    ...{ backwardDescription: true, toOne: true, expected: true, symmetric: true, acyclic: true, hierarchical: true },
    ...{ walked: true, searched: true, properties: true },
  } satisfies NamesOf<RelationDefinition>,
  property: {
    ...{ type: true, description: true, required: true, list: true, indexed: true, enumeration: true, searched: true },
    ...{ notBefore: true, doubtful: true, disputed: true, items: true },
  } satisfies NamesOf<Property>,
  provenance: {
    ...{ relation: true, kind: true, property: true, reliability: true, citation: true },
  } satisfies NamesOf<Provenance>,
  reliability: { property: true, weak: true } satisfies NamesOf<NonNullable<Provenance['reliability']>>,
  identification: { scheme: true, schemes: true, certainty: true } satisfies NamesOf<Identification>,
  scheme: { pattern: true, checksum: true, address: true, lowerCase: true } satisfies NamesOf<IdentifierScheme>,
  positioning: { precision: true, side: true } satisfies NamesOf<Positioning>,
  citation: {
    ...{ publisher: true, date: true, url: true, unlinked: true, language: true, type: true, cslTypes: true },
  } satisfies NamesOf<CitationProperties>,
};

/** Names of a part of the definition that mean nothing. */
export const unknownNames = (place: string, part: object, kind: keyof typeof known): string[] =>
  Object.keys(part)
    .filter((name) => !Object.hasOwn(known[kind], name))
    .map((name) => `${place} has the unknown option ${name}. It takes ${Object.keys(known[kind]).join(', ')}.`);

export const entries = <Value>(values: Readonly<Record<string, Value>>) => Object.entries(values);

/** Options without which nothing else of a part can be checked: texts, and objects. */
const needed = {
  definition: { texts: [], objects: ['enumerations', 'sharedProperties', 'kinds', 'relations'] },
  kind: { texts: ['singular', 'plural', 'one', 'many', 'description'], objects: ['properties'] },
  relation: { texts: ['from', 'to', 'forward', 'backward', 'description', 'forwardDescription'], objects: [] },
  property: { texts: ['type', 'description'], objects: [] },
  enumeration: { texts: [], objects: ['values'] },
} as const satisfies Readonly<
  Record<string, { readonly texts: readonly string[]; readonly objects: readonly string[] }>
>;

type Part = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Part => typeof value === 'object' && value !== null;

/** Sentences about the options that a part of the definition lacks, or that are of another form. */
function lacking(place: string, part: unknown, { texts, objects }: (typeof needed)[keyof typeof needed]): string[] {
  if (!isObject(part)) return [`${place} must be an object.`];
  return [
    ...texts.filter((name) => typeof part[name] !== 'string').map((name) => `${place} needs the text \`${name}\`.`),
    ...objects.filter((name) => !isObject(part[name])).map((name) => `${place} needs the object \`${name}\`.`),
  ];
}

/** What a definition that is not written in TypeScript may lack; while it lacks anything, nothing else can be checked. */
export function missingParts(definition: unknown): readonly string[] {
  const missing = lacking('The ontology', definition, needed.definition);
  if (missing.length > 0) return missing;
  const { enumerations, sharedProperties, kinds, relations } = definition as Readonly<Record<string, Part>>;
  const inAll = (parts: unknown, check: (name: string, part: unknown) => string[]) =>
    isObject(parts) ? Object.entries(parts).flatMap(([name, part]) => check(name, part)) : [];
  const inProperties = (owner: string, properties: unknown) =>
    inAll(properties, (name, part) => lacking(`The property ${name} of ${owner}`, part, needed.property));
  const inOwn = (owner: string, part: unknown) => (isObject(part) ? inProperties(owner, part.properties) : []);
  return [
    ...inAll(enumerations, (name, part) => lacking(`The enumeration ${name}`, part, needed.enumeration)),
    ...inProperties('every kind', sharedProperties),
    ...inAll(kinds, (name, part) => [...lacking(`The kind ${name}`, part, needed.kind), ...inOwn(name, part)]),
    ...inAll(relations, (name, part) => [
      ...lacking(`The relation ${name}`, part, needed.relation),
      ...inOwn(name, part),
    ]),
  ];
}
