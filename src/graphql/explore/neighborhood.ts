import type { StoredRelation } from '../../engine/graph/walk.ts';
import type { Entity } from '../../engine/reads/rows.ts';
import type { Neighbor } from '../../engine/traversal/neighborhood.ts';
import type { Truncation } from '../../engine/traversal/truncation.ts';
import { NamedEntities, rangeOf, walkArguments, walkOf, within } from '../arguments/walk-arguments.ts';
import { readsOf } from '../as-of/graph-reads.ts';
import { lazyType } from '../builder.ts';
import { type Found, type Hop, RelationStepRef, readFound, TruncationRef } from '../entities/relation-step.ts';
import { badUserInput } from '../errors.ts';
import { limits } from '../limits.ts';
import { EntityInterface } from '../references.ts';

const depthBounds = { least: 1, most: 3, usual: 1 };
const limitBounds = { least: 1, most: 500, usual: 50 };

interface Neighborhood {
  readonly nodes: readonly Entity[];
  readonly edges: readonly Hop[];
  readonly truncated: Truncation | null;
}

const NeighborhoodRef = lazyType((base) =>
  base.builder.objectRef<Neighborhood>('Neighborhood').implement({
    description: 'The entities around some given ones and their relations, ready to be drawn.',
    fields: (t) => ({
      nodes: t.expose('nodes', {
        type: [EntityInterface(base)],
        nullable: { list: false, items: false },
        description: 'The given entities, then those around them, nearest first.',
      }),
      edges: t.expose('edges', {
        type: [RelationStepRef(base)],
        nullable: { list: false, items: false },
        description:
          'All traversed relations between two of the nodes. `direction` is FORWARD if the relation starts at the nearer node, or if both are equally near.',
      }),
      truncated: t.expose('truncated', {
        type: TruncationRef(base),
        nullable: true,
        description: 'Null if all entities within `depth` are included; otherwise the relations omitted.',
      }),
    }),
  }),
);

const places = { entities: [['nodes']], hops: ['edges'] };

export const addNeighborhood = lazyType((base) => {
  base.builder.queryField('neighborhood', (t) =>
    t.field({
      earlierStates: true,
      type: NeighborhoodRef(base),
      nullable: true,
      args: {
        of: t.arg.idList({
          required: true,
          description: `IDs or slugs of 1 to ${limits.neighborhoodStarts} entities; duplicates count once.`,
        }),
        depth: t.arg.int({
          defaultValue: depthBounds.usual,
          description: `Maximum number of hops to an entity, ${rangeOf(depthBounds)}.`,
        }),
        ...walkArguments(base, 'Only entities of these kinds, in addition to the given ones. Default: all.'),
        limit: t.arg.int({
          defaultValue: limitBounds.usual,
          description: `Maximum number of nodes, including the given entities, ${rangeOf(limitBounds)}. If a level has more, nodes are taken in turn from each given entity and relation.`,
        }),
      },
      description: 'Entities within a number of hops, nearest first, with the relations between them.',
      resolve: async (_, args, context, info) => {
        const named = new NamedEntities(context.ontology);
        const of = named.slugs(args.of);
        if (of.length === 0 || of.length > limits.neighborhoodStarts) {
          throw badUserInput(`\`of\` takes 1 to ${limits.neighborhoodStarts} entities; got ${of.length}.`);
        }
        const depth = within('depth', args.depth, depthBounds);
        const limit = within('limit', args.limit, limitBounds);
        if (limit < of.length) {
          throw badUserInput(
            `\`limit\` includes the ${of.length} entities in \`of\`, so it must be at least ${of.length}; got ${limit}.`,
          );
        }
        let reading: Promise<Found> | undefined;
        const startReading = (
          nodes: readonly Neighbor[],
          edges: readonly StoredRelation[] | Promise<readonly StoredRelation[]>,
        ) => {
          const slugs = nodes.map(({ slug }) => slug);
          reading = readFound(context, info, places, slugs, edges);
          // Awaiting it reports its failure; this handler covers the case that the search fails before.
          reading.catch(() => {});
          return reading;
        };
        const reads = await readsOf(context);
        const found = await reads.neighborhood({ ...walkOf(context.ontology, args), of, depth, limit }, startReading);
        named.refuse(found.missing);
        const slugs = found.nodes.map(({ slug }) => slug);
        const depths = new Map(found.nodes.map((node) => [node.slug, node.depth]));
        const isCut = found.truncated?.reason === 'TIME_LIMIT';
        const read = await (isCut || !reading ? startReading(found.nodes, found.edges) : reading);
        const edges = found.edges.map((edge) => {
          const isAway = (depths.get(edge.from) ?? 0) <= (depths.get(edge.to) ?? 0);
          return read.hop(edge, isAway ? 'FORWARD' : 'BACKWARD');
        });
        return {
          nodes: slugs.map((slug) => read.entity(slug)).filter((entity) => entity !== null),
          edges: edges.filter((edge) => edge !== null),
          truncated: found.truncated,
        };
      },
    }),
  );
});
