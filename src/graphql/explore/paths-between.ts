import type { GraphQLResolveInfo } from 'graphql';
import { type CostedPath, compareCosts, MILLIONTHS } from '../../engine/paths/between/enumerate-paths.ts';
import { findPathsBetween } from '../../engine/paths/between/paths-between.ts';
import { encodeCursor } from '../../engine/reads/cursor.ts';
import { findMissing } from '../../engine/reads/missing.ts';
import type { OrderKey } from '../../engine/reads/plan.ts';
import type { Entity } from '../../engine/reads/rows.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { Kind, RelationType } from '../../ontology/vocabulary.ts';
import { type FilterInput, parseEdgeFilter, parseFilter } from '../arguments/filter-input.ts';
import { edgeFilterRef, filterRef } from '../arguments/filters.ts';
import { signatureOf } from '../arguments/order-input.ts';
import { type PageArguments, pageOf } from '../arguments/paging.ts';
import { NamedEntities, rangeOf, walkArguments, walkOf, within } from '../arguments/walk-arguments.ts';
import { type InputRef, lazyType } from '../builder.ts';
import type { Context } from '../context.ts';
import { hopsAlong, readFound } from '../entities/relation-step.ts';
import { RelationTypeEnum } from '../enumerations.ts';
import { badUserInput, limitExceeded } from '../errors.ts';
import { limits } from '../limits.ts';
import { MatchFilter } from '../match/match-input.ts';
import { entityConditionsOf } from '../match/named-conditions.ts';
import type { NamedFilter } from '../match/pattern-input.ts';
import { statedOfRelations } from '../names.ts';
import { avoidedSlugs, MOST_AVOIDED } from './avoided.ts';
import { type Answered, PathsBetweenRef } from './path-between-types.ts';

const hopBounds = { least: 1, most: 5, usual: 3 };
const MOST_CONDITIONS = 20;

interface WeightInput {
  readonly relation: string;
  readonly weight: number;
}

const PathWeight = lazyType(
  (base): InputRef<WeightInput> =>
    base.builder.inputRef<WeightInput>('PathWeight').implement({
      description: 'Weight of the relations of one type.',
      fields: (t) => ({
        relation: t.field({ type: RelationTypeEnum(base), required: true, description: 'Type of the relations.' }),
        weight: t.float({ required: true, description: 'Cost of each hop, at least 0 and at most 1000.' }),
      }),
    }),
);

/** Conditions on the relations of one type that paths follow. */
export interface PathEdgeInput {
  readonly relation: RelationType;
  readonly edge: FilterInput;
}

/** `null` if nothing of relations can be filtered. */
const PathEdge = lazyType((base): InputRef<PathEdgeInput> | null => {
  const edge = edgeFilterRef(base);
  if (!edge) return null;
  return base.builder.inputRef<PathEdgeInput>('PathEdge').implement({
    description: 'Conditions on the relations of one type.',
    fields: (t) => ({
      relation: t.field({ type: RelationTypeEnum(base), required: true, description: 'Type of the relations.' }),
      edge: t.field({ type: edge, required: true, description: 'What holds for each of them.' }),
    }),
  });
});

const byCost: readonly OrderKey[] = [
  { by: { property: 'cost' }, type: 'number', nullable: false, descending: false },
  { by: { property: 'length' }, type: 'number', nullable: false, descending: false },
  { by: { property: 'key' }, type: 'string', nullable: false, descending: false },
];

const places = { entities: [['nodes', 'entities']], hops: ['nodes', 'hops'] };

interface PathsBetweenArguments extends PageArguments {
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly maxHops?: number | null | undefined;
  readonly relations?: readonly RelationType[] | null | undefined;
  readonly kinds?: readonly Kind[] | null | undefined;
  readonly edges?: readonly PathEdgeInput[] | null | undefined;
  readonly entities?: readonly NamedFilter[] | null | undefined;
  readonly sources?: FilterInput | null | undefined;
  readonly avoid?: readonly string[] | null | undefined;
  readonly weights?: readonly WeightInput[] | null | undefined;
}

