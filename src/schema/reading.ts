import type { FieldNode, GraphQLResolveInfo } from 'graphql';
import type { RelationPlan } from '../graph/plan.ts';
import type { Connection, Entity, RelationAnswer } from '../graph/rows.ts';
import type { RelationField } from '../ontology/fields.ts';
import { type Kind, kinds } from '../ontology/kinds.ts';
import type { Context } from './context.ts';
import type { ConnectionArguments } from './paging.ts';
import { Planner } from './selection.ts';

const plannerFor = async (context: Context, info: GraphQLResolveInfo) =>
  new Planner(info, await context.statistics(), { deep: context.planning });

/** A page of all entities of a kind, with everything that the field's selection asks of them. */
export async function readPage(
  context: Context,
  info: GraphQLResolveInfo,
  kind: Kind,
  args: ConnectionArguments,
): Promise<Connection> {
  const planner = await plannerFor(context, info);
  return context.reader.page(planner.page(kind, kinds[kind].plural, args, info.fieldNodes));
}

/**
 * Entities by slug, in the order of the slugs, `null` for absent ones, with what the field's selection asks of them; or
 * what another one does, that lies somewhere below it.
 */
export async function readEntities(
  context: Context,
  info: GraphQLResolveInfo,
  target: Kind | 'Entity',
  slugs: readonly string[],
  selection: readonly FieldNode[] = info.fieldNodes,
): Promise<readonly (Entity | null)[]> {
  const planner = await plannerFor(context, info);
  return context.reader.entities(planner.entities(target, slugs.length, selection), slugs);
}

/** What the field's selection asks of a connection to entities of any kind that are found first and then read. */
export async function planListed(context: Context, info: GraphQLResolveInfo, typeName: string, count: number) {
  return (await plannerFor(context, info)).listed(typeName, count, info.fieldNodes);
}

/** One entity by slug; `null` where there is none. */
export async function readEntity(
  context: Context,
  info: GraphQLResolveInfo,
  target: Kind | 'Entity',
  slug: string,
): Promise<Entity | null> {
  const [entity] = await readEntities(context, info, target, [slug]);
  return entity ?? null;
}

/** A relation of an entity: read with the entity where it was planned, else by a loader for all its parents at once. */
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
  const planned = entity.plan.relations[key];
  return planned
    ? context.reader.relation(entity, planned)
    : planRelation(context, info, entity.kind, field, args).then((plan) => context.reader.relation(entity, plan));
}

/** All parents of a field share its plan, so that its loader takes them together. */
async function planRelation(
  context: Context,
  info: GraphQLResolveInfo,
  kind: Kind,
  field: RelationField,
  args: ConnectionArguments,
): Promise<RelationPlan> {
  const planner = await plannerFor(context, info);
  const node = info.fieldNodes[0] as FieldNode;
  const plans = context.plans.get(node) ?? new Map<string, RelationPlan>();
  context.plans.set(node, plans);
  const plan = plans.get(kind) ?? planner.relation(kind, field, args, info.fieldNodes);
  plans.set(kind, plan);
  return plan;
}
