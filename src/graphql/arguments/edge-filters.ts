import { getOrInsert } from '../../ontology/get-or-insert.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { Kind, Properties, Property } from '../../ontology/vocabulary.ts';
import { lazyType, lazyTypeFor, type SchemaBase } from '../builder.ts';
import { badUserInput } from '../errors.ts';
import { nameOfOne, relationsTo } from '../names.ts';
import {
  type FieldBuilder,
  type InputRef,
  inputRef,
  known,
  logicFields,
  operatorsRef,
  propertyFilterRef,
  scalarFilters,
} from './operator-filters.ts';
import { listOperators, operatorsOf } from './property-condition.ts';
import { quotedValue } from './quoted-value.ts';
import { relationFilterRef } from './relation-filters.ts';

type Target = Kind | 'Entity';

/** Conditions on the sources of a relation. */
function sourceFields(base: SchemaBase, t: FieldBuilder) {
  const { provenance } = base.ontology;
  return provenance
    ? {
        sources: t.field({
          type: relationFilterRef(base, provenance.kind),
          description: 'Conditions on the sources of the relation; if it has none, on those of its start entity.',
        }),
        ownSources: t.field({
          type: known(scalarFilters(base).boolean, 'of Booleans'),
          description: 'Whether the relation has sources of its own.',
        }),
      }
    : {};
}

/** A property that relations define with different types. */
const edgeValueFilter = lazyType((base) => {
  const { builder, ontology } = base;
  builder.scalarType('EdgeValue', {
    description:
      'A value of a property that relations define with different types: a text, the name of a value of an enumeration (with or without quotes), a number or a Boolean, as the relation has it.',
    serialize: (value) => value,
    parseValue: (value) => {
      if (['string', 'number', 'boolean'].includes(typeof value)) return value as string | number | boolean;
      throw badUserInput(`EdgeValue must be a text, a number or a Boolean; got ${quotedValue(value)}.`);
    },
  });
  const isListSomewhere = [...propertiesByName(everyRelation(ontology)).values()].some(
    (types) => types.size > 1 && [...types.values()].some(({ list }) => list),
  );
  const of = 'a property whose type depends on the relation';
  return operatorsRef(base, 'EdgeValueFilter', of, 'EdgeValue', [
    ...operatorsOf.text,
    ...(isListSomewhere ? listOperators : []),
  ]);
});

const typeOf = ({ type, enumeration, list }: Property) => `${enumeration ?? type} ${list === true}`;

/** The properties of some relations by name, of each type once. */
function propertiesByName(relations: readonly Properties[]): ReadonlyMap<string, ReadonlyMap<string, Property>> {
  const found = new Map<string, Map<string, Property>>();
  for (const [name, property] of relations.flatMap((properties) => Object.entries(properties))) {
    getOrInsert(found, name, () => new Map()).set(typeOf(property), property);
  }
  return found;
}

/** The properties of some relations, each with the type of its filter. */
function edgeProperties(base: SchemaBase, relations: readonly Properties[]): ReadonlyMap<string, InputRef> {
  return new Map(
    [...propertiesByName(relations)].flatMap(([name, types]) => {
      const [only, ...others] = types.values();
      if (!only) return [];
      const type = others.length === 0 ? propertyFilterRef(base, only) : edgeValueFilter(base);
      return type ? [[name, type] as const] : [];
    }),
  );
}

/** The input type of conditions on one of some relations; `undefined` if there can be none. */
function edgeFilterOf(
  base: SchemaBase,
  name: string,
  of: string,
  relations: readonly Properties[],
): InputRef | undefined {
  const properties = edgeProperties(base, relations);
  if (relations.length === 0 || (properties.size === 0 && !base.ontology.provenance)) return undefined;
  const ref = inputRef(base, name);
  ref.implement({
    description: `Conditions on ${of}, all of which must hold. Properties that the relation lacks are refused.`,
    fields: (t) => ({
      ...Object.fromEntries([...properties].map(([name, type]) => [name, t.field({ type })])),
      ...sourceFields(base, t),
      ...logicFields(t, ref),
    }),
  });
  return ref;
}

const everyRelation = ({ relationTypes, edgePropertiesOf }: Ontology) => relationTypes.map(edgePropertiesOf);

/** The input type of conditions on a relation of any type; `undefined` if there can be none. */
export const edgeFilterRef = lazyType((base): InputRef | undefined =>
  edgeFilterOf(base, 'EdgeFilter', 'a relation itself', everyRelation(base.ontology)),
);

const isText = ({ type, list }: Property) => !list && (type === 'text' || type === 'enumeration');

/** Whether relations to other kinds have a property of the same name, and of a type that a text cannot stand for. */
function areApart({ ontology }: SchemaBase, relations: readonly Properties[]): boolean {
  const shared = propertiesByName(everyRelation(ontology));
  return [...propertiesByName(relations)].some(([name, types]) => {
    const isTold = types.size === 1 && [...types.values()].some((property) => !isText(property));
    return isTold && (shared.get(name)?.size ?? 0) > 1;
  });
}

/**
 * The input type of conditions on the relation that leads to an entity of a kind; `undefined` if there is none. All
 * kinds share `EdgeFilter`, except those whose relations have properties that it cannot express.
 */
export const edgeToRef = lazyTypeFor((base, target: Target): InputRef | undefined => {
  const { ontology } = base;
  const relations = relationsTo(ontology, target).map(({ properties }) => properties);
  if (relations.length === 0) return undefined;
  if (!areApart(base, relations)) return edgeFilterRef(base);
  return edgeFilterOf(
    base,
    `${target}EdgeFilter`,
    `the relation that leads to ${nameOfOne(ontology, target)}`,
    relations,
  );
});