/** @throws GraphQLError BAD_USER_INPUT */
function weightsOf(
  weights: readonly WeightInput[],
  walked: readonly RelationType[],
): ReadonlyMap<RelationType, number> {
  for (const { relation, weight } of weights) {
    if (!(weight >= 0 && weight <= 1000)) {
      throw badUserInput(`The weight of ${relation} is ${weight}. It must be from 0 to 1000.`);
    }
    if (!walked.includes(relation)) {
      throw badUserInput(`${relation} has a weight, but paths do not follow it. Add it to \`relations\`.`);
    }
  }
  const found = new Map(weights.map(({ relation, weight }) => [relation, weight]));
  if (found.size < weights.length) throw badUserInput('`weights` names a relation twice. Name each once.');
  return found;
}

/** What every hop must satisfy. @throws GraphQLError BAD_USER_INPUT, LIMIT_EXCEEDED */
function conditionsOf(
  ontology: Ontology,
  args: PathsBetweenArguments,
  walk: { readonly relations: readonly RelationType[]; readonly kinds: readonly Kind[] | null },
  avoid: readonly string[],
) {
  const [edges, entities] = [args.edges ?? [], args.entities ?? []];
  if (edges.length + entities.length > MOST_CONDITIONS) {
    throw limitExceeded(
      `\`edges\` and \`entities\` take at most ${MOST_CONDITIONS} filters together; got ${edges.length + entities.length}.`,
    );
  }
  const { provenance } = ontology;
  const ofEdges = edges.map(({ relation, edge }) => ({ relation, filter: parseEdgeFilter(ontology, relation, edge) }));
  const idle = ofEdges.find(({ relation }) => !walk.relations.includes(relation));
  if (idle) {
    throw badUserInput(
      `\`edges\` has conditions on ${idle.relation}, but paths do not follow it. Add it to \`relations\`.`,
    );
  }
  return {
    relations: walk.relations,
    kinds: walk.kinds,
    edges: ofEdges,
    entities: entityConditionsOf(ontology, entities),
    source: parseFilter(ontology, provenance?.kind ?? 'Entity', args.sources),
    avoid,
  };
}

async function pathsBetween(
  args: PathsBetweenArguments,
  context: Context,
  info: GraphQLResolveInfo,
): Promise<Answered> {
  const { ontology, graph } = context;
  const named = new NamedEntities(ontology);
  const [from, to] = [named.slugs(args.from), named.slugs(args.to)];
  const avoid = avoidedSlugs(named, args.avoid);
  const maxHops = within('maxHops', args.maxHops, hopBounds);
  for (const [name, slugs] of Object.entries({ from, to })) {
    if (slugs.length === 0 || slugs.length > limits.pathEnds) {
      throw badUserInput(`\`${name}\` takes from 1 to ${limits.pathEnds} entities; got ${slugs.length}.`);
    }
  }
  const both = avoid.find((slug) => from.includes(slug) || to.includes(slug));
  if (both !== undefined) {
    throw badUserInput(`${JSON.stringify(both)} is an end of paths, so \`avoid\` must not contain it.`);
  }
  const walk = walkOf(ontology, args);
  const conditions = conditionsOf(ontology, args, walk, avoid);
  const weights = weightsOf(args.weights ?? [], walk.relations);
  const list = JSON.stringify(['pathsBetween', from, to, maxHops, conditions, [...weights]]);
  const signature = signatureOf(list, null);
  const { size, after } = pageOf(args, signature, byCost);
  named.refuse(await findMissing(graph, [...from, ...to, ...avoid]));

  const limitsOfSearch = { mostRelations: limits.pathRelations, mostPaths: limits.countedPaths };
  const found = await findPathsBetween(
    graph,
    { conditions, from, to, maxHops, weights, ...limitsOfSearch },
    context.options,
  );
  const [cost = 0, length = 0, key = ''] = after ?? [];
  const isAfter = (path: CostedPath) =>
    after === null || compareCosts(path, { cost: Number(cost), length: Number(length), key: String(key) }) > 0;
  const start = found.paths.findIndex(isAfter);
  const page = start === -1 ? [] : found.paths.slice(start, start + size);
  const cursorOf = (path: CostedPath | undefined) =>
    path ? encodeCursor(signature, [path.cost, path.relations.length, path.key]) : null;
  const read = await readFound(
    context,
    info,
    places,
    page.flatMap(({ slugs }) => slugs),
    page.flatMap(({ relations }) => relations),
  );
  const paths = page.flatMap(({ slugs, relations, cost: sum }) => {
    const hops = hopsAlong(read, slugs, relations);
    const entities = slugs.map((slug) => read.entity(slug) as Entity);
    return hops ? [{ length: hops.length, cost: sum / MILLIONTHS, entities, hops }] : [];
  });
  return {
    paths,
    totalCount: found.paths.length,
    pairs: found.pairs,
    truncated: found.truncated,
    pageInfo: {
      hasNextPage: start !== -1 && start + size < found.paths.length,
      hasPreviousPage: start > 0 || (start === -1 && found.paths.length > 0),
      startCursor: cursorOf(page[0]),
      endCursor: cursorOf(page.at(-1)),
    },
  };
}

