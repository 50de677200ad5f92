import { constantCase } from '../ontology/letter-case.ts';
import type { EnumerationName } from '../ontology/vocabulary.ts';
import { lazyType, lazyTypeFor } from './builder.ts';

const described = (values: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(values).map(([value, description]) => [value, { description }]));

/** The GraphQL type of a closed set of the ontology. */
export const enumRef = lazyTypeFor((base, name: EnumerationName) => {
  const { description, values } = base.ontology.enumeration(name);
  return base.builder.enumType(name, { description, values: described(values) });
});

/** Kinds as values: `COUNTRY_GROUP` for `CountryGroup`. */
export const EntityKind = lazyType(({ builder, ontology }) =>
  builder.enumType('EntityKind', {
    description: 'Kinds of entity in the graph.',
    values: Object.fromEntries(
      ontology.kindNames.map((kind) => [
        constantCase(kind),
        { value: kind, description: ontology.kind(kind).description },
      ]),
    ),
  }),
);

export const RelationTypeEnum = lazyType(({ builder, ontology }) =>
  builder.enumType('RelationType', {
    description:
      'Types of relation in the graph. A relation is stored once, in one direction, and can be read from both ends.',
    values: Object.fromEntries(
      ontology.relationTypes.map((type) => [type, { description: ontology.relation(type).description }]),
    ),
  }),
);

export const SortDirection = lazyType(({ builder }) =>
  builder.enumType('SortDirection', {
    description: 'Sort direction. Entities without the value come last in both directions.',
    values: {
      ASC: { description: 'Ascending: low to high, early to late, text by code point.' },
      DESC: { description: 'Descending: high to low, late to early, text by code point.' },
    },
  }),
);

/** Adds every enumeration of the ontology. */
export const addEnumerations = lazyType((base) => {
  for (const name of base.ontology.enumerationNames) enumRef(base, name);
});
