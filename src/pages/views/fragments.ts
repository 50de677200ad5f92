import type { Ontology } from '../../ontology/ontology.ts';
import { isListed, type Kind, type Properties, type Property } from '../../ontology/vocabulary.ts';
import type { ExplorerOption } from './option.ts';
import { type Part, queryText } from './query-text.ts';
import type { ComputedSettings } from './settings.ts';
import { confidenceOf, datesOf } from './traits.ts';

/** What decides whether two properties have the same type in the schema. */
const typeOf = ({ type, list, required, enumeration }: Property) =>
  [enumeration ?? type, list ? 'list' : !isListed({ type }) && required].join(' ');

/** The field of a property. The alias has the kind as prefix where kinds give the name different types. */
export function propertyField({ kindNames, propertiesOf }: Ontology, kind: Kind, name: string): string {
  const types = kindNames.flatMap((each) => {
    const property = propertiesOf(each)[name];
    return property ? [typeOf(property)] : [];
  });
  return new Set(types).size > 1 ? `${kind}_${name}: ${name}` : name;
}

const named = (...names: readonly (string | null | undefined)[]) => [
  ...new Set(names.filter((name): name is string => typeof name === 'string')),
];

/** Name, and the name in Chinese where there is one. */
export const nameFields = ({ sharedProperties }: Ontology): readonly string[] =>
  named('slug', 'name', Object.hasOwn(sharedProperties, 'nameZh') ? 'nameZh' : undefined);

function cardFields(ontology: Ontology, option: ExplorerOption, kind: Kind): readonly string[] {
  const { provenance } = ontology;
  return named(
    option.highlighted?.[kind]?.property,
    confidenceOf(ontology, kind),
    ...datesOf(option, kind).map(({ property }) => property),
    provenance?.kind === kind ? provenance.reliability?.property : undefined,
    // Graphs are grouped by these.
    ...Object.keys((option.map?.kind === kind && option.map.columns) || {}).filter(
      (name) => ontology.propertyOf(kind, name).enumeration !== undefined,
    ),
  ).map((name) => propertyField(ontology, kind, name));
}

/** The fields of a milestone, with its source. */
const fieldsOfSteps = (items: Properties): readonly Part[] =>
  Object.keys(items).map((name) => (name === 'source' ? [name, ['...SourceCard']] : name));

function propertyPart(ontology: Ontology, kind: Kind, name: string): Part {
  const field = propertyField(ontology, kind, name);
  const { items, type } = ontology.propertyOf(kind, name);
  return type === 'milestones' && items ? [field, fieldsOfSteps(items)] : field;
}

/** The lists of milestones of a kind, with the fields of a milestone. */
export const historiesOf = (
  ontology: Ontology,
  kind: Kind,
): readonly (readonly [field: string, parts: readonly Part[]])[] =>
  Object.entries(ontology.propertiesOf(kind)).flatMap(([name, { type, items }]) =>
    type === 'milestones' && items ? [[propertyField(ontology, kind, name), fieldsOfSteps(items)]] : [],
  );

function sourceFields(ontology: Ontology): readonly string[] {
  const { citation, reliability } = ontology.provenance ?? {};
  return named(
    ...nameFields(ontology),
    citation?.publisher,
    citation?.date,
    citation?.url,
    reliability?.property,
    citation?.unlinked,
    citation?.type,
  );
}

/** A field written by hand that is computed from the properties of an entity. */
export interface ComputedField extends ComputedSettings {
  readonly kind: Kind;
}

/** The aliases have the kind as prefix, since kinds may give a name different types. */
const computedParts = (kinds: readonly Kind[], computed: readonly ComputedField[]): readonly Part[] =>
  kinds.map((kind) => [
    `... on ${kind}`,
    computed.filter((each) => each.kind === kind).map(({ name }) => `${kind}_${name}: ${name}`),
  ]);

/** The fragments of the queries, by name. */
export function fragmentsOf(
  ontology: Ontology,
  option: ExplorerOption,
  computed: readonly ComputedField[],
): Readonly<Record<string, string>> {
  const { kindNames, kind, sharedProperties, provenance } = ontology;
  const isOwn = (name: string) => !Object.hasOwn(sharedProperties, name);
  const isShown = (name: string) => name !== 'name' && name !== 'nameZh';
  const properties = [
    ...Object.entries(sharedProperties)
      .filter(([name]) => isShown(name))
      .map(
        ([name, { items, type }]): Part =>
          items ? [name, type === 'milestones' ? fieldsOfSteps(items) : Object.keys(items)] : name,
      ),
    ...kindNames.map(
      (name): Part => [
        `... on ${name}`,
        Object.keys(kind(name).properties)
          .filter((property) => isOwn(property) && isShown(property))
          .map((property) => propertyPart(ontology, name, property)),
      ],
    ),
  ];
  return {
    Card: queryText('Fields of an entity on the graph.', 'fragment Card on Entity', [
      '__typename',
      ...nameFields(ontology),
      ...kindNames.map((name): Part => [`... on ${name}`, cardFields(ontology, option, name)]),
    ]),
    Hop: queryText(
      provenance ? 'A relation with its ends, properties and sources.' : 'A relation with its ends and properties.',
      'fragment Hop on Hop',
      [
        'relation',
        ['from', ['slug']],
        ['to', ['slug']],
        ['properties', ['name', 'value']],
        ...(provenance ? ['ownSources', ['sources', ['...SourceCard']] as const] : []),
      ],
    ),
    LeftOut: queryText('Why a result is truncated, and what is missing.', 'fragment LeftOut on Truncation', [
      'reason',
      ['leftOut', ['relation', 'count']],
    ]),
    Neighbors: queryText(
      provenance
        ? 'Entities of a neighbourhood, and relations with their sources.'
        : 'Entities of a neighbourhood, and their relations.',
      'fragment Neighbors on Neighborhood',
      [
        ['nodes', ['...Card']],
        ['edges', ['...Hop']],
        ['truncated', ['...LeftOut']],
      ],
    ),
    ...(properties.some((part) => typeof part === 'string' || part[1].length > 0) && {
      Properties: queryText(
        'All properties of an entity. If kinds give a name different types, the alias has the kind as prefix.',
        'fragment Properties on Entity',
        properties,
      ),
    }),
    ...(computed.length > 0 && {
      Computed: queryText(
        'Fields that are computed from properties.',
        'fragment Computed on Entity',
        computedParts(kindNames, computed),
      ),
    }),
    ...(provenance && {
      SourceCard: queryText(
        'Fields of a source next to its facts.',
        `fragment SourceCard on ${provenance.kind}`,
        sourceFields(ontology),
      ),
    }),
  };
}
