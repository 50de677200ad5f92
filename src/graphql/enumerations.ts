import { constantCase } from '../ontology/letter-case.ts';
import type { EnumerationName, Properties } from '../ontology/vocabulary.ts';
import { part, partFor } from './builder.ts';

const described = (values: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(values).map(([value, description]) => [value, { description }]));

/** Enumerations of more than one property: each describes what all of them have in common. */
const sharedEnumerations = part(({ ontology }): ReadonlySet<EnumerationName> => {
  const { kindNames, propertiesOf, relationTypes, edgePropertiesOf, sharedProperties } = ontology;
  const users = new Map<EnumerationName, Set<object>>();
  const use = (properties: Properties) => {
    for (const property of Object.values(properties)) {
      const { enumeration, items } = property;
      if (enumeration) users.set(enumeration, (users.get(enumeration) ?? new Set()).add(property));
      if (items) use(items);
    }
  };
  for (const properties of [...kindNames.map(propertiesOf), ...relationTypes.map(edgePropertiesOf)]) use(properties);
  use(sharedProperties);
  return new Set([...users].flatMap(([name, properties]) => (properties.size > 1 ? [name] : [])));
});

/** The GraphQL type of a closed set of the ontology. That of a single property means what the property says. */
export const enumRef = partFor((base, name: EnumerationName) => {
  const { description, values } = base.ontology.enumeration(name);
  const isShared = sharedEnumerations(base).has(name);
  return base.builder.enumType(name, { ...(isShared && { description }), values: described(values) });
});

/** Kinds as values: `COUNTRY_GROUP` for `CountryGroup`. */
export const EntityKind = part(({ builder, ontology }) =>
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

export const RelationTypeEnum = part(({ builder, ontology }) =>
  builder.enumType('RelationType', {
    description:
      'Types of relation in the graph. A relation is stored once, in one direction, and can be read from both ends.',
    values: Object.fromEntries(
      ontology.relationTypes.map((type) => [type, { description: ontology.relation(type).description }]),
    ),
  }),
);

export const SortDirection = part(({ builder }) =>
  builder.enumType('SortDirection', {
    description: 'Sort direction. Entities without the value come last in both directions.',
    values: {
      ASC: { description: 'Ascending: low to high, early to late, text by code point.' },
      DESC: { description: 'Descending: high to low, late to early, text by code point.' },
    },
  }),
);

/** Adds every enumeration of the ontology. */
export const addEnumerations = part((base) => {
  for (const name of base.ontology.enumerationNames) enumRef(base, name);
});
