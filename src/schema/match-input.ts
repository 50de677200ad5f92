import { kindNames, kinds } from '../ontology/kinds.ts';
import { relationTypes } from '../ontology/relations.ts';
import { builder } from './builder.ts';
import { EntityKind, RelationTypeEnum, SortDirection } from './enumerations.ts';
import { edgeFilterRef, filterRef } from './filters.ts';
import { limits } from './limits.ts';
import {
  type EntityInput,
  edgeFilterName,
  type NamedFilter,
  type PatternInput,
  type RelationInput,
} from './match-pattern.ts';
import type { MatchOrderInput } from './match-rows.ts';
import { nameOfMany } from './names.ts';

const oneFilterRef = (name: string) => builder.inputRef<NamedFilter>(name);

const withProperties = relationTypes.flatMap((relation) => {
  const ref = edgeFilterRef(relation);
  return ref ? [{ relation, name: edgeFilterName(relation), ref }] : [];
});

const MatchFilter = oneFilterRef('MatchFilter').implement({
  isOneOf: true,
  description: 'A filter of entities of one kind, under the name of the kind. The kind follows from it.',
  fields: (t) => ({
    ...Object.fromEntries(
      kindNames.map((kind) => [
        kinds[kind].singular,
        t.field({ type: filterRef(kind), description: `Conditions on ${nameOfMany(kind)}.` }),
      ]),
    ),
    entity: t.field({ type: filterRef('Entity'), description: 'Conditions on entities of any kind.' }),
  }),
});

const MatchEdgeFilter = oneFilterRef('MatchEdgeFilter').implement({
  isOneOf: true,
  description: 'A filter of one relation itself, under the name of the relation.',
  fields: (t) =>
    Object.fromEntries(
      withProperties.map(({ name, relation, ref }) => [
        name,
        t.field({ type: ref, description: `Conditions on the properties of ${relation}.` }),
      ]),
    ),
});

const MatchEntity = builder.inputRef<EntityInput>('MatchEntity').implement({
  description:
    'An entity that a pattern looks for: any that fits all that is said of it. Its kind may be left out where its filter, its id or its relations allow but one.',
  fields: (t) => ({
    as: t.string({
      required: true,
      description: 'Its name in the pattern: letters, digits and `_`, a letter first, at most 40.',
    }),
    kind: t.field({ type: EntityKind, description: 'Its kind.' }),
    id: t.id({ description: 'It is this entity. Takes an id or a slug.' }),
    ids: t.idList({
      description: `It is one of these entities, at most ${limits.pageSize}. Takes ids or slugs. An empty list matches nothing.`,
    }),
    filter: t.field({ type: MatchFilter, description: 'Conditions on it.' }),
  }),
});

const MatchRelation = builder.inputRef<RelationInput>('MatchRelation').implement({
  description: 'A relation that a pattern looks for, in the direction in which the ontology states it.',
  fields: (t) => ({
    from: t.string({ required: true, description: 'Name of the entity that it starts from.' }),
    to: t.string({
      required: true,
      description: 'Name of the entity that it leads to. Of a symmetric relation the ends may be swapped.',
    }),
    relation: t.field({ type: RelationTypeEnum, required: true, description: 'The relation.' }),
    minHops: t.int({ required: true, defaultValue: 1, description: 'At least so many of the relation in a row.' }),
    maxHops: t.int({
      required: true,
      defaultValue: 1,
      description: `At most so many of the relation in a row, up to ${limits.patternHops}; more than 1 only where it leads from a kind to the same kind.`,
    }),
    optional: t.boolean({
      required: true,
      defaultValue: false,
      description:
        'Found where it is there; else the entities that only optional relations name are null. Optional relations that share such an entity are there together or not at all.',
    }),
    negated: t.boolean({
      required: true,
      defaultValue: false,
      description:
        'Must not be there. An entity that only negated relations name stands for any that fits; negated relations that share one must not be there together. Such entities are not part of the answer.',
    }),
    edge: t.field({
      type: MatchEdgeFilter,
      description: 'Conditions on the relation itself; on each of several hops.',
    }),
  }),
});

/** A shape of entities and relations. */
export const MatchPattern = builder.inputRef<PatternInput>('MatchPattern').implement({
  description: `A shape of up to ${limits.patternEntities} entities and ${limits.patternRelations} relations. All of it is connected. The first entity, and those that relations neither optional nor negated name, are there in every answer, and connected by such relations.`,
  fields: (t) => ({
    entities: t.field({
      type: [MatchEntity],
      required: true,
      description: 'The entities, each under a name of its own. Put first what the question is about.',
    }),
    relations: t.field({
      type: [MatchRelation],
      required: true,
      defaultValue: [],
      description: 'The relations between them.',
    }),
  }),
});

const MatchOrderKey = builder.enumType('MatchOrderKey', {
  description: 'What matches are ordered by.',
  values: {
    NAME: { value: 'name', description: 'Name of the entity.' },
    SLUG: { value: 'id', description: 'Slug of the entity.' },
  } as const,
});

/** One key of an order of matches. */
export const MatchOrder = builder.inputRef<MatchOrderInput>('MatchOrder').implement({
  description: 'One key of an order of matches. Matches without the entity come last.',
  fields: (t) => ({
    as: t.string({ required: true, description: 'Name of an entity of the answer.' }),
    by: t.field({ type: MatchOrderKey, required: true, defaultValue: 'name', description: 'What of it counts.' }),
    direction: t.field({ type: SortDirection, required: true, defaultValue: 'ASC', description: 'Direction.' }),
  }),
});
