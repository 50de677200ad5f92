import type { GraphQLResolveInfo } from 'graphql';
import { type FoundPath, scoreOf, weightOf } from '../../engine/paths/a-star.ts';
import type { PathsRequest } from '../../engine/paths/paths.ts';
import type { Entity } from '../../engine/reads/rows.ts';
import type { Truncation } from '../../engine/traversal/truncation.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { Kind, RelationType } from '../../ontology/vocabulary.ts';
import { NamedEntities, rangeOf, walkArguments, walkOf, within } from '../arguments/walk-arguments.ts';
import { readsOf } from '../as-of/graph-reads.ts';
import { lazyType } from '../builder.ts';
import type { Context } from '../context.ts';
import {
  type Found,
  type Hop,
  hopsAlong,
  planFound,
  RelationStepRef,
  readFound,
  TruncationRef,
} from '../entities/relation-step.ts';
import { badUserInput } from '../errors.ts';
import { limits } from '../limits.ts';
import { statedOfRelations } from '../names.ts';
import { selectedAt } from '../planning/selected.ts';
import { EntityInterface } from '../references.ts';
import { avoidedSlugs, MOST_AVOIDED } from './avoided.ts';

const hopBounds = { least: 1, most: 6, usual: 4 };
const limitBounds = { least: 1, most: limits.paths, usual: 5 };

interface Reason {
  readonly entity: Entity;
  readonly relations: number;
  readonly weight: number;
}

interface Path {
  readonly length: number;
  readonly score: number;
  readonly nodes: readonly Entity[];
  readonly hops: readonly Hop[];
  readonly because: readonly Reason[];
}

const PathReason = lazyType((base) =>
  base.builder.objectRef<Reason>('PathReason').implement({
    description: 'Contribution of an intermediate entity to the score of a path.',
    fields: (t) => ({
      entity: t.expose('entity', { type: EntityInterface(base), nullable: false, description: 'The entity.' }),
      relations: t.exposeInt('relations', {
        nullable: false,
        description: 'Number of its relations, counting only traversed types.',
      }),
      weight: t.exposeFloat('weight', {
        nullable: false,
        description: '`1 / ln(1 + relations)`: the fewer relations the entity has, the more it explains.',
      }),
    }),
  }),
);

const PathRef = lazyType((base) =>
  base.builder.objectRef<Path>('Path').implement({
    description: 'A simple path from one entity to another: it visits no entity twice.',
    fields: (t) => ({
      length: t.exposeInt('length', {
        nullable: false,
        description: 'Number of hops; 0 from an entity to itself.',
      }),
      score: t.exposeFloat('score', {
        nullable: false,
        description:
          'How much the path explains, from 0 to 1: 1 for a direct relation, otherwise the harmonic mean of the weights of the intermediate entities, so that one hub weakens the whole path.',
      }),
      because: t.expose('because', {
        type: [PathReason(base)],
        nullable: { list: false, items: false },
        description: 'Contributions to the score: each intermediate entity, in the order of the path.',
      }),
      nodes: t.expose('nodes', {
        type: [EntityInterface(base)],
        nullable: { list: false, items: false },
        description: 'Entities on the path, including both ends: one more than `hops`.',
      }),
      hops: t.expose('hops', {
        type: [RelationStepRef(base)],
        nullable: { list: false, items: false },
        description: 'Relations on the path, in order.',
      }),
    }),
  }),
);

interface Paths {
  readonly paths: readonly Path[];
  readonly truncated: Truncation | null;
}

const PathsRef = lazyType((base) =>
  base.builder.objectRef<Paths>('Paths').implement({
    description: 'The paths between two entities.',
    fields: (t) => ({
      paths: t.expose('paths', {
        type: [PathRef(base)],
        nullable: { list: false, items: false },
        description:
          'Paths, shortest first, then by score, highest first. If a length has more paths than fit in `limit`, those through entities with very many relations may be omitted. Empty if there are none.',
      }),
      truncated: t.expose('truncated', {
        type: TruncationRef(base),
        nullable: true,
        description:
          'Null if these are all paths of up to `maxHops` hops. If there are exactly `limit` paths, selecting this field costs a further search.',
      }),
    }),
  }),
);

const places = {
  entities: [
    ['paths', 'nodes'],
    ['paths', 'because', 'entity'],
  ],
  hops: ['paths', 'hops'],
};

interface PathArguments {
  readonly from: string;
  readonly to: string;
  readonly maxHops?: number | null | undefined;
  readonly limit?: number | null | undefined;
  readonly relations?: readonly RelationType[] | null | undefined;
  readonly kinds?: readonly Kind[] | null | undefined;
  readonly via?: readonly string[] | null | undefined;
  readonly avoid?: readonly string[] | null | undefined;
  readonly avoidHubs?: number | null | undefined;
}

