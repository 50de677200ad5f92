import type { FieldNode, GraphQLResolveInfo } from 'graphql';
import type { SelectedEntity } from '../../engine/match/match.ts';
import type { Pattern, PatternEntity } from '../../engine/match/match-pattern.ts';
import { selectsRelations } from '../../engine/reads/plan.ts';
import { getOrInsert } from '../../ontology/get-or-insert.ts';
import type { Context } from '../context.ts';
import { planEntities } from '../planning/read-selection.ts';
import { selectedAt } from '../planning/selected.ts';
import { SelectionReader } from '../planning/selection.ts';

/** Where rows are selected. */
const places = [['nodes'], ['edges', 'node']];

/** The fields selected of entities, by the name of the entity; `null` for those selected of all entities of a row. */
function selectedByName(info: GraphQLResolveInfo): ReadonlyMap<string | null, readonly FieldNode[]> {
  const found = new Map<string | null, FieldNode[]>();
  const add = (name: string | null, node: FieldNode) => getOrInsert(found, name, () => []).push(node);
  const reader = new SelectionReader(info);
  for (const place of places) {
    for (const node of selectedAt(info, [...place, 'entity'])) add(String(reader.arguments('Match', [node]).as), node);
    for (const node of selectedAt(info, [...place, 'entities', 'entity'])) add(null, node);
  }
  return found;
}

/** The entities of rows of which properties are selected and no relations: they are read with the rows. */
export async function selectedEntities(
  context: Context,
  info: GraphQLResolveInfo,
  { entities }: Pattern,
  shown: readonly number[],
): Promise<readonly SelectedEntity[]> {
  const byName = selectedByName(info);
  const selected = await Promise.all(
    shown.map(async (entity): Promise<readonly SelectedEntity[]> => {
      const { name, kind } = entities[entity] as PatternEntity;
      const nodes = [...(byName.get(name) ?? []), ...(byName.get(null) ?? [])];
      if (nodes.length === 0) return [];
      const plan = await planEntities(context, info, kind, shown.length, nodes);
      return selectsRelations(plan) ? [] : [{ entity, plan }];
    }),
  );
  return selected.flat();
}
