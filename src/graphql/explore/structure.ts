import type { GraphQLResolveInfo } from 'graphql';
import { createCache, textBytes } from '../../engine/budgets/budgeted-cache.ts';
import { EVERYTHING, type GraphRevisions } from '../../engine/changes/log/graph-revisions.ts';
import { timeLimitOf } from '../../engine/graph/graph.ts';
import { encodeCursor } from '../../engine/reads/cursor.ts';
import type { OrderKey } from '../../engine/reads/plan.ts';
import { MeasuringStopped } from '../../engine/structure/measure-in-worker.ts';
import type { Measure } from '../../engine/structure/measures.ts';
import { type Projection, ProjectionTooLarge } from '../../engine/structure/projection.ts';
import { findStructure, MeasureTooLarge, type RankedEntity, type Structure } from '../../engine/structure/structure.ts';
import { getOrInsert } from '../../ontology/get-or-insert.ts';
import { memoize } from '../../ontology/memoize.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { Kind, RelationType } from '../../ontology/vocabulary.ts';
import { signatureOf } from '../arguments/order-input.ts';
import { type PageArguments, pageOf } from '../arguments/paging.ts';
import { NamedEntities, usuallyWalked } from '../arguments/walk-arguments.ts';
import { type InputRef, lazyType } from '../builder.ts';
import type { Context } from '../context.ts';
import { readFound } from '../entities/relation-step.ts';
import { EntityKind, RelationTypeEnum } from '../enumerations.ts';
import { badUserInput, codedError, limitExceeded } from '../errors.ts';
import { limits } from '../limits.ts';
import { MatchFilter } from '../match/match-input.ts';
import { entityConditionsOf } from '../match/named-conditions.ts';
import type { NamedFilter } from '../match/pattern-input.ts';
import { wantedKinds } from './search.ts';
import { type Answered, StructureRef } from './structure-types.ts';

interface ProjectionInput {
  readonly kinds: readonly Kind[];
  readonly relations?: readonly RelationType[] | null | undefined;
  readonly shared?: readonly { readonly through: readonly RelationType[] }[] | null | undefined;
  readonly filter?: readonly NamedFilter[] | null | undefined;
}

const MOST_WAYS = 5;
const LONGEST_WAY = 3;
const MOST_FILTERS = 20;

const StructureProjection = lazyType((base): InputRef<ProjectionInput> => {
  const [relation] = base.ontology.relationTypes;
  const example = relation ? ` \`[{ through: [${relation}] }]\` links those that it relates to the same entity.` : '';
  const way = base.builder.inputRef<{ readonly through: readonly RelationType[] }>('SharedWay').implement({
    description: 'A way from an entity to what it shares with others.',
    fields: (t) => ({
      through: t.field({
        type: [RelationTypeEnum(base)],
        required: true,
        description: `Relations in order, each in either direction; at most ${LONGEST_WAY}.`,
      }),
    }),
  });
  return base.builder.inputRef<ProjectionInput>('StructureProjection').implement({
    description: 'The entities and links that a structure is computed of. Links have no direction.',
    fields: (t) => ({
      kinds: t.field({ type: [EntityKind(base)], required: true, description: 'Kinds of the entities.' }),
      relations: t.field({
        type: [RelationTypeEnum(base)],
        description:
          'Relations that are links. Default: all that traversals follow. Several between two entities are one link of their number.',
      }),
      shared: t.field({
        type: [way],
        description: `Instead of \`relations\`: two entities are linked if such ways lead from both to the same one, and the weight is the number of these; at most ${MOST_WAYS}.${example}`,
      }),
      filter: t.field({
        type: [MatchFilter(base)],
        description: `Conditions on entities, each on those of one kind; those of other kinds are free of them. At most ${MOST_FILTERS}.`,
      }),
    }),
  });
});

const StructureMeasureEnum = lazyType(({ builder }) =>
  builder.enumType('StructureMeasure', {
    description: 'What is computed of a projection.',
    values: {
      DEGREE: { description: 'Sum of the weights of the links.' },
      PAGERANK: { description: 'PageRank by weights, damping 0.85. The sum over all entities is 1.' },
      BETWEENNESS: {
        description:
          'Share of the shortest paths between all others that lead through the entity, by number of hops: brokers.',
      },
      CLOSENESS: { description: 'How near the entity is to all others, by number of hops (Wasserman and Faust).' },
      COMMUNITY: { description: 'Number of the community, from 0, the largest first (Louvain, by weights).' },
    } as const,
  }),
);

