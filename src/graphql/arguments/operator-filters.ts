import type { Qualification } from '../../ontology/qualification.ts';
import { type EnumerationName, isListed, type Properties, type Property } from '../../ontology/vocabulary.ts';
import { lazyType, lazyTypeFor, type SchemaBase } from '../builder.ts';
import { enumRef } from '../enumerations.ts';
import { limits } from '../limits.ts';
import type { FilterInput } from './filter-input.ts';
import { geoAreaRef } from './geo-area.ts';
import { listOperators, operatorsOf } from './property-condition.ts';

export const inputRef = ({ builder }: SchemaBase, name: string) => builder.inputRef<FilterInput>(name);
export type InputRef = ReturnType<typeof inputRef>;
export type FieldBuilder = Parameters<Parameters<InputRef['implement']>[0]['fields']>[0];

export const operatorWords = {
  eq: 'Equals this value.',
  ne: 'Does not equal this value, or is absent.',
  in: `Equals one of these values, at most ${limits.listedValues}. An empty list matches nothing.`,
  lt: 'Less than the value, or before the period.',
  lte: 'At most the value, or not after the period.',
  gt: 'Greater than the value, or after the period.',
  gte: 'At least the value, or not before the period.',
  contains: 'Contains this text, ignoring case and accents.',
  startsWith: 'Starts with this text, ignoring case and accents.',
  endsWith: 'Ends with this text, ignoring case and accents.',
  has: 'Contains exactly this value.',
  hasAny: `Contains at least one of these values, at most ${limits.listedValues}. An empty list matches nothing.`,
  isEmpty: 'Whether the list is empty.',
  exists: 'Whether a value is present.',
} as const;

type Operator = keyof typeof operatorWords;

/** Operators whose operand is a list, and those whose operand is a Boolean. */
const severalValues: ReadonlySet<Operator> = new Set(['in', 'hasAny']);
const yesOrNo: ReadonlySet<Operator> = new Set(['isEmpty', 'exists']);

type Scalar = 'String' | 'EdgeValue' | 'Int' | 'Float' | 'Boolean' | 'PartialDate' | 'URL' | ReturnType<typeof enumRef>;

/** The input type with the operators that make sense for values of one type. */
export function operatorsRef(
  base: SchemaBase,
  name: string,
  of: string,
  type: Scalar,
  operators: readonly Operator[],
): InputRef {
  const ref = inputRef(base, name);
  ref.implement({
    description: `Conditions on ${of}, all of which must hold.`,
    fields: (t) =>
      Object.fromEntries(
        operators.map((operator) => {
          const description = operatorWords[operator];
          if (yesOrNo.has(operator)) return [operator, t.boolean({ description })];
          return [operator, t.field({ type: severalValues.has(operator) ? [type] : type, description })];
        }),
      ),
  });
  return ref;
}

const listOperatorsRef = (base: SchemaBase, name: string, of: string, type: Scalar): InputRef =>
  operatorsRef(base, name, `a list of ${of}`, type, listOperators);

export const scalarFilters = lazyType((base): Readonly<Record<string, InputRef>> => {
  const date = 'a date (an operand stands for the whole period it covers)';
  return {
    text: operatorsRef(base, 'TextFilter', 'a text', 'String', operatorsOf.text),
    int: operatorsRef(base, 'IntFilter', 'an integer', 'Int', operatorsOf.int),
    float: operatorsRef(base, 'FloatFilter', 'a number', 'Float', operatorsOf.float),
    boolean: operatorsRef(base, 'BooleanFilter', 'a Boolean', 'Boolean', operatorsOf.boolean),
    date: operatorsRef(base, 'PartialDateFilter', date, 'PartialDate', operatorsOf.date),
    url: operatorsRef(base, 'URLFilter', 'an address', 'URL', operatorsOf.url),
    textList: listOperatorsRef(base, 'TextListFilter', 'texts', 'String'),
  };
});

const enumFilterRef = lazyTypeFor(
  (base, name: EnumerationName): InputRef =>
    operatorsRef(base, `${name}Filter`, 'a value of an enumeration', enumRef(base, name), operatorsOf.enumeration),
);

const enumListFilterRef = lazyTypeFor(
  (base, name: EnumerationName): InputRef =>
    listOperatorsRef(base, `${name}ListFilter`, 'values of an enumeration', enumRef(base, name)),
);

/** The input type of conditions on a property; `undefined` if it cannot be filtered. */
export function propertyFilterRef(base: SchemaBase, { type, list, enumeration }: Property): InputRef | undefined {
  const listed = { type };
  if (isListed(listed)) return listFilterRef(base, listed.type);
  if (enumeration) return (list ? enumListFilterRef : enumFilterRef)(base, enumeration);
  return scalarFilters(base)[list ? `${type}List` : type];
}

const listFilters = {
  identifiers: ['Identifier', 'an identifier'],
  locations: ['Location', 'a place'],
  milestones: ['Milestone', 'a step'],
} as const;

/** Conditions on the items of a list: `some`, `none`, `isEmpty`. */
const listFilterRef = lazyTypeFor((base, type: keyof typeof listFilters): InputRef => {
  const [name, one] = listFilters[type];
  const items = base.ontology.fieldsOfItems(type);
  const indexed = Object.fromEntries(Object.entries(items).filter(([, property]) => property.indexed));
  const item = inputRef(base, `${name}Filter`);
  item.implement({
    description: `Conditions on ${one}, all of which must hold.`,
    fields: (t) => ({
      ...propertyFields(base, t, indexed),
      ...(type === 'locations' && {
        within: t.field({ type: geoAreaRef(base), description: 'Lies in this area.' }),
      }),
      ...logicFields(t, item),
    }),
  });
  const ref = inputRef(base, `${name}ListFilter`);
  ref.implement({
    description: `Conditions on ${type}, all of which must hold.`,
    fields: (t) => ({
      some: t.field({ type: item, description: 'At least one matches; `{}` matches any.' }),
      none: t.field({ type: item, description: 'None matches (true if there are none).' }),
      isEmpty: t.boolean({ description: 'Whether there are none.' }),
    }),
  });
  return ref;
});

export const known = (ref: InputRef | undefined, name: string): InputRef => {
  if (!ref) throw new Error(`No filter ${name}.`);
  return ref;
};

/** The input type of conditions on a single value that is not a property of an entity. */
export const valueFilterRef = (base: SchemaBase, type: 'int' | 'float' | 'date'): InputRef =>
  known(scalarFilters(base)[type], `of ${type}`);

const ofQualified = ({ by }: Qualification) =>
  `Holds where it is certain with \`${by}\`: over 50 is at least 51, nearly 4,000 at most 3,999. \`ne\` is the opposite of \`eq\`.`;

export const propertyFields = (base: SchemaBase, t: FieldBuilder, properties: Properties) =>
  Object.fromEntries(
    Object.entries(properties).flatMap(([name, property]) => {
      const type = propertyFilterRef(base, property);
      return type
        ? [[name, t.field({ type, ...(property.qualified && { description: ofQualified(property.qualified) }) })]]
        : [];
    }),
  );

export const logicFields = (t: FieldBuilder, ref: InputRef) => ({
  and: t.field({ type: [ref], description: 'All of these hold; true for an empty list.' }),
  or: t.field({ type: [ref], description: 'Any of these holds; false for an empty list.' }),
  not: t.field({ type: ref, description: 'This does not hold.' }),
});
