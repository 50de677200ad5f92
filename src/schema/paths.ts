import { type FoundPath, scoreOf, weightOf } from '../graph/best-paths.ts';
import { findMissing } from '../graph/missing.ts';
import { findPaths } from '../graph/paths.ts';
import type { Entity } from '../graph/rows.ts';
import type { Truncation } from '../graph/truncation.ts';
import { builder } from './builder.ts';
import { badUserInput } from './errors.ts';
import { type Found, type Hop, HopRef, planFound, readFound, TruncationRef } from './hop.ts';
import { EntityInterface } from './references.ts';
import { selectedAt } from './selected.ts';
import { NamedEntities, told, walkArguments, walkOf, within } from './walk-arguments.ts';

const hopBounds = { least: 1, most: 6, usual: 4 };
const limitBounds = { least: 1, most: 20, usual: 5 };
const MOST_AVOIDED = 100;

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

const PathReason = builder.objectRef<Reason>('PathReason').implement({
  description: 'What an entity between the ends of a path adds to its score.',
  fields: (t) => ({
    entity: t.expose('entity', { type: EntityInterface, nullable: false, description: 'The entity.' }),
    relations: t.exposeInt('relations', {
      nullable: false,
      description: 'How many relations it has, of those that are walked.',
    }),
    weight: t.exposeFloat('weight', {
      nullable: false,
      description: '`1 / ln(1 + relations)`: the rarer the entity, the more a path over it explains.',
    }),
  }),
});

const PathRef = builder.objectRef<Path>('Path').implement({
  description: 'A way from one entity to another that meets none twice.',
  fields: (t) => ({
    length: t.exposeInt('length', {
      nullable: false,
      description: 'How many hops it has; 0 from an entity to itself.',
    }),
    score: t.exposeFloat('score', {
      nullable: false,
      description:
        'How much it explains, from 0 to 1: 1 for a direct relation, else the harmonic mean of the weights of the entities between its ends, so that one hub weakens the whole path.',
    }),
    because: t.expose('because', {
      type: [PathReason],
      nullable: { list: false, items: false },
      description: 'What the score rests on: each entity between the ends, in the order of the path.',
    }),
    nodes: t.expose('nodes', {
      type: [EntityInterface],
      nullable: { list: false, items: false },
      description: 'The entities on it, both ends included: one more than hops.',
    }),
    hops: t.expose('hops', {
      type: [HopRef],
      nullable: { list: false, items: false },
      description: 'The relations on it, in order.',
    }),
  }),
});

interface Paths {
  readonly paths: readonly Path[];
  readonly truncated: Truncation | null;
}

const PathsRef = builder.objectRef<Paths>('Paths').implement({
  description: 'How two entities are connected.',
  fields: (t) => ({
    paths: t.expose('paths', {
      type: [PathRef],
      nullable: { list: false, items: false },
      description:
        'The paths, shortest first; of one length, the best score first. Where a length has more than there is room for, ways over entities with very many relations may be left out for others. Empty where there is none.',
    }),
    truncated: t.expose('truncated', {
      type: TruncationRef,
      nullable: true,
      description:
        'Null where these are all paths of up to `maxHops`. Where there are as many as `limit`, it takes a further look to tell; without this field it is not taken.',
    }),
  }),
});

const places = {
  entities: [
    ['paths', 'nodes'],
    ['paths', 'because', 'entity'],
  ],
  hops: ['paths', 'hops'],
};

