import { type EnumerationName, enumerations } from '../ontology/enumerations.ts';
import {
  edgePropertiesOf,
  hierarchyOf,
  propertiesOf,
  type RelationField,
  relationFieldsOf,
} from '../ontology/fields.ts';
import { type Kind, kindNames } from '../ontology/kinds.ts';
import { type RelationType, relationTypes } from '../ontology/relations.ts';
import type { Properties, Property } from '../ontology/vocabulary.ts';
import { builder } from './builder.ts';
import { EntityKind, enumRef } from './enumerations.ts';
import type { FilterInput } from './filter-input.ts';
import { limits } from './limits.ts';
import { listName, ownerOf, relationTypeName } from './names.ts';

type Target = Kind | 'Entity';

const targets: readonly Target[] = ['Entity', ...kindNames];

const inputRef = (name: string) => builder.inputRef<FilterInput>(name);
type InputRef = ReturnType<typeof inputRef>;

const operatorWords = {
  eq: 'Is this value.',
  ne: 'Is not this value; an absent value is not.',
  in: `Is one of these values, at most ${limits.listedValues}. An empty list matches nothing.`,
  lt: 'Is lower, or earlier than the whole period.',
  lte: 'Is lower or equal, or not later than the period.',
  gt: 'Is higher, or later than the whole period.',
  gte: 'Is higher or equal, or not earlier than the period.',
  contains: 'Contains this text, whatever its case and accents.',
  startsWith: 'Starts with this text, whatever its case and accents.',
  endsWith: 'Ends with this text, whatever its case and accents.',
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
    description: `Conditions on ${of}; all that are given must hold.`,
    fields: (t) => ({
      ...Object.fromEntries(
        operators.map((operator) => [
          operator,
          t.field({ type: operator === 'in' ? [type] : type, description: operatorWords[operator] }),
        ]),
      ),
      exists: t.boolean({ description: 'Whether there is a value.' }),
    }),
  });
  return ref;
}

function listOperatorsRef(name: string, of: string, type: Scalar): InputRef {
  const ref = inputRef(name);
  ref.implement({
    description: `Conditions on a list of ${of}; all that are given must hold.`,
    fields: (t) => ({
      has: t.field({ type, description: 'Has exactly this value among others.' }),
      hasAny: t.field({
        type: [type],
        description: `Has any of these values, at most ${limits.listedValues}. An empty list matches nothing.`,
      }),
      isEmpty: t.boolean({ description: 'Whether it has no value at all.' }),
    }),
  });
  return ref;
}

const scalarFilters: Readonly<Record<string, InputRef>> = {
  text: operatorsRef('TextFilter', 'a text', 'String', ['eq', 'ne', 'in', ...orders, ...texts]),
  int: operatorsRef('IntFilter', 'a whole number', 'Int', ['eq', 'ne', 'in', ...orders]),
  float: operatorsRef('FloatFilter', 'a number', 'Float', ['eq', 'ne', 'in', ...orders]),
  boolean: operatorsRef('BooleanFilter', 'a yes or no', 'Boolean', ['eq', 'ne']),
  date: operatorsRef(
    'PartialDateFilter',
    'a date, where an operand means the whole period that it covers',
    'PartialDate',
    ['eq', 'ne', 'in', ...orders],
  ),
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
      : [name, operatorsRef(`${name}Filter`, `a ${name}`, ref, ['eq', 'ne', 'in'])];
  }),
);

function propertyFilterRef({ type, list, enumeration }: Property): InputRef | undefined {
  return enumeration ? enumFilters.get(enumeration) : scalarFilters[list ? `${type}List` : type];
}

const known = (ref: InputRef | undefined, name: string): InputRef => {
  if (!ref) throw new Error(`No filter ${name}.`);
  return ref;
};

/** The input type of conditions on a single value that is no entity's property. */
export const valueFilterRef = (type: 'int' | 'float' | 'date'): InputRef => known(scalarFilters[type], `of ${type}`);

const entityFilters = new Map(targets.map((target) => [target, inputRef(`${target}Filter`)]));

/** The input type of a filter of entities of a kind, or of any. */
export const filterRef = (target: Target): InputRef => known(entityFilters.get(target), `of ${target}`);

const edgeFilters = new Map<RelationType, InputRef>(
  relationTypes
    .filter((type) => Object.keys(edgePropertiesOf(type)).length > 0)
    .map((type) => [type, inputRef(`${relationTypeName(type)}Filter`)]),
);

/** The input type of a filter of a relation itself; none where it has no properties. */
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
  and: t.field({ type: [ref], description: 'All of these hold. An empty list always holds.' }),
  or: t.field({ type: [ref], description: 'At least one of these holds. An empty list never holds.' }),
  not: t.field({ type: ref, description: 'This does not hold.' }),
});

for (const [type, ref] of edgeFilters) {
  ref.implement({
    description: `Conditions on the relation ${type} itself; all that are given must hold.`,
    fields: (t) => ({ ...propertyFields(t, edgePropertiesOf(type)), ...logicFields(t, ref) }),
  });
}

/** Conditions on the related entities of one relation field, by how many of them must fit. */
function relationFilterRef(owner: Target, field: RelationField): InputRef {
  const name = listName(owner, field.name);
  const edge = edgeFilters.get(field.relation);
  const far = edge ? inputRef(`${name}RelatedFilter`) : filterRef(field.target);
  if (edge) {
    far.implement({
      description: `Conditions on a related entity, and by \`edge\` on the relation to it (${field.relation}).`,
      fields: (t) => ({
        ...entityFields(t, field.target),
        edge: t.field({ type: edge, description: 'Conditions on the relation itself.' }),
      }),
    });
  }
  const count = inputRef(`${name}CountFilter`);
  count.implement({
    description: 'Conditions on how many related entities fit; all that are given must hold.',
    fields: (t) => ({
      ...Object.fromEntries(
        (['eq', 'ne', ...orders] as const).map((operator) => [
          operator,
          t.int({ description: operatorWords[operator] }),
        ]),
      ),
      filter: t.field({ type: far, description: 'Only related entities that fit this are counted.' }),
    }),
  });
  const ref = inputRef(`${name}Filter`);
  ref.implement({
    description: `Conditions on the entities that ${field.relation} leads to; all that are given must hold.`,
    fields: (t) => ({
      some: t.field({ type: far, description: 'At least one fits; with `{}`, there is one.' }),
      none: t.field({ type: far, description: 'None fits; holds where there is none at all.' }),
      every: t.field({ type: far, description: 'Every one fits; holds where there is none at all.' }),
      count: t.field({ type: count, description: 'So many fit.' }),
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
    return [field.name, t.field({ type, description: field.description })] as const;
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
      ? { within: t.id({ description: 'Is this entity or narrower, by any number of steps. Takes an id or a slug.' }) }
      : {}),
    ...logicFields(t, ref),
  };
}

for (const target of targets) {
  filterRef(target).implement({
    description: `Conditions on ${target === 'Entity' ? 'an entity of any kind' : `a ${target}`}; all that are given must hold, and \`{}\` always does. A null operand is refused.`,
    fields: (t) => entityFields(t, target),
  });
}
