import type { GraphQLResolveInfo } from 'graphql';
import { preparedFilter } from '../../engine/costs/list-cost.ts';
import { type Group, keyColumn } from '../../engine/groups/groups.ts';
import type { Entity } from '../../engine/reads/rows.ts';
import { getOrInsert } from '../../ontology/get-or-insert.ts';
import type { Kind } from '../../ontology/vocabulary.ts';
import { readsOf } from '../as-of/graph-reads.ts';
import type { Context } from '../context.ts';
import { type PageInfoValues, pageInfoOf } from '../entities/connections.ts';
import { limitExceeded } from '../errors.ts';
import { limits } from '../limits.ts';
import { readEntities } from '../planning/read-selection.ts';
import { SelectionReader } from '../planning/selection.ts';
import { type GroupArguments, planGroups } from './group-input.ts';
import type { GroupKey } from './group-keys.ts';
import { type GroupAsk, groupSelectionOf } from './group-selection.ts';

/** The value of one key of a group. */
export interface KeyValue {
  readonly by: string;
  readonly value: string | null;
  readonly entity: Entity | null;
}

/** A group with the entities of its keys. */
export interface GroupNode {
  readonly kind: Kind;
  readonly group: Group;
  readonly keys: readonly KeyValue[];
}

/** A page of groups. */
export interface GroupAnswer {
  readonly nodes: readonly GroupNode[];
  readonly totalCount: number;
  readonly pageInfo: PageInfoValues;
}

/** The entities that are values of keys, for all groups and kinds in one statement. */
async function readKeyEntities(
  context: Context,
  info: GraphQLResolveInfo,
  keys: readonly GroupKey[],
  groups: readonly Group[],
  { entity }: GroupAsk,
): Promise<ReadonlyMap<string, Entity | null>> {
  const slugs = new Map<Kind, Set<string>>();
  for (const [index, { target }] of keys.entries()) {
    if (!target || entity.length === 0) continue;
    const found = getOrInsert(slugs, target, () => new Set());
    for (const group of groups) {
      const slug = group.value(keyColumn(index));
      if (slug !== null) found.add(String(slug));
    }
  }
  const read = [...slugs].map(async ([target, found]) => {
    const wanted = [...found];
    const entities = wanted.length > 0 ? await readEntities(context, info, target, wanted, entity) : [];
    return wanted.map((slug, index) => [slug, entities[index] ?? null] as const);
  });
  return new Map((await Promise.all(read)).flat());
}

/**
 * Reads a page of groups, and then the entities that are values of its keys.
 * @throws GraphQLError BAD_USER_INPUT, INVALID_CURSOR, LIMIT_EXCEEDED
 */
export async function readGroupAnswer(
  context: Context,
  info: GraphQLResolveInfo,
  kind: Kind,
  args: GroupArguments,
): Promise<GroupAnswer> {
  const ask = groupSelectionOf(context.ontology, kind, new SelectionReader(info), info.fieldNodes);
  const { plan, keys } = planGroups(context.ontology, kind, args, ask);
  const filter = preparedFilter({ kind, filter: plan.filter }, await context.statistics());
  const page = await (await readsOf(context)).groups({ ...plan, filter });
  if (page === null) {
    throw limitExceeded(
      `The keys form more than ${limits.groupCombinations} combinations. Group by fewer relations, or filter.`,
    );
  }
  const entities = await readKeyEntities(context, info, keys, page.groups, ask);
  const nodes = page.groups.map((group): GroupNode => {
    const values = keys.map(({ name, target }, index): KeyValue => {
      const value = group.value(keyColumn(index));
      const text = value === null ? null : String(value);
      const isEntity = target !== null && text !== null;
      return { by: name, value: text, entity: isEntity ? (entities.get(text) ?? null) : null };
    });
    return { kind, group, keys: values };
  });
  return { nodes, totalCount: page.totalCount, pageInfo: pageInfoOf(page, page.groups) };
}
