import { constantCase } from '../../ontology/letter-case.ts';
import type { Kind } from '../../ontology/vocabulary.ts';
import { filterRef } from '../arguments/filters.ts';
import { hierarchyOf } from '../arguments/hierarchies.ts';
import { partFor } from '../builder.ts';
import { limits } from '../limits.ts';
import { nameOfMany, nameOfOne, relationsTo } from '../names.ts';
import { groupKeyRef } from './group-input-types.ts';
import { type KeyInput, ownKeyFields, propertyKeys } from './group-keys.ts';

/** The properties of the relations that lead to a kind, as keys; `null` if there are none. */
const edgeKeyRef = partFor(({ builder, ontology }, kind: Kind) => {
  const keys = relationsTo(ontology, kind).flatMap(({ properties }) =>
    Object.entries(properties).flatMap(([name, property]) => propertyKeys(name, property).map(([key]) => key)),
  );
  if (keys.length === 0) return null;
  return builder.enumType(`${kind}EdgeKey`, {
    description: `Keys of relations that lead to ${nameOfOne(ontology, kind)}.`,
    values: Object.fromEntries(keys.map((key) => [constantCase(key), { value: key }])),
  });
});

/** The input type of a key that follows relations from entities of a kind. */
export const keyPathRef = partFor(({ builder }, kind: Kind) => builder.inputRef<KeyInput>(`${kind}Key`));

/** Adds the keys of a kind that follow relations. */
export const addKeyPath = partFor((base, kind: Kind) => {
  const { ontology } = base;
  const key = groupKeyRef(base, kind);
  const edge = edgeKeyRef(base, kind);
  const relations = [...ontology.relationFieldsOf(kind).values()].filter(
    ({ name, target }) => ontology.isKind(target) && !ownKeyFields.has(name),
  );
  const ref = keyPathRef(base, kind);
  ref.implement({
    description: `A key that stands at ${nameOfMany(ontology, kind)} and goes on in at most one way. With none, it is the entity itself.`,
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