/** @throws GraphQLError BAD_USER_INPUT, LIMIT_EXCEEDED */
function projectionOf(ontology: Ontology, { kinds, relations, shared, filter }: ProjectionInput): Projection {
  if (kinds.length === 0) throw badUserInput('`kinds` of the projection must not be empty. Name a kind.');
  if (relations && shared) {
    throw badUserInput('A projection has links either by `relations` or by what is `shared`. Leave one out.');
  }
  if (relations?.length === 0)
    throw badUserInput('`relations` of the projection must not be empty. Leave it out to use all.');
  if ((filter?.length ?? 0) > MOST_FILTERS) {
    throw limitExceeded(`\`filter\` of the projection takes at most ${MOST_FILTERS} filters; got ${filter?.length}.`);
  }
  const filters = entityConditionsOf(ontology, filter ?? []);
  const idle = filters.find(({ kind }) => kind !== 'Entity' && !kinds.includes(kind));
  if (idle)
    throw badUserInput(
      `The projection filters ${idle.kind}, which is not among its \`kinds\`. Add it, or leave the filter out.`,
    );
  const wanted = [...new Set(kinds)].sort();
  if (!shared) {
    const walked = [...new Set(relations ?? usuallyWalked(ontology))].sort();
    return { kinds: wanted, filters, links: { relations: walked } };
  }
  if (shared.length === 0 || shared.length > MOST_WAYS) {
    throw limitExceeded(`\`shared\` takes from 1 to ${MOST_WAYS} ways; got ${shared.length}.`);
  }
  for (const { through } of shared) {
    if (through.length === 0 || through.length > LONGEST_WAY) {
      throw limitExceeded(`A way in \`shared\` has from 1 to ${LONGEST_WAY} relations; got ${through.length}.`);
    }
    const [first = ''] = through;
    const ends = [...ontology.kindsAt(first, 'from'), ...ontology.kindsAt(first, 'to')];
    if (!ends.some((kind) => wanted.includes(kind))) {
      throw badUserInput(
        `${first} touches none of the \`kinds\` of the projection. Begin the way with another relation.`,
      );
    }
  }
  return { kinds: wanted, filters, links: { shared: shared.map(({ through }) => through) } };
}

/** Time for a structure in ms, of a request that has no deadline. */
const LONGEST = 10_000;

const narrow = 'Use fewer kinds or relations, or add a `filter`.';

/** @throws GraphQLError LIMIT_EXCEEDED, TIMEOUT */
async function computed(
  context: Context,
  projection: Projection,
  measure: Measure,
  signal: AbortSignal | undefined,
): Promise<Structure> {
  const time = timeLimitOf({ timeout: LONGEST, timeLeft: context.options.timeLeft }) * 0.9;
  const bounds = {
    ...{ entities: limits.structureEntities, links: limits.structureLinks },
    ...{ pairs: limits.structurePairs, work: limits.structureWork },
  };
  try {
    return await findStructure(context.graph, projection, measure, bounds, { ...context.options, signal, time });
  } catch (error) {
    if (error instanceof ProjectionTooLarge) {
      throw limitExceeded(`The projection has more than ${bounds[error.what]} ${error.what}. ${narrow}`);
    }
    if (error instanceof MeasureTooLarge) {
      throw limitExceeded(
        `${measure} follows all shortest paths: about ${error.work} steps, and the maximum is ${bounds.work}. ${narrow} DEGREE and PAGERANK need less.`,
      );
    }
    if (error instanceof MeasuringStopped)
      throw codedError('TIMEOUT', `The structure was not computed in time. ${narrow}`);
    throw error;
  }
}

interface Kept {
  readonly mark: number;
  readonly structure: Promise<Structure>;
  /** Not known before it is computed. */
  readonly bytes?: number;
}

/** About the bytes of a structure: each entity has its neighbours beside it. */
const bytesOf = ({ entities }: Structure): number =>
  entities.reduce(
    (all, { slug, neighbors }) => all + textBytes(slug, ...neighbors.map((neighbor) => neighbor.slug)) * 2,
    0,
  );

/** Number of structures kept for each graph. */
const MOST_KEPT = 20;

/** Of each part of it that a role sees, too. */
const keptBy = memoize((_: GraphRevisions) =>
  memoize((__: Ontology) =>
    createCache<Kept>('structures', { max: MOST_KEPT, sizeOf: ({ bytes = 0 }, key) => textBytes(key) + bytes }),
  ),
);

/** The structure of the graph as it is: one that was computed before, unless the graph has changed since. */
async function structureOf(context: Context, projection: Projection, measure: Measure): Promise<Structure> {
  const { revisions } = context;
  if (!revisions || !(await revisions.refresh())) return computed(context, projection, measure, context.options.signal);
  const kept = keptBy(revisions)(context.ontology);
  const key = JSON.stringify([projection, measure]);
  const known = kept.get(key);
  if (known && revisions.isCurrent(EVERYTHING, known.mark)) return known.structure;
  // Others may wait for it too, so that it does not end with the request that began it.
  const entry = { mark: revisions.mark, structure: computed(context, projection, measure, undefined) };
  kept.set(key, entry);
  const isKept = () => kept.peek(key) === entry;
  entry.structure.then(
    (structure) => isKept() && kept.set(key, { ...entry, bytes: bytesOf(structure) }),
    () => isKept() && kept.delete(key),
  );
  return entry.structure;
}

