import { constantCase } from '../../ontology/letter-case.ts';
import type { Kind, Properties } from '../../ontology/vocabulary.ts';
import { facetRef } from '../arguments/facets.ts';
import { filterRef } from '../arguments/filters.ts';
import { hierarchyOf } from '../arguments/hierarchies.ts';
import { lazyType, lazyTypeFor, type SchemaBase } from '../builder.ts';
import { limits } from '../limits.ts';
import { relationsTo } from '../names.ts';
import { groupKeys, type KeyInput, ownKeyFields, propertyKeys } from './group-keys.ts';

const keysOf = (properties: Properties) =>
  Object.entries(properties).flatMap(([name, property]) => propertyKeys(name, property).map(([key]) => key));

/** The properties of relations, as keys; one enumeration for all. `null` if there are none. */
const EdgeKey = lazyType(({ builder, ontology: { relationTypes, edgePropertiesOf } }) => {
  const keys = relationTypes.flatMap((type) => keysOf(edgePropertiesOf(type)));
  if (keys.length === 0) return null;
  return builder.enumType('EdgeKey', {
    description: 'A property of a relation as a key. It has to be one of the relation that the key follows.',
    values: Object.fromEntries(keys.map((key) => [constantCase(key), { value: key }])),
  });
});

/** The enumeration of the keys of a kind, which are among its facets; `null` if it has none. */
export const groupKeyRef = (base: SchemaBase, kind: Kind) =>
  groupKeys(base.ontology, kind).size > 0 ? facetRef(base, kind) : null;

/** The input type of a key that follows relations from entities of a kind. */
export const keyPathRef = lazyTypeFor(({ builder }, kind: Kind) => builder.inputRef<KeyInput>(`${kind}Key`));

/** Adds the keys of a kind that follow relations. */
export const addKeyPath = lazyTypeFor((base, kind: Kind) => {
  const { ontology } = base;
  const key = groupKeyRef(base, kind);
  const leads = relationsTo(ontology, kind).some(({ properties }) => keysOf(properties).length > 0);
  const edge = leads ? EdgeKey(base) : null;
  const relations = [...ontology.relationFieldsOf(kind).values()].filter(
    ({ name, target }) => ontology.isKind(target) && !ownKeyFields.has(name),
  );
  const ref = keyPathRef(base, kind);
  ref.implement({
    description:
      'A key that stands at entities of a kind and goes on in at most one way. With none, it is the entity itself.',
    fields: (t) => ({
      ...(key && { by: t.field({ type: key, description: 'Ends with this key.' }) }),
      ...(edge && {
        edge: t.field({ type: edge, description: 'Ends with a property of the relation that leads here.' }),
      }),
      ...Object.fromEntries(relations.map(({ name, target }) => [name, t.field({ type: keyPathRef(base, target) })])),
      filter: t.field({
        type: filterRef(base, kind),
        description: 'Only entities here that match, and, in `edge`, only such relations to them.',
      }),
      ...(hierarchyOf(ontology, kind) && {
        level: t.int({
          description: `Replaces the entities here by those above them, themselves included, that are this number of steps below the top: 0 to ${limits.hierarchyHops}.`,
        }),
      }),
    }),
  });
  return ref;
});

type NamedKey = Readonly<Record<string, KeyInput | null | undefined>>;

/** A key of entities of any kind, under the name of their kind. */
export const EntityKey = lazyType((base) => {
  const { builder, ontology } = base;
  const ref = builder.inputRef<NamedKey>('EntityKey');
  ref.implement({
    isOneOf: true,
    description: 'A key, under the name of the kind that is grouped.',
    fields: (t) =>
      Object.fromEntries(
        ontology.kindNames.map((kind) => [ontology.kind(kind).singular, t.field({ type: keyPathRef(base, kind) })]),
      ),
  });
  return ref;
});
