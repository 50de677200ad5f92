import type { Entity } from '../graph/rows.ts';
import { findSimilar, MOST_REASONS, MOST_SHARED_BY, rarityOf, type SharedNeighbor } from '../graph/similar.ts';
import type { Truncation } from '../graph/truncation.ts';
import { builder } from './builder.ts';
import { RelationTypeEnum } from './enumerations.ts';
import { RelationDirection, readFound, TruncationRef } from './hop.ts';
import { EntityInterface } from './references.ts';
import { NamedEntities, told, walkArguments, walkOf, within } from './walk-arguments.ts';

const limitBounds = { least: 1, most: 50, usual: 10 };

interface Shared extends Omit<SharedNeighbor, 'slug'> {
  readonly entity: Entity;
}

interface SimilarEntity {
  readonly entity: Entity;
  readonly score: number;
  readonly shared: number;
  readonly sharedBecause: readonly Shared[];
  readonly truncated: Truncation | null;
}

const SharedRef = builder.objectRef<Shared>('SharedNeighbor').implement({
  description: 'A neighbour that two entities have by the same relation.',
  fields: (t) => ({
    entity: t.expose('entity', { type: EntityInterface, nullable: false, description: 'The neighbour.' }),
    relation: t.expose('relation', {
      type: RelationTypeEnum,
      nullable: false,
      description: 'The relation by which both have it.',
    }),
    direction: t.expose('direction', {
      type: RelationDirection,
      nullable: false,
      description: 'Whether the relation leads from the two to the neighbour, or from it to them.',
    }),
    relations: t.exposeInt('degree', {
      nullable: false,
      description: 'How many relations the neighbour has, of those that are walked.',
    }),
    weight: t.float({
      nullable: false,
      description: 'What it adds to the score: `1 / ln(1 + relations)`.',
      resolve: ({ degree }) => rarityOf(degree),
    }),
  }),
});

const SimilarRef = builder.objectRef<SimilarEntity>('SimilarEntity').implement({
  description: 'An entity that is like another, and why.',
  fields: (t) => ({
    entity: t.expose('entity', { type: EntityInterface, nullable: false, description: 'The entity.' }),
    score: t.exposeFloat('score', {
      nullable: false,
      description: 'How alike they are: the sum of the weights of what they share, so that what is rare counts most.',
    }),
    sharedCount: t.exposeInt('shared', { nullable: false, description: 'How many neighbours they share.' }),
    sharedBecause: t.expose('sharedBecause', {
      type: [SharedRef],
      nullable: { list: false, items: false },
      description: `What they share, the rarest first, at most ${MOST_REASONS}.`,
    }),
    truncated: t.expose('truncated', {
      type: TruncationRef,
      nullable: true,
      description:
        'Null where every neighbour that counts was looked at. Else only the rarest were, so that scores are a little too low; `leftOut` tells how many others the entity asked about has. The same for all entities of an answer.',
    }),
  }),
});

const places = { entities: [['entity'], ['sharedBecause', 'entity']], hops: null };

builder.queryField('similar', (t) =>
  t.field({
    type: [SimilarRef],
    nullable: { list: true, items: false },
    args: {
      to: t.arg.id({ required: true, description: 'Id or slug of the entity.' }),
      limit: t.arg.int({
        defaultValue: limitBounds.usual,
        description: `How many to show, ${told(limitBounds)}.`,
      }),
      ...walkArguments('Only neighbours of these kinds count. Without it: of all.'),
    },
    description: `What is like this: entities of the same kind that have the same neighbours by the same relations, the more the rarer these are (Adamic and Adar 2003). Neighbours with more than ${MOST_SHARED_BY} relations do not count: what so many share explains nothing.`,
    resolve: async (_, args, context, info) => {
      const named = new NamedEntities();
      const to = named.slug(args.to);
      const limit = within('limit', args.limit, limitBounds);
      const found = await findSimilar(context.graph, { ...walkOf(args), to, limit }, context.options);
      if (found === null) named.refuse([to]);
      const { similar = [], truncated = null } = found ?? {};
      const slugs = similar.flatMap(({ slug, because }) => [slug, ...because.map((shared) => shared.slug)]);
      const read = await readFound(context, info, places, slugs, []);
      return similar.map(({ slug, score, shared: count, because }) => ({
        entity: read.entity(slug) as Entity,
        score,
        shared: count,
        truncated,
        sharedBecause: because.map((shared) => ({ ...shared, entity: read.entity(shared.slug) as Entity })),
      }));
    },
  }),
);
