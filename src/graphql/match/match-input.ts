import { edgeFilterRef, filterRef } from '../arguments/filters.ts';
import { type InputRef, lazyType, type SchemaBase } from '../builder.ts';
import { EntityKind, RelationTypeEnum, SortDirection } from '../enumerations.ts';
import { limits } from '../limits.ts';
import { nameOfMany } from '../names.ts';
import type { MatchOrderInput } from './match-rows.ts';
import { MatchComparison, MatchFunction, MatchValue } from './match-value-input.ts';
import type {
  EntityInput,
  NamedFilter,
  NamedValueInput,
  PatternInput,
  RelationInput,
  ShapeInput,
} from './pattern-input.ts';

const oneFilterRef = ({ builder }: SchemaBase, name: string) => builder.inputRef<NamedFilter>(name);

export const MatchFilter = lazyType((base) => {
  const { ontology } = base;
  const ref = oneFilterRef(base, 'MatchFilter');
  ref.implement({
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
  return ref;
});

const MatchEntity = lazyType((base) =>
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

const MatchRelation = lazyType((base) => {
  const edgeFilter = edgeFilterRef(base);
  return base.builder.inputRef<RelationInput>('MatchRelation').implement({
    description: 'A relation of a pattern, in the direction defined by the ontology.',
    fields: (t) => ({
      as: t.string({ description: 'Name of the relation, under which values name its properties.' }),
      from: t.string({ required: true, description: 'Name of the start entity.' }),
      to: t.string({
        required: true,
        description: 'Name of the end entity. The ends of a symmetric relation may be swapped.',
      }),
      relation: t.field({
        type: RelationTypeEnum(base),
        description: `Type of the relation. If it and \`relations\` are left out, a relation of any type that traversals follow, in either direction.`,
      }),
      relations: t.field({
        type: [RelationTypeEnum(base)],
        description: 'Types of the relation, any of which matches.',
      }),
      minHops: t.int({
        required: true,
        defaultValue: 1,
        description: 'Minimum number of consecutive relations; with 0, both ends may be the same entity.',
      }),
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
          description: 'Conditions on the relation itself, or on each of several hops. Needs one type in `relation`.',
        }),
      }),
    }),
  });
});

export const MatchShape = lazyType(
  (base): InputRef<ShapeInput> =>
    base.builder.inputRef<ShapeInput>('MatchShape').implement({
      description:
        'Relations and comparisons that hold together. Entities that only shapes name stand for any match and are not part of the result.',
      fields: (t) => ({
        relations: t.field({
          type: [MatchRelation(base)],
          required: true,
          defaultValue: [],
          description: 'Relations of the shape.',
        }),
        where: t.field({
          type: [MatchComparison(base)],
          description:
            'Comparisons of entities and relations of the shape with one another and with those of the match.',
        }),
      }),
    }),
);

/** A value under a name. */
const MatchNamedValue = lazyType((base) =>
  base.builder.inputRef<NamedValueInput>('MatchNamedValue').implement({
    description:
      'A value under a name: of each match or, with `over`, of all that fits a shape beside it, taken together by `function`. Entities of the shape differ from one another and from those of the match that it names.',
    fields: (t) => ({
      as: t.string({ required: true, description: 'Name of the value. Later values and comparisons may use it.' }),
      is: t.field({ type: MatchValue(base), description: 'What it is; with COUNT, left out.' }),
      function: t.field({ type: MatchFunction(base), description: 'Aggregate function applied to `over`.' }),
      over: t.field({ type: MatchShape(base), description: 'Shape whose sets of entities are taken together.' }),
    }),
  }),
);

/** Bounds of the number of ways. */
export interface WaysInput {
  readonly gte?: number | null | undefined;
  readonly lte?: number | null | undefined;
}

/** Conditions on merged matches. */
export const MatchHaving = lazyType(({ builder }) => {
  const ways = builder.inputRef<WaysInput>('MatchWaysFilter').implement({
    description: 'Bounds of a number of ways.',
    fields: (t) => ({
      gte: t.int({ description: 'Minimum.' }),
      lte: t.int({ description: 'Maximum.' }),
    }),
  });
  const ref = builder.inputRef<{ readonly ways?: WaysInput | null | undefined }>('MatchHaving');
  ref.implement({
    description: 'Conditions on merged matches.',
    fields: (t) => ({
      ways: t.field({ type: ways, description: 'In how many ways the match was found.' }),
    }),
  });
  return ref;
});

/** A shape of entities and relations. */
export const MatchPattern = lazyType(
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
        anyOf: t.field({
          type: [MatchShape(base)],
          description: 'At least one of these shapes must exist. Each must touch an entity of every match.',
        }),
        noneOf: t.field({
          type: [MatchShape(base)],
          description:
            'None of these shapes may exist. Each must touch an entity of every match. Unless `distinct` is false, an entity that only a shape names is another than those of the match.',
        }),
        where: t.field({
          type: [MatchComparison(base)],
          description: `Comparisons of values, at most ${limits.patternRelations} with those of shapes; all must hold. EQ also connects entities that no relation joins.`,
        }),
        values: t.field({
          type: [MatchNamedValue(base)],
          description: `Values to show, sort by, compare or group with, at most ${limits.namedValues}.`,
        }),
        unordered: t.field({
          type: [t.listRef('String')],
          description:
            'Lists of names that may swap places, such as the two countries of a pair. Of all their orders, only that of the slugs is returned.',
        }),
        distinctFor: t.stringList({
          description: 'Names that must stand for different entities. Overrides `distinct` of the field.',
        }),
      }),
    }),
);

const MatchOrderKey = lazyType(({ builder }) =>
  builder.enumType('MatchOrderKey', {
    description: 'Sort keys for matches.',
    values: {
      NAME: { value: 'name', description: 'Name of the entity.' },
      SLUG: { value: 'id', description: 'Slug of the entity.' },
      WAYS: { value: 'ways', description: 'In how many ways the match was found; without `as`.' },
    } as const,
  }),
);

/** One key of an order of matches. */
export const MatchOrder = lazyType(
  (base): InputRef<MatchOrderInput> =>
    base.builder.inputRef<MatchOrderInput>('MatchOrder').implement({
      description: 'A sort key for matches. Matches without the entity come last.',
      fields: (t) => ({
        as: t.string({ description: 'Name of an entity in the result; required unless `by` is WAYS.' }),
        value: t.string({
          description: 'Name of a value, instead of `as` and `by`. Matches without the value come last.',
        }),
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
