import type { FieldNode, GraphQLResolveInfo } from 'graphql';
import type { RelationPlan, TargetPlan } from '../../engine/reads/plan.ts';
import type { Connection, Entity, RelationAnswer } from '../../engine/reads/rows.ts';
import type { Statistics } from '../../engine/reads/statistics.ts';
import type { RelationField } from '../../ontology/ontology.ts';
import type { Kind } from '../../ontology/vocabulary.ts';
import type { ConnectionArguments } from '../arguments/paging.ts';
import { type GraphReads, readsOf } from '../as-of/graph-reads.ts';
import type { Context } from '../context.ts';
import type { PlannedFields } from '../plan-cache.ts';
import { type ListedPlan, Planner } from './planner.ts';

const ofField = ({ fieldNodes }: GraphQLResolveInfo): PlannedFields => ({ nodes: fieldNodes, withArguments: true });

const belowField = ({ fieldNodes }: GraphQLResolveInfo): PlannedFields => ({ nodes: fieldNodes, withArguments: false });

/** A planner with the settings of a request. */
export const plannerFor = (
  { planning, sharedFrom }: Context,
  info: GraphQLResolveInfo,
  statistics: Statistics,
): Planner => new Planner(info, statistics, { deep: planning, sharedFrom });

async function planned<Plan extends object>(
  context: Context,
  info: GraphQLResolveInfo,
  fields: PlannedFields,
  purpose: string,
  make: (planner: Planner) => Plan,
): Promise<Plan> {
  const statistics = await context.statistics();
  const { planning, sharedFrom } = context;
  return context.plans.once(info, fields, statistics, `${planning} ${sharedFrom} ${purpose}`, () =>
    make(plannerFor(context, info, statistics)),
  );
}

/** A page of all entities of a kind, with everything selected of them. */
export async function readPage(
  context: Context,
  info: GraphQLResolveInfo,
  kind: Kind,
  args: ConnectionArguments,
): Promise<Connection> {
  const plan = await planned(context, info, ofField(info), 'page', (planner) =>
    planner.page(kind, context.ontology.kind(kind).plural, args, info.fieldNodes),
  );
  return (await readsOf(context)).reader.page(plan);
}

/** The fields selected of entities by a field, or by another selection somewhere below it. */
export const planEntities = (
  context: Context,
  info: GraphQLResolveInfo,
  target: Kind | 'Entity',
  count: number,
  selection: readonly FieldNode[] = info.fieldNodes,
): Promise<TargetPlan> =>
  planned(context, info, { nodes: selection, withArguments: false }, `${target} ${count}`, (planner) =>
    planner.entities(target, count, selection),
  );

/**
 * Entities by slug, in the order of the slugs, `null` for missing ones, with the fields selected by a field or by
 * another selection somewhere below it.
 */
export async function readEntities(
  context: Context,
  info: GraphQLResolveInfo,
  target: Kind | 'Entity',
  slugs: readonly string[],
  selection: readonly FieldNode[] = info.fieldNodes,
): Promise<readonly (Entity | null)[]> {
  const plan = await planEntities(context, info, target, slugs.length, selection);
  return (await readsOf(context)).reader.entities(plan, slugs);
}

/** The selection of a connection to entities of any kind that are found first and read afterwards. */
export const planListed = (
  context: Context,
  info: GraphQLResolveInfo,
  list: string,
  count: number,
): Promise<ListedPlan> =>
  planned(context, info, belowField(info), `${list} ${count}`, (planner) =>
    planner.listed(list, count, info.fieldNodes),
  );

/** One entity by slug; `null` if there is none. */
export async function readEntity(
  context: Context,
  info: GraphQLResolveInfo,
  target: Kind | 'Entity',
  slug: string,
): Promise<Entity | null> {
  const [entity] = await readEntities(context, info, target, [slug]);
  return entity ?? null;
}

/** Assumed number of entities that the places of a response refer to; the plan of each uses it. */
const NAMED = 100;

/**
 * An entity that a place in a response refers to; `null` if it has been deleted. All entities of one field are one
 * read.
 */
export async function readNamed(
  context: Context,
  info: GraphQLResolveInfo,
  target: Kind | 'Entity',
  slug: string,
): Promise<Entity | null> {
  const plan = await planEntities(context, info, target, NAMED);
  const loader = info.operation.operation === 'subscription' ? context.named() : (await readsOf(context)).named;
  return loader.load(plan, slug);
}

/**
 * A relation of an entity: read with the entity if it was planned, otherwise by a loader for all its parents at once.
 */
export function readRelation(
  context: Context,
  info: GraphQLResolveInfo,
  entity: Entity,
  field: RelationField,
  args: ConnectionArguments,
): RelationAnswer | Promise<RelationAnswer> {
  const key = String(info.path.key);
  const prefetched = entity.prefetched(key);
  if (prefetched !== undefined) return prefetched;
  const planned = entity.planned(key);
  const reads = readsOf(context);
  if (planned && !(reads instanceof Promise)) return reads.reader.relation(entity, planned);
  return readUnplanned(reads, planned ?? planRelation(context, info, entity.kind, field, args), entity);
}

async function readUnplanned(
  reads: GraphReads | Promise<GraphReads>,
  plan: RelationPlan | Promise<RelationPlan>,
  entity: Entity,
): Promise<RelationAnswer> {
  return (await reads).reader.relation(entity, await plan);
}

/** All parents of a field share its plan, so that its loader takes them together. */
function planRelation(
  context: Context,
  info: GraphQLResolveInfo,
  kind: Kind,
  field: RelationField,
  args: ConnectionArguments,
): Promise<RelationPlan> {
  return planned(context, info, ofField(info), kind, (planner) => planner.relation(kind, field, args, info.fieldNodes));
}
