import { type EnumerationName, enumerations } from '../../ontology/enumerations.ts';
import {
  edgePropertiesOf,
  hierarchyOf,
  propertiesOf,
  type RelationField,
  relationFieldsOf,
} from '../../ontology/fields.ts';
import { type Kind, kindNames } from '../../ontology/kinds.ts';
import { type RelationType, relationTypes } from '../../ontology/relations.ts';
import type { Properties, Property } from '../../ontology/vocabulary.ts';
import { builder } from '../builder.ts';
import { EntityKind, enumRef } from '../enumerations.ts';
import { limits } from '../limits.ts';
import { listName, nameOfOne, ownerOf, relationTypeName, withArticle } from '../names.ts';
import type { FilterInput } from './filter-input.ts';

type Target = Kind | 'Entity';

const targets: readonly Target[] = ['Entity', ...kindNames];

const inputRef = (name: string) => builder.inputRef<FilterInput>(name);
type InputRef = ReturnType<typeof inputRef>;

const operatorWords = {
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
} as const;

const orders = ['lt', 'lte', 'gt', 'gte'] as const;
const texts = ['contains', 'startsWith', 'endsWith'] as const;

type Scalar = 'String' | 'Int' | 'Float' | 'Boolean' | 'PartialDate' | 'URL' | ReturnType<typeof enumRef>;

/** The input type with the operators that make sense for values of one type. */
function operatorsRef(
  name: string,
  of: string,
  type: Scalar,
  operators: readonly (keyof typeof operatorWords)[],
): InputRef {
  const ref = inputRef(name);
  ref.implement({
    description: `Conditions on ${of}, all of which must hold.`,
    fields: (t) => ({
      ...Object.fromEntries(
        operators.map((operator) => [
          operator,
          t.field({ type: operator === 'in' ? [type] : type, description: operatorWords[operator] }),
        ]),
      ),
      exists: t.boolean({ description: 'Whether a value is present.' }),
    }),
  });
  return ref;
}

function listOperatorsRef(name: string, of: string, type: Scalar): InputRef {
  const ref = inputRef(name);
  ref.implement({
    description: `Conditions on a list of ${of}, all of which must hold.`,
    fields: (t) => ({
      has: t.field({ type, description: 'Contains exactly this value.' }),
      hasAny: t.field({
        type: [type],
        description: `Contains at least one of these values, at most ${limits.listedValues}. An empty list matches nothing.`,
      }),
      isEmpty: t.boolean({ description: 'Whether the list is empty.' }),
    }),
  });
  return ref;
}

const scalarFilters: Readonly<Record<string, InputRef>> = {
  text: operatorsRef('TextFilter', 'a text', 'String', ['eq', 'ne', 'in', ...orders, ...texts]),
  int: operatorsRef('IntFilter', 'an integer', 'Int', ['eq', 'ne', 'in', ...orders]),
  float: operatorsRef('FloatFilter', 'a number', 'Float', ['eq', 'ne', 'in', ...orders]),
  boolean: operatorsRef('BooleanFilter', 'a Boolean', 'Boolean', ['eq', 'ne']),
  date: operatorsRef('PartialDateFilter', 'a date (an operand stands for the whole period it covers)', 'PartialDate', [
    'eq',
    'ne',
    'in',
    ...orders,
  ]),
  url: operatorsRef('URLFilter', 'an address', 'URL', ['eq', 'ne', 'in']),
  textList: listOperatorsRef('TextListFilter', 'texts', 'String'),
};

const listed = new Set<string>(
  [...kindNames.map(propertiesOf), ...relationTypes.map(edgePropertiesOf)].flatMap((properties: Properties) =>
    Object.values(properties).flatMap(({ enumeration, list }) => (enumeration && list ? [enumeration] : [])),
  ),
);

const enumFilters = new Map<string, InputRef>(
  (Object.keys(enumerations) as EnumerationName[]).map((name) => {
    const ref = enumRef(name);
    return listed.has(name)
      ? [name, listOperatorsRef(`${name}ListFilter`, `values of ${name}`, ref)]
      : [name, operatorsRef(`${name}Filter`, withArticle(name), ref, ['eq', 'ne', 'in'])];
  }),
);

function propertyFilterRef({ type, list, enumeration }: Property): InputRef | undefined {
  return enumeration ? enumFilters.get(enumeration) : scalarFilters[list ? `${type}List` : type];
}

const known = (ref: InputRef | undefined, name: string): InputRef => {
  if (!ref) throw new Error(`No filter ${name}.`);
  return ref;
};

/** The input type of conditions on a single value that is not a property of an entity. */
export const valueFilterRef = (type: 'int' | 'float' | 'date'): InputRef => known(scalarFilters[type], `of ${type}`);

const entityFilters = new Map(targets.map((target) => [target, inputRef(`${target}Filter`)]));

