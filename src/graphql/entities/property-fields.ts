import type { FieldRef } from '@pothos/core';
import { addressOfIdentifier, type Identifier } from '../../ontology/identifiers.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { Location } from '../../ontology/records.ts';
import type { Properties, Property } from '../../ontology/vocabulary.ts';
import { type Builder, lazyTypeFor, type SchemaBase } from '../builder.ts';
import { valueType } from '../scalars.ts';
import { Milestone, parseMilestones } from './milestones.ts';

/** An entity or an edge, with its properties. */
interface HasProperties {
  value(property: string): unknown;
}

type Types = Builder['$inferSchemaTypes'];
export type FieldBuilder<Parent> = Pick<
  PothosSchemaTypes.RootFieldBuilder<Types, Parent, 'Object' | 'Interface'>,
  'field'
>;

type Single = string | number | boolean;

function propertyField<Parent extends HasProperties>(
  base: SchemaBase,
  t: FieldBuilder<Parent>,
  name: string,
  property: Property,
): FieldRef<Types> {
  const { type, list, required, description } = property;
  if (type === 'identifiers' || type === 'locations') {
    return t.field({
      type: [itemRef(base, type)],
      nullable: { list: false, items: false },
      description,
      resolve: (parent) => parseItems(base.ontology, type, parent.value(name)).map(asParent),
    });
  }
  if (type === 'milestones') {
    return t.field({
      type: [Milestone(base)],
      nullable: { list: false, items: false },
      description,
      resolve: (parent) => parseMilestones(parent.value(name)),
    });
  }
  const single = valueType(base, property);
  return list
    ? t.field({
        type: [single],
        nullable: { list: false, items: false },
        description,
        resolve: (parent) => (parent.value(name) ?? []) as Single[],
      })
    : t.field({
        type: single,
        nullable: !required,
        description,
        resolve: (parent) => parent.value(name) as Single,
      });
}

const asParent = (item: Identifier | Location): HasProperties => {
  const values = new Map<string, unknown>(Object.entries(item));
  return { value: (name) => values.get(name) ?? null };
};

const described = {
  identifiers: ['Identifier', 'An identifier of an entity in another system.'],
  locations: ['Location', 'Where an entity is.'],
} as const;

/** The type of the items of a list that a trait of the ontology brings. */
const itemRef = lazyTypeFor((base, type: keyof typeof described) => {
  const [name, description] = described[type];
  return base.builder.objectRef<HasProperties>(name).implement({
    description,
    fields: (t) => propertyFields(base, t, base.ontology.fieldsOfItems(type)),
  });
});

/** The items of a list, parsed from the JSON text stored in Neo4j; identifiers with their addresses. */
function parseItems(
  { identification }: Ontology,
  type: 'identifiers' | 'locations',
  stored: unknown,
): readonly (Identifier | Location)[] {
  if (typeof stored !== 'string') return [];
  if (type === 'locations' || !identification) return JSON.parse(stored) as readonly Location[];
  return (JSON.parse(stored) as readonly Identifier[]).map((identifier) => {
    const url = addressOfIdentifier(identification, identifier);
    return url === undefined ? identifier : { ...identifier, url };
  });
}

/**
 * The properties of a kind or of a relation as fields. Required properties are non-null. Lists are never null; a missing list
 * is empty.
 */
export const propertyFields = <Parent extends HasProperties>(
  base: SchemaBase,
  t: FieldBuilder<Parent>,
  properties: Properties,
): Record<string, FieldRef<Types>> =>
  Object.fromEntries(
    Object.entries(properties).map(([name, property]) => [name, propertyField(base, t, name, property)]),
  );