builder.queryField('paths', (t) =>
  t.field({
    type: PathsRef,
    nullable: true,
    args: {
      from: t.arg.id({ required: true, description: 'Id or slug of the entity where the paths begin.' }),
      to: t.arg.id({ required: true, description: 'Id or slug of the entity where they end.' }),
      maxHops: t.arg.int({
        defaultValue: hopBounds.usual,
        description: `How many relations a path may have, ${told(hopBounds)}.`,
      }),
      limit: t.arg.int({
        defaultValue: limitBounds.usual,
        description: `How many paths to show, ${told(limitBounds)}.`,
      }),
      ...walkArguments('Only over entities of these kinds; the ends and `via` may be of any. Without it: all.'),
      via: t.arg.idList({ description: 'Ids or slugs of entities that every path passes, in any order.' }),
      avoid: t.arg.idList({
        description: `Ids or slugs of entities that no path passes, at most ${MOST_AVOIDED}.`,
      }),
      avoidHubs: t.arg.int({
        description:
          'Passes over entities between the ends with more relations than this, of those that are walked: that both have to do with the same hub explains little.',
      }),
    },
    description:
      'How two entities are connected: the paths between them, shortest first, each relation with what it says and where it is stated.',
    resolve: async (_, args, context, info) => {
      const named = new NamedEntities();
      const [from, to] = [named.slug(args.from), named.slug(args.to)];
      const via = named.slugs(args.via ?? []).filter((slug) => slug !== from && slug !== to);
      const avoid = named.slugs(args.avoid ?? []);
      const maxHops = within('maxHops', args.maxHops, hopBounds);
      const limit = within('limit', args.limit, limitBounds);
      const avoidHubs = args.avoidHubs ?? null;
      if (avoidHubs !== null && avoidHubs < 1) throw badUserInput(`\`avoidHubs\` is at least 1; got ${avoidHubs}.`);
      if (avoid.length > MOST_AVOIDED) {
        throw badUserInput(
          `\`avoid\` takes up to ${MOST_AVOIDED} entities; got ${avoid.length}. Use \`kinds\` instead.`,
        );
      }
      const both = avoid.find((slug) => slug === from || slug === to || via.includes(slug));
      if (both !== undefined) {
        throw badUserInput(`Every path passes ${JSON.stringify(both)}, so \`avoid\` must not name it.`);
      }
      if (via.length >= maxHops) {
        throw badUserInput(
          `Between the ends of ${maxHops} hops there is room for ${maxHops - 1} entities; \`via\` names ${via.length}. Name fewer, or raise \`maxHops\`.`,
        );
      }
      const walk = walkOf(args);
      named.refuse(await findMissing(context.graph, avoid));
      let reading: Promise<Found> | undefined;
      const startReading = (paths: readonly FoundPath[]) => {
        const entities = paths.flatMap((path) => path.entities);
        const slugs = entities.map(({ slug }) => slug);
        const relations = paths.flatMap((path) => path.relations);
        const known = entities.flatMap(({ read }) => read ?? []);
        reading ??= readFound(context, info, places, slugs, relations, known);
        // Whoever awaits it hears of its failure; nobody does where the search fails before.
        reading.catch(() => {});
        return reading;
      };
      const wanted = await planFound(context, info, places, limit * (maxHops + 1));
      const found = await findPaths(
        context.graph,
        { ...walk, from, to, via, avoid, avoidHubs, maxHops, limit },
        {
          ...context.options,
          wanted,
          asksForMore: selectedAt(info, ['truncated']).length > 0,
          tellPaths: startReading,
        },
      );
      named.refuse(found.missing);
      const read = await (reading ?? startReading(found.paths));
      const pathOf = (path: FoundPath): Path => {
        const steps = path.relations.map((relation, at) =>
          read.hop(relation, relation.from === path.entities[at]?.slug ? 'FORWARD' : 'BACKWARD'),
        );
        return {
          length: path.relations.length,
          score: scoreOf(path),
          nodes: path.entities.map(({ slug }) => read.entity(slug) as Entity),
          hops: steps as readonly Hop[],
          because: path.entities.slice(1, -1).map((entity) => ({
            entity: read.entity(entity.slug) as Entity,
            relations: entity.degree,
            weight: weightOf(entity),
          })),
        };
      };
      const isThere = ({ hops }: Path) => hops.every((hop) => hop !== null);
      return { paths: found.paths.map(pathOf).filter(isThere), truncated: found.truncated };
    },
  }),
);
