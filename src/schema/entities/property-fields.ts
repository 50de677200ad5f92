import type { FieldRef } from '@pothos/core';
import type { Properties, Property } from '../../ontology/vocabulary.ts';
import type { Builder, SchemaBase } from '../builder.ts';
import { enumRef } from '../enumerations.ts';
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

const scalars = {
  text: 'String',
  int: 'Int',
  float: 'Float',
  boolean: 'Boolean',
  date: 'PartialDate',
  url: 'URL',
} as const;

function propertyField<Parent extends HasProperties>(
  base: SchemaBase,
  t: FieldBuilder<Parent>,
  name: string,
  property: Property,
): FieldRef<Types> {
  const { type, enumeration, list, required, description } = property;
  if (type === 'milestones') {
    return t.field({
      type: [Milestone(base)],
      nullable: { list: false, items: false },
      description,
      resolve: (parent) => parseMilestones(parent.value(name)),
    });
  }
  const single = enumeration ? enumRef(base, enumeration) : scalars[type as keyof typeof scalars];
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