/** @throws GraphQLError BAD_USER_INPUT */
function requestOf(ontology: Ontology, named: NamedEntities, args: PathArguments): PathsRequest {
  const [from, to] = [named.slug(args.from), named.slug(args.to)];
  const via = named.slugs(args.via ?? []).filter((slug) => slug !== from && slug !== to);
  const avoid = avoidedSlugs(named, args.avoid);
  const maxHops = within('maxHops', args.maxHops, hopBounds);
  const limit = within('limit', args.limit, limitBounds);
  const avoidHubs = args.avoidHubs ?? null;
  if (avoidHubs !== null && avoidHubs < 1) throw badUserInput(`\`avoidHubs\` must be at least 1; got ${avoidHubs}.`);
  const both = avoid.find((slug) => slug === from || slug === to || via.includes(slug));
  if (both !== undefined) {
    throw badUserInput(`Every path visits ${JSON.stringify(both)}, so \`avoid\` must not contain it.`);
  }
  if (via.length >= maxHops) {
    throw badUserInput(
      `A path of ${maxHops} hops has ${maxHops - 1} intermediate entities; \`via\` has ${via.length}. Use fewer, or raise \`maxHops\`.`,
    );
  }
  return { ...walkOf(ontology, args), from, to, via, avoid, avoidHubs, maxHops, limit };
}

async function paths(args: PathArguments, context: Context, info: GraphQLResolveInfo): Promise<Paths> {
  const named = new NamedEntities(context.ontology);
  const request = requestOf(context.ontology, named, args);
  const reads = await readsOf(context);
  named.refuse(await reads.missing(request.avoid));
  let reading: Promise<Found> | undefined;
  const startReading = (found: readonly FoundPath[]) => {
    const entities = found.flatMap((path) => path.entities);
    const slugs = entities.map(({ slug }) => slug);
    const relations = found.flatMap((path) => path.relations);
    const known = entities.flatMap(({ read }) => read ?? []);
    reading ??= readFound(context, info, places, slugs, relations, known);
    // Awaiting it reports its failure; this handler covers the case that the search fails before.
    reading.catch(() => {});
    return reading;
  };
  const found = await reads.paths(request, {
    wanted: await planFound(context, info, places, request.limit * (request.maxHops + 1)),
    asksForMore: selectedAt(info, ['truncated']).length > 0,
    reportPaths: startReading,
  });
  named.refuse(found.missing);
  const read = await (reading ?? startReading(found.paths));
  return { paths: found.paths.flatMap((path) => shownPath(path, read) ?? []), truncated: found.truncated };
}

/** `null` if something on the path was deleted since it was found. */
function shownPath(path: FoundPath, read: Found): Path | null {
  const slugs = path.entities.map(({ slug }) => slug);
  const hops = hopsAlong(read, slugs, path.relations);
  if (!hops) return null;
  return {
    length: hops.length,
    score: scoreOf(path),
    nodes: slugs.map((slug) => read.entity(slug) as Entity),
    hops,
    because: path.entities.slice(1, -1).map((entity) => ({
      entity: read.entity(entity.slug) as Entity,
      relations: entity.degree,
      weight: weightOf(entity),
    })),
  };
}

export const addPaths = lazyType((base) => {
  base.builder.queryField('paths', (t) =>
    t.field({
      earlierStates: true,
      type: PathsRef(base),
      nullable: true,
      args: {
        from: t.arg.id({ required: true, description: 'ID or slug of the entity where the paths begin.' }),
        to: t.arg.id({ required: true, description: 'ID or slug of the entity where the paths end.' }),
        maxHops: t.arg.int({
          defaultValue: hopBounds.usual,
          description: `Maximum number of hops of a path, ${rangeOf(hopBounds)}.`,
        }),
        limit: t.arg.int({
          defaultValue: limitBounds.usual,
          description: `Maximum number of paths, ${rangeOf(limitBounds)}.`,
        }),
        ...walkArguments(
          base,
          'Only through entities of these kinds; the ends and `via` may be of any kind. Default: all.',
        ),
        via: t.arg.idList({ description: 'IDs or slugs of entities that every path visits, in any order.' }),
        avoid: t.arg.idList({
          description: `IDs or slugs of entities that no path visits, at most ${MOST_AVOIDED}.`,
        }),
        avoidHubs: t.arg.int({
          description:
            'Ignores intermediate entities with more relations than this, counting only traversed types, because a shared hub explains little.',
        }),
      },
      description: `Paths between two entities, shortest first, with the ${statedOfRelations(base.ontology)} of each relation.`,
      resolve: (_, args, context, info) => paths(args, context, info),
    }),
  );
});
