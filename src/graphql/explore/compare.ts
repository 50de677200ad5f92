import type { Entity } from '../../engine/reads/rows.ts';
import {
  type ComparedNeighbors,
  type ComparedProperty,
  MOST_DIFFERING,
  MOST_SHARED,
  type RelatedEntity,
} from '../../engine/traversal/compare.ts';
import type { Truncation } from '../../engine/traversal/truncation.ts';
import { NamedEntities, walkArguments, walkOf } from '../arguments/walk-arguments.ts';
import { readsOf } from '../as-of/graph-reads.ts';
import { lazyType } from '../builder.ts';
import { RelationDirection, readFound, TruncationRef } from '../entities/relation-step.ts';
import { RelationTypeEnum } from '../enumerations.ts';
import { badUserInput } from '../errors.ts';
import { selectedAt } from '../planning/selected.ts';
import { EntityInterface } from '../references.ts';

const MOST_COMPARED = 10;

interface Related extends Omit<RelatedEntity, 'slug'> {
  readonly entity: Entity;
}

interface Difference {
  readonly entity: Entity;
  readonly neighbors: readonly Related[];
}

interface Value {
  readonly entity: Entity;
  readonly value: unknown;
}

interface Property extends Omit<ComparedProperty, 'values'> {
  readonly values: readonly Value[];
}

interface Comparison {
  readonly entities: readonly Entity[];
  readonly shared: readonly Related[];
  readonly differing: readonly Difference[];
  readonly properties: readonly Property[];
  readonly truncated: Truncation | null;
}

const RelatedRef = lazyType((base) =>
  base.builder.objectRef<Related>('RelatedEntity').implement({
    description: 'A neighbour, with the relation that connects it.',
    fields: (t) => ({
      relation: t.expose('relation', {
        type: RelationTypeEnum(base),
        nullable: false,
        description: 'Type of the relation.',
      }),
      direction: t.expose('direction', {
        type: RelationDirection(base),
        nullable: false,
        description: 'Whether the relation leads to the neighbour or from it.',
      }),
      entity: t.expose('entity', { type: EntityInterface(base), nullable: false, description: 'The neighbour.' }),
    }),
  }),
);

const DifferenceRef = lazyType((base) =>
  base.builder.objectRef<Difference>('EntityDifference').implement({
    description: 'Neighbours that distinguish one of the compared entities.',
    fields: (t) => ({
      entity: t.expose('entity', { type: EntityInterface(base), nullable: false, description: 'The entity.' }),
      neighbors: t.expose('neighbors', {
        type: [RelatedRef(base)],
        nullable: { list: false, items: false },
        description: `Neighbours of the entity that not all share by the same relation, at most ${MOST_DIFFERING}.`,
      }),
    }),
  }),
);

const ValueRef = lazyType((base) =>
  base.builder.objectRef<Value>('ComparedValue').implement({
    description: 'The value of a property in one entity.',
    fields: (t) => ({
      entity: t.expose('entity', { type: EntityInterface(base), nullable: false, description: 'The entity.' }),
      value: t.expose('value', {
        type: 'JSON',
        nullable: true,
        description: 'The value; null if the entity has none.',
      }),
    }),
  }),
);

const PropertyRef = lazyType((base) =>
  base.builder.objectRef<Property>('ComparedProperty').implement({
    description: 'A property that at least one of the compared entities has.',
    fields: (t) => ({
      name: t.exposeString('name', {
        nullable: false,
        description: 'Name of the property, as a field of the entities.',
      }),
      values: t.expose('values', {
        type: [ValueRef(base)],
        nullable: { list: false, items: false },
        description: 'Value of the property in each entity, in the order of `entities`.',
      }),
      same: t.exposeBoolean('same', { nullable: false, description: 'Whether all entities have the same value.' }),
    }),
  }),
);

const ComparisonRef = lazyType((base) =>
  base.builder.objectRef<Comparison>('Comparison').implement({
    description: 'Similarities and differences of entities.',
    fields: (t) => ({
      entities: t.expose('entities', {
        type: [EntityInterface(base)],
        nullable: { list: false, items: false },
        description: 'Entities compared, in the order requested.',
      }),
      shared: t.expose('shared', {
        type: [RelatedRef(base)],
        nullable: { list: false, items: false },
        description: `Neighbours that all entities share by the same relation, at most ${MOST_SHARED}.`,
      }),
      differing: t.expose('differing', {
        type: [DifferenceRef(base)],
        nullable: { list: false, items: false },
        description: 'For each entity, the neighbours that not all share.',
      }),
      properties: t.expose('properties', {
        type: [PropertyRef(base)],
        nullable: { list: false, items: false },
        description: 'Properties that at least one of the entities has.',
      }),
      truncated: t.expose('truncated', {
        type: TruncationRef(base),
        nullable: true,
        description: 'Null if all neighbours are included.',
      }),
    }),
  }),
);

const places = {
  entities: [
    ['entities'],
    ['shared', 'entity'],
    ['differing', 'entity'],
    ['differing', 'neighbors', 'entity'],
    ['properties', 'values', 'entity'],
  ],
  hops: null,
};

const nothingRelated: ComparedNeighbors = { shared: [], differing: [], truncated: null };

export const addCompare = lazyType((base) => {
  base.builder.queryField('compare', (t) =>
    t.field({
      earlierStates: true,
      type: ComparisonRef(base),
      nullable: true,
      args: {
        ids: t.arg.idList({
          required: true,
          description: `IDs or slugs of 2 to ${MOST_COMPARED} entities of any kind; duplicates count once.`,
        }),
        ...walkArguments(base, 'Only neighbours of these kinds. Default: all.'),
      },
      description: 'Compares entities: shared and differing neighbours by relation, and property values.',
      resolve: async (_, args, context, info) => {
        const named = new NamedEntities(context.ontology);
        const slugs = named.slugs(args.ids);
        if (slugs.length < 2 || slugs.length > MOST_COMPARED) {
          throw badUserInput(`\`ids\` takes 2 to ${MOST_COMPARED} different entities; got ${slugs.length}.`);
        }
        const walk = walkOf(context.ontology, args);
        const reads = await readsOf(context);
        named.refuse(await reads.missing(slugs));
        const isSelected = (...names: readonly string[]) => names.some((name) => selectedAt(info, [name]).length > 0);
        const [related, properties] = await Promise.all([
          isSelected('shared', 'differing', 'truncated') ? reads.comparedNeighbors(slugs, walk) : nothingRelated,
          isSelected('properties') ? reads.comparedProperties(slugs) : [],
        ]);
        const neighbors = [...related.shared, ...related.differing.flatMap((difference) => difference.neighbors)];
        const read = await readFound(context, info, places, [...slugs, ...neighbors.map(({ slug }) => slug)], []);
        named.refuse(slugs.filter((slug) => !read.has(slug)));
        const withEntities = <Part extends { readonly slug: string }>(parts: readonly Part[]) =>
          parts
            .filter(({ slug }) => read.has(slug))
            .map(({ slug, ...part }) => ({ ...part, entity: read.entity(slug) as Entity }));
        return {
          entities: slugs.map((slug) => read.entity(slug) as Entity),
          shared: withEntities(related.shared),
          differing: withEntities(related.differing).map((one) => ({ ...one, neighbors: withEntities(one.neighbors) })),
          properties: properties.map((property) => ({ ...property, values: withEntities(property.values) })),
          truncated: related.truncated,
        };
      },
    }),
  );
});
