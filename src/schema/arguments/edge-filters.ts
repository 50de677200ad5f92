import type { Kind, RelationType } from '../../ontology/vocabulary.ts';
import { part, partFor, type SchemaBase } from '../builder.ts';
import { badUserInput } from '../errors.ts';
import { nameOfOne, relationsTo, relationTypeName } from '../names.ts';
import {
  type FieldBuilder,
  type InputRef,
  inputRef,
  known,
  logicFields,
  operatorsRef,
  propertyFields,
  propertyFilterRef,
  scalarFilters,
  texts,
} from './operator-filters.ts';
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

/** The input type of a filter of a relation itself; `undefined` if nothing of the relation can be filtered. */
export const edgeFilterRef = partFor((base, type: RelationType): InputRef | undefined => {
  const { ontology } = base;
  const properties = ontology.edgePropertiesOf(type);
  if (Object.keys(properties).length === 0 && !ontology.provenance) return undefined;
  const ref = inputRef(base, `${relationTypeName(type)}Filter`);
  ref.implement({
    description: `Conditions on ${type} itself, all of which must hold.`,
    fields: (t) => ({ ...propertyFields(base, t, properties), ...sourceFields(base, t), ...logicFields(t, ref) }),
  });
  return ref;
});

/** A property that some relations to one kind define as a text, and others as an enumeration, or as different ones. */
const edgeValueFilter = part((base) => {
  const { builder } = base;
  builder.scalarType('EdgeValue', {
    description:
      'A value of a property of relations that some of them define as a text and others as an enumeration: a text, or the name of a value, with or without quotes.',
    serialize: String,
    parseValue: (value) => {
      if (typeof value === 'string') return value;
      throw badUserInput(`EdgeValue must be a text or the name of a value; got ${quotedValue(value)}.`);
    },
  });
  const of = 'a property that is a text of some relations and an enumeration of others';
  return operatorsRef(base, 'EdgeValueFilter', of, 'EdgeValue', ['eq', 'ne', 'in', ...texts]);
});

/** The properties of all relations to a kind, each with the type of its filter. */
function edgePropertiesTo(base: SchemaBase, target: Target): ReadonlyMap<string, InputRef> {
  const found = new Map<string, Set<InputRef>>();
  for (const { properties } of relationsTo(base.ontology, target)) {
    for (const [name, property] of Object.entries(properties)) {
      const type = propertyFilterRef(base, property);
      if (type) found.set(name, (found.get(name) ?? new Set()).add(type));
    }
  }
  return new Map(
    [...found].map(([name, [only, ...others]]) => [name, only && others.length === 0 ? only : edgeValueFilter(base)]),
  );
}

/** The input type of conditions on the relation that leads to an entity of a kind; `undefined` if there can be none. */
export const edgeToRef = partFor((base, target: Target): InputRef | undefined => {
  const { ontology } = base;
  const properties = edgePropertiesTo(base, target);
  const isLedTo = relationsTo(ontology, target).length > 0;
  if (!isLedTo || (properties.size === 0 && !ontology.provenance)) return undefined;
  const ref = inputRef(base, `${target}EdgeFilter`);
  ref.implement({
    description: `Conditions on the relation that leads to ${nameOfOne(ontology, target)}, all of which must hold. Properties that the relation lacks are refused.`,
    fields: (t) => ({
      ...Object.fromEntries([...properties].map(([name, type]) => [name, t.field({ type })])),
      ...sourceFields(base, t),
      ...logicFields(t, ref),
    }),
  });
  return ref;
});
