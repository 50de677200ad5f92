import { capitalized, constantCase } from '../../ontology/letter-case.ts';
import type { Ontology, RelationField } from '../../ontology/ontology.ts';
import type { Kind, Property } from '../../ontology/vocabulary.ts';
import type { Wording } from '../../ontology/wording.ts';
import { propertyField } from './fragments.ts';
import type { ExplorerOption } from './option.ts';
import type {
  ColumnSettings,
  CountColumnSettings,
  FacetSettings,
  FieldSettings,
  ListSettings,
  TotalSettings,
} from './settings.ts';
import type { Texts } from './texts.ts';
import { datesOf, fieldOf } from './traits.ts';

/** Facets that one request may count. */
const MOST_FACETS = 10;

/** Columns with values, before those with counts. */
const MOST_COLUMNS = 6;

/** The name of the query for the list of a kind. */
export const queryNameOfList = (kind: Kind): string => `list ${kind}`;

/** Types of properties that lists are narrowed by. */
const facetTypes: Readonly<Partial<Record<Property['type'], FacetSettings['type']>>> = {
  enumeration: 'value',
  boolean: 'boolean',
  int: 'number',
  date: 'date',
};

/** Relations of a kind that lists show: not those to sources, nor those that any kind has. */
export const listedFields = ({ relationFieldsOf, provenance }: Ontology, kind: Kind): readonly RelationField[] =>
  [...relationFieldsOf(kind).values()].filter(
    ({ relation, target }) => relation !== provenance?.relation && target !== 'Entity',
  );

/** Properties by which lists are narrowed: those that the database has indexes on. */
export const facetProperties = ({ propertiesOf }: Ontology, kind: Kind): readonly (readonly [string, Property])[] =>
  Object.entries(propertiesOf(kind)).filter(([, { type, list, indexed }]) => indexed && !list && facetTypes[type]);

/** The values of a property of a related entity that a list is narrowed by: `partnerCountries.region`. */
export interface Through {
  readonly name: string;
  readonly field: RelationField;
  readonly property: string;
  readonly values: readonly string[];
}

/** @throws Error if the option names what the ontology does not have */
export function throughOf(ontology: Ontology, { lists }: ExplorerOption, kind: Kind): readonly Through[] {
  return (lists?.[kind]?.through ?? []).map((name) => {
    const [relation = '', property = ''] = name.split('.');
    const field = fieldOf(ontology, kind, relation);
    const { enumeration } = ontology.propertyOf(field.target, property);
    if (enumeration === undefined) throw new Error(`${name} of ${kind} is not enumerated.`);
    return { name, field, property, values: Object.keys(ontology.enumeration(enumeration).values) };
  });
}

/** Facets of the list of a kind, those first that say most about it. */
function facetsOf(ontology: Ontology, option: ExplorerOption, kind: Kind, wording: Wording): readonly FacetSettings[] {
  const dates = new Set(datesOf(option, kind).map(({ property }) => property));
  const standing = option.highlighted?.[kind]?.property;
  const properties = facetProperties(ontology, kind)
    // A date beside the year of the same thing would count it twice.
    .filter(([name, { type }]) => type !== 'date' || dates.has(name) || dates.size === 0)
    .map(
      ([name, { type, enumeration, followsFrom }]): FacetSettings => ({
        name,
        by: constantCase(name),
        // A whole number that dates an entity is a year.
        type: dates.has(name) || followsFrom !== undefined ? 'date' : (facetTypes[type] ?? 'value'),
        title: capitalized(wording.property(kind, name)),
        ...(enumeration && { enumeration }),
      }),
    );
  const relations = listedFields(ontology, kind)
    .filter(({ reading }) => reading === 'FORWARD')
    .map(
      ({ name, relation, target }): FacetSettings => ({
        name,
        by: constantCase(name),
        type: 'entity',
        title: capitalized(wording.relation(relation, true)),
        target,
      }),
    );
  const weight = ({ name, type }: FacetSettings) =>
    name === standing ? 0 : type === 'value' ? 1 : type === 'entity' ? 2 : type === 'boolean' ? 3 : 4;
  const named = [...properties, ...relations].sort((a, b) => weight(a) - weight(b)).slice(0, MOST_FACETS);
  const through = throughOf(ontology, option, kind).map(
    ({ name, field, property, values }): FacetSettings => ({
      name,
      by: '',
      type: 'value',
      title: capitalized(wording.property(field.target, property)),
      values,
    }),
  );
  return [
    ...named.filter(({ name }) => name === standing),
    ...through,
    ...named.filter(({ name }) => name !== standing),
  ];
}

/** Types of columns of properties by which lists are not narrowed. */
const columnTypes: Readonly<Partial<Record<Property['type'], ColumnSettings['type']>>> = {
  ...facetTypes,
  float: 'float',
};

/** The properties of published figures that say what a figure is. */
function figureProperties({ publishedTotals }: Ontology, { figures }: ExplorerOption, kind: Kind): readonly string[] {
  if (!publishedTotals || !figures || publishedTotals.figures.kind !== kind) return [];
  const { value, qualifier } = publishedTotals.figures;
  return [value, qualifier, figures.unit, figures.date];
}