/** The input type of a filter of entities of a kind, or of any. */
export const filterRef = (target: Target): InputRef => known(entityFilters.get(target), `of ${target}`);

const edgeFilters = new Map<RelationType, InputRef>(
  relationTypes
    .filter((type) => Object.keys(edgePropertiesOf(type)).length > 0)
    .map((type) => [type, inputRef(`${relationTypeName(type)}Filter`)]),
);

/** The input type of a filter of a relation itself; `undefined` if the relation has no properties. */
export const edgeFilterRef = (relation: RelationType): InputRef | undefined => edgeFilters.get(relation);

type FieldBuilder = Parameters<Parameters<InputRef['implement']>[0]['fields']>[0];

const propertyFields = (t: FieldBuilder, properties: Properties) =>
  Object.fromEntries(
    Object.entries(properties).flatMap(([name, property]) => {
      const type = propertyFilterRef(property);
      return type ? [[name, t.field({ type, description: property.description })]] : [];
    }),
  );

const logicFields = (t: FieldBuilder, ref: InputRef) => ({
  and: t.field({ type: [ref], description: 'All of these hold; true for an empty list.' }),
  or: t.field({ type: [ref], description: 'Any of these holds; false for an empty list.' }),
  not: t.field({ type: ref, description: 'This does not hold.' }),
});

for (const [type, ref] of edgeFilters) {
  ref.implement({
    description: `Conditions on the properties of ${type}, all of which must hold.`,
    fields: (t) => ({ ...propertyFields(t, edgePropertiesOf(type)), ...logicFields(t, ref) }),
  });
}

/** Conditions on the related entities of a relation field: `some`, `none`, `every`, `count`. */
function relationFilterRef(owner: Target, field: RelationField): InputRef {
  const name = listName(owner, field.name);
  const edge = edgeFilters.get(field.relation);
  const far = edge ? inputRef(`${name}RelatedFilter`) : filterRef(field.target);
  if (edge) {
    far.implement({
      description: `Conditions on a related entity and, in \`edge\`, on the relation to it (${field.relation}).`,
      fields: (t) => ({
        ...entityFields(t, field.target),
        edge: t.field({ type: edge, description: 'Conditions on the relation itself.' }),
      }),
    });
  }
  const count = inputRef(`${name}CountFilter`);
  count.implement({
    description: 'Conditions on the number of matches, all of which must hold.',
    fields: (t) => ({
      ...Object.fromEntries(
        (['eq', 'ne', ...orders] as const).map((operator) => [
          operator,
          t.int({ description: operatorWords[operator] }),
        ]),
      ),
      filter: t.field({ type: far, description: 'Counts only related entities that match.' }),
    }),
  });
  const ref = inputRef(`${name}Filter`);
  ref.implement({
    description: `Conditions on the entities related by ${field.relation}, all of which must hold.`,
    fields: (t) => ({
      some: t.field({ type: far, description: 'At least one matches; `{}` matches any.' }),
      none: t.field({ type: far, description: 'None matches (true if there are none).' }),
      every: t.field({ type: far, description: 'All match (true if there are none).' }),
      count: t.field({ type: count, description: 'Number of matches.' }),
    }),
  });
  return ref;
}

const relationFilters = new Map<string, InputRef>(
  targets.flatMap((target) =>
    [...relationFieldsOf(target).values()]
      .filter((field) => ownerOf(target, field) === target)
      .map((field) => [listName(target, field.name), relationFilterRef(target, field)] as const),
  ),
);

function entityFields(t: FieldBuilder, target: Target) {
  const ref = filterRef(target);
  const relations = [...relationFieldsOf(target).values()].map((field) => {
    const type = known(relationFilters.get(listName(ownerOf(target, field), field.name)), field.name);
    return [field.name, t.field({ type, description: `Conditions on \`${field.name}\`.` })] as const;
  });
  const textFilter = known(scalarFilters.text, 'of texts');
  return {
    slug: t.field({ type: textFilter, description: 'Readable key.' }),
    ...propertyFields(t, propertiesOf(target)),
    ...Object.fromEntries(relations),
    ...(target === 'Entity'
      ? {
          kinds: t.field({
            type: [EntityKind],
            description: 'Is of one of these kinds. An empty list matches nothing.',
          }),
        }
      : {}),
    ...(hierarchyOf(target)
      ? { within: t.id({ description: 'Is this entity or a narrower one at any depth. Takes an ID or slug.' }) }
      : {}),
    ...logicFields(t, ref),
  };
}

for (const target of targets) {
  filterRef(target).implement({
    description: `Conditions on ${nameOfOne(target)}, all of which must hold. \`{}\` matches all. Null operands are rejected.`,
    fields: (t) => entityFields(t, target),
  });
}