export const addPathsBetween = lazyType((base) => {
  const edge = PathEdge(base);
  const { provenance } = base.ontology;
  base.builder.queryField('pathsBetween', (t) =>
    t.field({
      earlierStates: false,
      type: PathsBetweenRef(base),
      nullable: true,
      args: {
        from: t.arg.idList({
          required: true,
          description: `IDs or slugs of the entities where paths begin, at most ${limits.pathEnds}.`,
        }),
        to: t.arg.idList({
          required: true,
          description: `IDs or slugs of the entities where paths end, at most ${limits.pathEnds}.`,
        }),
        maxHops: t.arg.int({
          defaultValue: hopBounds.usual,
          description: `Maximum number of hops of a path, ${rangeOf(hopBounds)}.`,
        }),
        ...walkArguments(base, 'Only through entities of these kinds; the ends may be of any kind. Default: all.'),
        ...(edge && {
          edges: t.arg({
            type: [edge],
            description: `Conditions on the properties of hops, each on relations of one type; hops of other types are free of them. At most ${MOST_CONDITIONS} filters, with \`entities\`.`,
          }),
        }),
        entities: t.arg({
          type: [MatchFilter(base)],
          description:
            'Conditions on intermediate entities, each on those of one kind; those of other kinds are free of them.',
        }),
        ...(provenance && {
          sources: t.arg({
            type: filterRef(base, provenance.kind),
            description:
              'Conditions that a source of each relation satisfies: one of its own or, if it has none, of its start entity.',
          }),
        }),
        avoid: t.arg.idList({
          description: `IDs or slugs of entities that no path visits, at most ${MOST_AVOIDED}.`,
        }),
        weights: t.arg({
          type: [PathWeight(base)],
          description: 'Weights of hops by relation type; others weigh 1. Paths are sorted by the sum.',
        }),
        first: t.arg.int({
          description: `Page size; default ${limits.defaultPageSize}, maximum ${limits.pageSize}.`,
        }),
        after: t.arg.string({ description: 'Only entries after this cursor.' }),
      },
      description: `All paths between entities of two sets whose every hop satisfies the conditions: cheapest first, then shortest first, with the ${statedOfRelations(base.ontology)} of each relation, a count of each pair and pages. \`paths\` finds a few paths faster.`,
      resolve: (_, args, context, info) => pathsBetween(args, context, info),
    }),
  );
});
