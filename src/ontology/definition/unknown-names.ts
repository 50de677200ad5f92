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
} from '../vocabulary.ts';

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
    ...{ notBefore: true, followsFrom: true, doubtful: true, disputed: true, occasional: true, items: true },
  } satisfies NamesOf<Property>,
  provenance: {
    ...{ relation: true, kind: true, property: true, reliability: true, citation: true },
  } satisfies NamesOf<Provenance>,
  reliability: { property: true, weak: true } satisfies NamesOf<NonNullable<Provenance['reliability']>>,
  identification: { scheme: true, schemes: true, certainty: true } satisfies NamesOf<Identification>,
  scheme: {
    pattern: true,
    checksum: true,
    address: true,
    otherAddresses: true,
    lowerCase: true,
  } satisfies NamesOf<IdentifierScheme>,
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
