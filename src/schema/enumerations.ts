import { type EnumerationName, enumerations } from '../ontology/enumerations.ts';
import { kindNames, kinds } from '../ontology/kinds.ts';
import { constantCase } from '../ontology/letter-case.ts';
import { relations, relationTypes } from '../ontology/relations.ts';
import { builder } from './builder.ts';

const described = (values: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(values).map(([value, description]) => [value, { description }]));

const enumRefs = Object.fromEntries(
  Object.entries(enumerations).map(([name, { description, values }]) => [
    name,
    builder.enumType(name, { description, values: described(values) }),
  ]),
);

/** The GraphQL type of a closed set of the ontology. */
export const enumRef = (name: EnumerationName) => {
  const ref = enumRefs[name];
  if (!ref) throw new Error(`No enumeration ${name}.`);
  return ref;
};

/** Kinds as values: `COUNTRY_GROUP` for `CountryGroup`. */
export const EntityKind = builder.enumType('EntityKind', {
  description: 'Kinds of entity in the graph.',
  values: Object.fromEntries(
    kindNames.map((kind) => [constantCase(kind), { value: kind, description: kinds[kind].description }]),
  ),
});

export const RelationTypeEnum = builder.enumType('RelationType', {
  description:
    'Types of relation in the graph. A relation is stored once, in one direction, and can be read from both ends.',
  values: Object.fromEntries(relationTypes.map((type) => [type, { description: relations[type].description }])),
});

export const SortDirection = builder.enumType('SortDirection', {
  description: 'Sort direction. Entities without the value come last in both directions.',
  values: {
    ASC: { description: 'Ascending: low to high, early to late, text by code point.' },
    DESC: { description: 'Descending: high to low, late to early, text by code point.' },
  },
});