function columnOfProperty(ontology: Ontology, kind: Kind, name: string, wording: Wording): ColumnSettings {
  const { type, enumeration } = ontology.propertyOf(kind, name);
  return {
    name,
    key: propertyField(ontology, kind, name).split(':')[0] ?? name,
    type: columnTypes[type] ?? 'text',
    title: capitalized(wording.property(kind, name)),
    ...(enumeration && { enumeration }),
  };
}

function columnsOf(
  ontology: Ontology,
  option: ExplorerOption,
  kind: Kind,
  facets: readonly FacetSettings[],
  wording: Wording,
): readonly ColumnSettings[] {
  const ofFacets = facets.filter(({ type, by }) => by !== '' && type !== 'entity').map(({ name }) => name);
  const ofFigure = figureProperties(ontology, option, kind);
  const column = (name: string) => columnOfProperty(ontology, kind, name, wording);
  const single = listedFields(ontology, kind)
    .filter(({ toOne }) => toOne)
    .map(
      ({ name, relation }): ColumnSettings => ({
        name,
        key: name,
        type: 'entity',
        title: capitalized(wording.relation(relation, true)),
      }),
    );
  const others = ofFacets.filter((name) => !ofFigure.includes(name));
  return [...ofFigure.map(column), ...single, ...others.map(column)].slice(0, MOST_COLUMNS);
}

/** Types of properties; of one with fixed values, its enumeration. */
const typesOf = (properties: readonly (readonly [string, Property])[]): Readonly<Record<string, string>> =>
  Object.fromEntries(properties.map(([name, { type, enumeration }]) => [name, enumeration ?? type]));

/** The field that leads back. */
const reverseOf = ({ relation }: Ontology, { relation: type, reading }: RelationField): string =>
  reading === 'BACKWARD' ? relation(type).forward : relation(type).backward;

/** Relations of the list of a kind that are counted. */
export const countedFields = (ontology: Ontology, kind: Kind): readonly RelationField[] =>
  listedFields(ontology, kind).filter(({ toOne }) => !toOne);

function countsOf(ontology: Ontology, option: ExplorerOption, kind: Kind, wording: Wording, say: Texts) {
  const plain = countedFields(ontology, kind).map(
    (field): CountColumnSettings => ({
      name: field.name,
      field: field.name,
      title: capitalized(wording.relation(field.relation, field.reading !== 'BACKWARD')),
      where: {},
    }),
  );
  const own = (option.lists?.[kind]?.counts ?? []).map(({ name, field, title, where }): CountColumnSettings => {
    fieldOf(ontology, kind, field);
    return { name, field, title: say(title), where };
  });
  return [...own, ...plain];
}

/** The conditions of a filter as values by facet; `undefined` if a list cannot be narrowed to it. */
function facetsOfFilter(filter: Readonly<Record<string, unknown>>): TotalSettings['where'] | undefined {
  const where: Record<string, readonly string[]> = {};
  for (const [name, condition] of Object.entries(filter)) {
    const { eq, in: any, some, ...others } = condition as Readonly<Record<string, unknown>>;
    const related = facetsOfFilter((some ?? {}) as Readonly<Record<string, unknown>>);
    const values = [any ?? (eq === undefined ? [] : eq)].flat().map(String);
    if (!related || Object.keys(others).length > 0) return undefined;
    if (values.length > 0) where[name] = values;
    for (const [facet, far] of Object.entries(related)) where[`${name}.${facet}`] = far;
  }
  return where;
}

/** The published totals of a kind that a list can be narrowed to. */
export const totalsOf = ({ publishedTotals }: Ontology, kind: Kind): readonly TotalSettings[] =>
  (publishedTotals?.totals ?? []).flatMap(({ kind: counted, filter, counted: what }) => {
    const where = counted === kind ? facetsOfFilter(filter) : undefined;
    return where ? [{ counted: what, where }] : [];
  });

/** Relations of a kind by field, for links from one list to another. */
export const fieldsOf = (ontology: Ontology, kind: Kind): Readonly<Record<string, FieldSettings>> =>
  Object.fromEntries(
    listedFields(ontology, kind).map((field) => [
      field.name,
      {
        target: field.target,
        relation: field.relation,
        reverse: reverseOf(ontology, field),
        isForward: field.reading !== 'BACKWARD',
        edge: typesOf(Object.entries(field.properties)),
      },
    ]),
  );

/** What the page knows of the list of a kind. */
export function listSettings(
  ontology: Ontology,
  option: ExplorerOption,
  kind: Kind,
  wording: Wording,
  say: Texts,
): ListSettings {
  const facets = facetsOf(ontology, option, kind, wording);
  return {
    field: ontology.kind(kind).plural,
    fieldOfOne: ontology.kind(kind).singular,
    query: queryNameOfList(kind),
    facets,
    columns: columnsOf(ontology, option, kind, facets, wording),
    counts: countsOf(ontology, option, kind, wording, say),
    totals: totalsOf(ontology, kind),
    types: typesOf(facetProperties(ontology, kind)),
  };
}