const byPosition: readonly OrderKey[] = [
  { by: { property: 'position' }, type: 'number', nullable: false, descending: false },
];

const places = {
  entities: [
    ['nodes', 'entity'],
    ['nodes', 'because', 'entity'],
    ['communities', 'members'],
  ],
  hops: null,
};

interface StructureArguments extends PageArguments {
  readonly projection: ProjectionInput;
  readonly measure: Measure;
  readonly of?: readonly string[] | null | undefined;
  readonly kinds?: readonly Kind[] | null | undefined;
}

const MOST_MEMBERS = 10;
const MOST_COMMUNITIES = 50;

/** The communities of a structure, with their members of the highest degree. */
function communitiesOf({ entities, modularity }: Structure) {
  if (modularity === null) return [];
  const members = new Map<number, string[]>();
  for (const { value, slug } of entities) {
    getOrInsert(members, value, () => []).push(slug);
  }
  const several = [...members].filter(([, slugs]) => slugs.length > 1);
  return several.slice(0, MOST_COMMUNITIES).map(([number, slugs]) => {
    return { number, size: slugs.length, members: slugs.slice(0, MOST_MEMBERS) };
  });
}

async function structure(args: StructureArguments, context: Context, info: GraphQLResolveInfo): Promise<Answered> {
  const projection = projectionOf(context.ontology, args.projection);
  const named = new NamedEntities(context.ontology);
  const kinds = wantedKinds(args.kinds);
  const of = args.of ? named.slugs(args.of) : null;
  const signature = signatureOf(JSON.stringify(['structure', projection, args.measure, of, kinds]), null);
  const { size, after } = pageOf(args, signature, byPosition);
  const found = await structureOf(context, projection, args.measure);
  const wanted = of ? new Set(of) : null;
  const known = new Set(found.entities.map(({ slug }) => slug));
  const isWanted = ({ slug, kind }: RankedEntity) =>
    (wanted === null || wanted.has(slug)) && (!kinds || kinds.includes(kind));
  const entities = found.entities.filter(isWanted);
  if (of?.some((slug) => !known.has(slug))) {
    throw badUserInput(
      `The projection does not contain ${of.filter((slug) => !known.has(slug)).join(', ')}. Change \`of\`, or the kinds or the filter of the projection.`,
    );
  }
  const start = after === null ? 0 : Number(after[0]) + 1;
  const page = entities.slice(start, start + size);
  const communities = communitiesOf(found);
  const slugs = [
    ...page.flatMap(({ slug, neighbors }) => [slug, ...neighbors.map((near) => near.slug)]),
    ...communities.flatMap(({ members }) => members),
  ];
  const read = await readFound(context, info, places, slugs, []);
  const cursorAt = (position: number) => encodeCursor(signature, [position]);
  return {
    entityCount: found.entities.length,
    totalCount: entities.length,
    linkCount: found.linkCount,
    modularity: found.modularity,
    communities: communities.map(({ number, size: count, members }) => ({
      number,
      size: count,
      members: members.flatMap((slug) => read.entity(slug) ?? []),
    })),
    nodes: page.map(({ slug, neighbors, ...values }) => ({
      ...values,
      slug,
      entity: read.entity(slug),
      because: neighbors.map((near) => ({ ...near, entity: read.entity(near.slug) })),
    })),
    pageInfo: {
      hasNextPage: start + page.length < entities.length,
      hasPreviousPage: start > 0 && entities.length > 0,
      startCursor: page.length > 0 ? cursorAt(start) : null,
      endCursor: page.length > 0 ? cursorAt(start + page.length - 1) : null,
    },
  };
}

export const addStructure = lazyType((base) => {
  base.builder.queryField('structure', (t) =>
    t.field({
      earlierStates: false,
      type: StructureRef(base),
      nullable: true,
      args: {
        projection: t.arg({
          type: StructureProjection(base),
          required: true,
          description: `Entities and links; at most ${limits.structureEntities} entities and ${limits.structureLinks} relations.`,
        }),
        measure: t.arg({ type: StructureMeasureEnum(base), required: true, description: 'What is computed.' }),
        of: t.arg.idList({ description: 'IDs or slugs: returns only these entities, with their ranks among all.' }),
        kinds: t.arg({
          type: [EntityKind(base)],
          description: 'Returns only entities of these kinds, with their ranks among all.',
        }),
        first: t.arg.int({
          description: `Page size; default ${limits.defaultPageSize}, maximum ${limits.pageSize}.`,
        }),
        after: t.arg.string({ description: 'Only entries after this cursor.' }),
      },
      description:
        'Structure of the graph: who is central, who brokers, which communities there are, of entities and links that the projection describes. It is computed when it is first requested, and kept until the graph changes.',
      resolve: (_, args, context, info) => structure(args, context, info),
    }),
  );
});
