import type { Entity } from '../../engine/reads/rows.ts';
import {
  findSimilar,
  MOST_REASONS,
  MOST_SHARED_BY,
  rarityOf,
  type SharedNeighbor,
} from '../../engine/traversal/similar.ts';
import type { Truncation } from '../../engine/traversal/truncation.ts';
import { NamedEntities, rangeOf, walkArguments, walkOf, within } from '../arguments/walk-arguments.ts';
import { lazyType } from '../builder.ts';
import { RelationDirection, readFound, TruncationRef } from '../entities/relation-step.ts';
import { RelationTypeEnum } from '../enumerations.ts';
import { EntityInterface } from '../references.ts';

const limitBounds = { least: 1, most: 50, usual: 10 };

interface Shared extends Omit<SharedNeighbor, 'slug'> {
  readonly entity: Entity;
}

interface SimilarEntity {
  readonly entity: Entity;
  readonly score: number;
  readonly likeness: number;
  readonly shared: number;
  readonly sharedBecause: readonly Shared[];
  readonly truncated: Truncation | null;
}

const SharedRef = lazyType((base) =>
  base.builder.objectRef<Shared>('SharedNeighbor').implement({
    description: 'A neighbour that two entities share by the same relation.',
    fields: (t) => ({
      entity: t.expose('entity', { type: EntityInterface(base), nullable: false, description: 'The neighbour.' }),
      relation: t.expose('relation', {
        type: RelationTypeEnum(base),
        nullable: false,
        description: 'Type of the shared relation.',
      }),
      direction: t.expose('direction', {
        type: RelationDirection(base),
        nullable: false,
        description: 'Whether the relation leads to the neighbour or from it.',
      }),
      relations: t.exposeInt('degree', {
        nullable: false,
        description: 'Number of relations of the neighbour, counting only traversed types.',
      }),
      weight: t.float({
        nullable: false,
        description: 'Contribution to the score: `1 / ln(1 + relations)`.',
        resolve: ({ degree }) => rarityOf(degree),
      }),
    }),
  }),
);

const SimilarRef = lazyType((base) =>
  base.builder.objectRef<SimilarEntity>('SimilarEntity').implement({
    description: 'A similar entity, with the reasons.',
    fields: (t) => ({
      entity: t.expose('entity', { type: EntityInterface(base), nullable: false, description: 'The entity.' }),
      score: t.exposeFloat('score', {
        nullable: false,
        description: 'Similarity: the sum of the weights of shared neighbours, so that rare ones count most.',
      }),
      likeness: t.exposeFloat('likeness', {
        nullable: false,
        description:
          'The score as a share of the highest possible one, from 0 to 1: 1 if all considered neighbours of the given entity are shared.',
      }),
      sharedCount: t.exposeInt('shared', { nullable: false, description: 'Number of shared neighbours.' }),
      sharedBecause: t.expose('sharedBecause', {
        type: [SharedRef(base)],
        nullable: { list: false, items: false },
        description: `Shared neighbours, rarest first, at most ${MOST_REASONS}.`,
      }),
      truncated: t.expose('truncated', {
        type: TruncationRef(base),
        nullable: true,
        description:
          'Null if all relevant neighbours were considered. Otherwise only the rarest were, so scores are slightly too low, and `leftOut` counts the others. The same for all results.',
      }),
    }),
  }),
);

const places = { entities: [['entity'], ['sharedBecause', 'entity']], hops: null };

export const addSimilar = lazyType((base) => {
  base.builder.queryField('similar', (t) =>
    t.field({
      earlierStates: false,
      type: [SimilarRef(base)],
      nullable: { list: true, items: false },
      args: {
        to: t.arg.id({ required: true, description: 'ID or slug of the entity.' }),
        limit: t.arg.int({
          defaultValue: limitBounds.usual,
          description: `Maximum number of results, ${rangeOf(limitBounds)}.`,
        }),
        ...walkArguments(base, 'Considers only neighbours of these kinds. Default: all.'),
      },
      description: `Similar entities of the same kind: those that share neighbours by the same relations, weighted by rarity (Adamic and Adar 2003). Ignores neighbours with more than ${MOST_SHARED_BY} relations, because they explain little.`,
      resolve: async (_, args, context, info) => {
        const named = new NamedEntities(context.ontology);
        const to = named.slug(args.to);
        const limit = within('limit', args.limit, limitBounds);
        const found = await findSimilar(
          context.graph,
          { ...walkOf(context.ontology, args), to, limit },
          context.options,
        );
        if (found === null) named.refuse([to]);
        const { similar = [], truncated = null } = found ?? {};
        const slugs = similar.flatMap(({ slug, because }) => [slug, ...because.map((shared) => shared.slug)]);
        const read = await readFound(context, info, places, slugs, []);
        const present = similar.filter(({ slug }) => read.has(slug));
        return present.map(({ slug, score, likeness, shared: count, because }) => ({
          entity: read.entity(slug) as Entity,
          score,
          likeness,
          shared: count,
          truncated,
          sharedBecause: because
            .filter((shared) => read.has(shared.slug))
            .map((shared) => ({ ...shared, entity: read.entity(shared.slug) as Entity })),
        }));
      },
    }),
  );
});
