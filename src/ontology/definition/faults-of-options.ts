import { uncapitalized } from '../letter-case.ts';
import type { CitationProperties, Provenance, SupportedFacts } from '../provenance.ts';
import type { Qualification } from '../qualification.ts';
import type {
  Identification,
  IdentifierScheme,
  KindDefinition,
  OntologyDefinition,
  Positioning,
  Property,
  RelationDefinition,
} from '../vocabulary.ts';

/** What the values of an option look like; `other` is checked where the option is. */
const forms = {
  text: { fits: (value: unknown) => typeof value === 'string', words: 'a text' },
  texts: {
    fits: (value: unknown) => Array.isArray(value) && value.every((each) => typeof each === 'string'),
    words: 'a list of texts',
  },
  flag: { fits: (value: unknown) => typeof value === 'boolean', words: 'true or false' },
  other: { fits: () => true, words: '' },
} as const;

type FormsOf<Part> = Readonly<Record<keyof Part, keyof typeof forms>>;

/** The options that each part of a definition may have, so that a misspelt one is not ignored, nor `toOne: 'no'` taken for true. */
const known = {
  definition: {
    ...{ enumerations: 'other', sharedProperties: 'other', kinds: 'other', relations: 'other', provenance: 'other' },
    ...{ publishedTotals: 'other', identifiers: 'other', locations: 'other', linkedData: 'other', labels: 'other' },
    ...{ language: 'text', words: 'other', milestones: 'other', summaries: 'other' },
  } satisfies FormsOf<OntologyDefinition>,
  kind: {
    ...{ singular: 'text', plural: 'text', one: 'text', many: 'text', description: 'text', slugFrom: 'text' },
    ...{ properties: 'other', alsoCalled: 'texts', searchFacet: 'flag' },
  } satisfies FormsOf<KindDefinition>,
  relation: {
    ...{ from: 'text', to: 'text', forward: 'text', backward: 'text', description: 'text', forwardDescription: 'text' },
    ...{ backwardDescription: 'text', toOne: 'flag', expected: 'flag', symmetric: 'flag', acyclic: 'flag' },
    ...{ hierarchical: 'flag', walked: 'flag', searched: 'text', properties: 'other' },
  } satisfies FormsOf<RelationDefinition>,
  property: {
    ...{ type: 'text', description: 'text', required: 'flag', list: 'flag', indexed: 'flag', enumeration: 'text' },
    ...{
      searched: 'text',
      notBefore: 'text',
      followsFrom: 'text',
      followsFromType: 'text',
      doubtful: 'text',
      disputed: 'flag',
    },
    ...{
      occasional: 'flag',
      expectedWith: 'other',
      items: 'other',
      timeOf: 'texts',
      qualified: 'other',
      language: 'text',
    },
  } satisfies FormsOf<Property>,
  qualification: {
    ...{ by: 'text', over: 'texts', under: 'texts', about: 'texts', measured: 'other' },
  } satisfies FormsOf<Qualification>,
  measured: { property: 'text', values: 'texts' } satisfies FormsOf<NonNullable<Qualification['measured']>>,
  provenance: {
    ...{ relation: 'text', kind: 'text', property: 'text', reliability: 'other', citation: 'other' },
    facts: 'other',
  } satisfies FormsOf<Provenance>,
  facts: { property: 'text', supported: 'other' } satisfies FormsOf<SupportedFacts>,
  reliability: { property: 'text', weak: 'text' } satisfies FormsOf<NonNullable<Provenance['reliability']>>,
  identification: { scheme: 'other', schemes: 'other', certainty: 'text' } satisfies FormsOf<Identification>,
  scheme: {
    ...{ pattern: 'other', checksum: 'text', address: 'other', otherAddresses: 'other', lowerCase: 'flag' },
  } satisfies FormsOf<IdentifierScheme>,
  steps: { type: 'text' } satisfies FormsOf<NonNullable<OntologyDefinition['milestones']>>,
  positioning: { precision: 'other', side: 'text' } satisfies FormsOf<Positioning>,
  citation: {
    ...{ publisher: 'text', date: 'text', url: 'text', unlinked: 'text', language: 'text', type: 'text' },
    cslTypes: 'other',
  } satisfies FormsOf<CitationProperties>,
} satisfies Readonly<Record<string, Readonly<Record<string, keyof typeof forms>>>>;

/** Options of a part of the definition that have an unknown name or a value of another form. An absent one may be undefined. */
export function faultsOfOptions(place: string, part: object, kind: keyof typeof known): string[] {
  const options: Readonly<Record<string, keyof typeof forms>> = known[kind];
  return Object.entries(part).flatMap(([name, value]) => {
    const form = Object.hasOwn(options, name) ? options[name] : undefined;
    if (form === undefined) {
      return [`${place} has the unknown option ${name}. It takes ${Object.keys(options).join(', ')}.`];
    }
    const { fits, words } = forms[form];
    return value === undefined || fits(value)
      ? []
      : [`The option \`${name}\` of ${uncapitalized(place)} must be ${words}.`];
  });
}
