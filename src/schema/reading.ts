import type { FieldNode, GraphQLResolveInfo } from 'graphql';
import type { RelationPlan } from '../graph/plan.ts';
import type { Connection, Entity, RelationAnswer } from '../graph/rows.ts';
import type { RelationField } from '../ontology/fields.ts';
import { type Kind, kinds } from '../ontology/kinds.ts';
import type { Context } from './context.ts';
import type { ConnectionArguments } from './paging.ts';
import { planOnce } from './plan-cache.ts';
import { Planner } from './planner.ts';

const plannerFor = async (context: Context, info: GraphQLResolveInfo) =>
  new Planner(info, await context.statistics(), { deep: context.planning });

async function planned<Plan extends object>(
  context: Context,
  info: GraphQLResolveInfo,
  purpose: string,
  make: (planner: Planner) => Plan,
): Promise<Plan> {
  const statistics = await context.statistics();
  const deep = context.planning;
  return planOnce(info, statistics, `${deep} ${purpose}`, () => make(new Planner(info, statistics, { deep })));
}

/** A page of all entities of a kind, with everything that the field's selection asks of them. */
export async function readPage(
  context: Context,
  info: GraphQLResolveInfo,
  kind: Kind,
  args: ConnectionArguments,
): Promise<Connection> {
  const plan = await planned(context, info, 'page', (planner) =>
    planner.page(kind, kinds[kind].plural, args, info.fieldNodes),
  );
  return context.reader.page(plan);
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
  const purpose = `${target} ${slugs.length}`;
  const plan = await planned(context, info, purpose, (planner) => planner.entities(target, slugs.length, selection));
  return context.reader.entities(plan, slugs);
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
function planRelation(
  context: Context,
  info: GraphQLResolveInfo,
  kind: Kind,
  field: RelationField,
  args: ConnectionArguments,
): Promise<RelationPlan> {
  return planned(context, info, kind, (planner) => planner.relation(kind, field, args, info.fieldNodes));
}
