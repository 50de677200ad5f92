import type { Kind } from '../../ontology/vocabulary.ts';
import { lazyType, type SchemaBase } from '../builder.ts';
import { EntityKind } from '../enumerations.ts';
import { limits } from '../limits.ts';
import { relationsTo } from '../names.ts';
import { edgeToRef } from './edge-filters.ts';
import { hierarchyOf, transitiveFieldsOf } from './hierarchies.ts';
import { type FieldBuilder, known, logicFields, propertyFields, scalarFilters } from './operator-filters.ts';
import { filterRef, oneFields, relationFilterRef, transitiveFilterRef } from './relation-filters.ts';

export { edgeFilterRef } from './edge-filters.ts';
export { valueFilterRef } from './operator-filters.ts';
export { filterRef } from './relation-filters.ts';

type Target = Kind | 'Entity';

function entityFields(base: SchemaBase, t: FieldBuilder, target: Target) {
  const { ontology } = base;
  const ref = filterRef(base, target);
  const relations = [...ontology.relationFieldsOf(target).values()].map(({ name, target: far, toOne }) => {
    const type = toOne ? filterRef(base, far) : relationFilterRef(base, far);
    return [name, t.field({ type })] as const;
  });
  const transitive = [...transitiveFieldsOf(ontology, target)].map(
    ([name, field]) =>
      [
        name,
        t.field({
          type: transitiveFilterRef(base, field.target),
          description: `Conditions on \`${field.name}\` and everything further in the same direction.`,
        }),
      ] as const,
  );
  const edge = edgeToRef(base, target);
  const textFilter = known(scalarFilters(base).text, 'of texts');
  return {
    slug: t.field({ type: textFilter, description: 'Readable key.' }),
    ...propertyFields(base, t, ontology.propertiesOf(target)),
    ...Object.fromEntries([...relations, ...transitive]),
    ...(edge && {
      edge: t.field({
        type: edge,
        description: 'Conditions on the relation that leads here, such as the one whose field takes the filter.',
      }),
    }),
    ...(target === 'Entity'
      ? {
          kinds: t.field({
            type: [EntityKind(base)],
            description: 'Is of one of these kinds. An empty list matches nothing.',
          }),
        }
      : {}),
    ...(hierarchyOf(ontology, target)
      ? {
          within: t.id({ description: 'Is this entity, or a narrower one or part of it. Takes an ID or slug.' }),
          withinDepth: t.int({
            description: `Maximum number of steps of \`within\`, up to ${limits.hierarchyHops}. Default: any number.`,
          }),
        }
      : {}),
    ...oneFields(base, t, target),
    ...logicFields(t, ref),
  };
}

/** Adds the filters of all lists. */
export const addFilters = lazyType((base) => {
  const { ontology } = base;
  scalarFilters(base);
  for (const target of ['Entity', ...ontology.kindNames]) {
    edgeToRef(base, target);
    if (relationsTo(ontology, target).length > 0) relationFilterRef(base, target);
    if (transitiveFieldsOf(ontology, target).size > 0) transitiveFilterRef(base, target);
    filterRef(base, target).implement({
      description:
        'Conditions on an entity, all of which must hold: on its properties, and on what each relation leads to. `{}` matches all. Null operands are rejected.',
      fields: (t) => entityFields(base, t, target),
    });
  }
});
