import type { InputObjectRef } from '@pothos/core';
import { edgeFilterRef, filterRef } from '../arguments/filters.ts';
import { type Builder, part, type SchemaBase } from '../builder.ts';
import { EntityKind, RelationTypeEnum, SortDirection } from '../enumerations.ts';
import { limits } from '../limits.ts';
import { nameOfMany } from '../names.ts';
import { edgeFilterName } from './match-pattern.ts';
import type { MatchOrderInput } from './match-rows.ts';
import type { EntityInput, NamedFilter, PatternInput, RelationInput } from './pattern-input.ts';

type InputRef<Input> = InputObjectRef<Builder['$inferSchemaTypes'], Input>;

const oneFilterRef = ({ builder }: SchemaBase, name: string) => builder.inputRef<NamedFilter>(name);

const MatchFilter = part((base) => {
  const { ontology } = base;
  return oneFilterRef(base, 'MatchFilter').implement({
    isOneOf: true,
    description: 'A filter of entities, under the name of their kind, which it implies.',
    fields: (t) => ({
      ...Object.fromEntries(
        ontology.kindNames.map((kind) => [
          ontology.kind(kind).singular,
          t.field({ type: filterRef(base, kind), description: `Conditions on ${nameOfMany(ontology, kind)}.` }),
        ]),
      ),
      entity: t.field({ type: filterRef(base, 'Entity'), description: 'Conditions on entities of any kind.' }),
    }),
  });
});

/** `null` if no relation has properties. */
const MatchEdgeFilter = part((base) => {
  const withProperties = base.ontology.relationTypes.flatMap((relation) => {
    const ref = edgeFilterRef(base, relation);
    return ref ? [{ relation, name: edgeFilterName(relation), ref }] : [];
  });
  if (withProperties.length === 0) return null;
  return oneFilterRef(base, 'MatchEdgeFilter').implement({
    isOneOf: true,
    description: 'A filter of relations, under the name of their type.',
    fields: (t) =>
      Object.fromEntries(
        withProperties.map(({ name, relation, ref }) => [
          name,
          t.field({ type: ref, description: `Conditions on the properties of ${relation}.` }),
        ]),
      ),
  });
});

const MatchEntity = part((base) =>
  base.builder.inputRef<EntityInput>('MatchEntity').implement({
    description:
      'An entity of a pattern: any entity that satisfies all conditions. Leave out `kind` if the filter, the ID or the relations imply it.',
    fields: (t) => ({
      as: t.string({
        required: true,
        description: 'Name of the entity in the pattern: at most 40 letters, digits and `_`, beginning with a letter.',
      }),
      kind: t.field({ type: EntityKind(base), description: 'Kind of the entity.' }),
      id: t.id({ description: 'Matches only this entity. Takes an ID or slug.' }),
      ids: t.idList({
        description: `Matches only these entities, at most ${limits.pageSize}. Takes IDs or slugs. An empty list matches nothing.`,
      }),
      filter: t.field({ type: MatchFilter(base), description: 'Conditions on the entity.' }),
    }),
  }),
);

const MatchRelation = part((base) => {
  const edgeFilter = MatchEdgeFilter(base);
  return base.builder.inputRef<RelationInput>('MatchRelation').implement({
    description: 'A relation of a pattern, in the direction defined by the ontology.',
    fields: (t) => ({
      from: t.string({ required: true, description: 'Name of the start entity.' }),
      to: t.string({
        required: true,
        description: 'Name of the end entity. The ends of a symmetric relation may be swapped.',
      }),
      relation: t.field({ type: RelationTypeEnum(base), required: true, description: 'Type of the relation.' }),
      minHops: t.int({ required: true, defaultValue: 1, description: 'Minimum number of consecutive relations.' }),
      maxHops: t.int({
        required: true,
        defaultValue: 1,
        description: `Maximum number of consecutive relations, up to ${limits.patternHops}; more than 1 only if both ends are of the same kind.`,
      }),
      optional: t.boolean({
        required: true,
        defaultValue: false,
        description:
          'Whether the relation is optional. If it is missing, entities that only optional relations name are null. Optional relations that share such an entity match together or not at all.',
      }),
      negated: t.boolean({
        required: true,
        defaultValue: false,
        description:
          'Whether the relation must not exist. An entity that only negated relations name stands for any match; negated relations that share one must not exist together. Such entities are not part of the result.',
      }),
      ...(edgeFilter && {
        edge: t.field({
          type: edgeFilter,
          description: 'Conditions on the relation itself, or on each of several hops.',
        }),
      }),
    }),
  });
});

/** A shape of entities and relations. */
export const MatchPattern = part(
  (base): InputRef<PatternInput> =>
    base.builder.inputRef<PatternInput>('MatchPattern').implement({
      description: `A pattern of up to ${limits.patternEntities} entities and ${limits.patternRelations} relations. It must be connected. The first entity, and those named by relations that are neither optional nor negated, are part of every match and must be connected by such relations.`,
      fields: (t) => ({
        entities: t.field({
          type: [MatchEntity(base)],
          required: true,
          description: 'Entities, each with a unique name. Begin with the subject of the query.',
        }),
        relations: t.field({
          type: [MatchRelation(base)],
          required: true,
          defaultValue: [],
          description: 'Relations between the entities.',
        }),
      }),
    }),
);

const MatchOrderKey = part(({ builder }) =>
  builder.enumType('MatchOrderKey', {
    description: 'Sort keys for matches.',
    values: {
      NAME: { value: 'name', description: 'Name of the entity.' },
      SLUG: { value: 'id', description: 'Slug of the entity.' },
    } as const,
  }),
);

/** One key of an order of matches. */
export const MatchOrder = part(
  (base): InputRef<MatchOrderInput> =>
    base.builder.inputRef<MatchOrderInput>('MatchOrder').implement({
      description: 'A sort key for matches. Matches without the entity come last.',
      fields: (t) => ({
        as: t.string({ required: true, description: 'Name of an entity in the result.' }),
        by: t.field({
          type: MatchOrderKey(base),
          required: true,
          defaultValue: 'name',
          description: 'Property to sort by.',
        }),
        direction: t.field({
          type: SortDirection(base),
          required: true,
          defaultValue: 'ASC',
          description: 'Sort direction.',
        }),
      }),
    }),
);
