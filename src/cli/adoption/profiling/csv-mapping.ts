import type { Draft, DraftProperty } from '../inference/draft.ts';
import { nameIn } from '../inference/infer-kinds.ts';
import type { SeenTables, TableTarget } from './look-at-csv.ts';

type Mapping = Readonly<Record<string, unknown>>;

const hasItems = (value: object) => Object.keys(value).length > 0;

/** The columns of those properties that have another name, and the columns that no property takes. */
function columnsFor(properties: readonly Pick<DraftProperty, 'name'>[], { columns }: TableTarget) {
  const known = new Set(['name', ...properties.map(({ name }) => name)]);
  const renamed = [...columns].filter(([property, column]) => known.has(property) && property !== column);
  const ignore = [...columns].filter(([property]) => !known.has(property)).map(([, column]) => column);
  return { renamed: Object.fromEntries(renamed), ignore };
}

function idMapping({ id }: TableTarget): Mapping {
  if (!id || (id.column === 'id' && !id.lowerCase)) return {};
  return { id: id.lowerCase ? id : id.column };
}

function kindMapping(target: TableTarget, draft: Draft, seen: SeenTables): Mapping | undefined {
  const kind = draft.kinds.find(({ name }) => name === target.kind);
  if (!kind) return undefined;
  const { renamed, ignore } = columnsFor(kind.properties, target);
  const found = seen.kinds.find(({ name }) => name === kind.name);
  const chosen = (found && nameIn(found, seen)?.name) ?? 'name';
  const column = target.columns.get(chosen);
  // A column that is mapped is no longer read as the property of its own name.
  const named = chosen === 'name' || column === undefined ? {} : { name: column, [chosen]: column };
  const fields = { ...idMapping(target), ...renamed, ...named };
  const references = [...target.references];
  const isDrafted = ([type]: readonly [type: string, column: string]) =>
    draft.relations.some((relation) => relation.type === type);
  const relations = references
    .filter(isDrafted)
    .map(([relation, to]) => ({ relation, to: referenceTo(relation, to, draft, seen) }));
  const unused = [...ignore, ...references.filter((one) => !isDrafted(one)).map(([, unread]) => unread)];
  return {
    kind: kind.name,
    ...(hasItems(fields) ? { properties: fields } : {}),
    ...(relations.length > 0 ? { relations } : {}),
    ...(unused.length > 0 ? { ignore: unused } : {}),
  };
}

/** The column of an end of a relation, in small letters where the ids of its kind are. */
function referenceTo(type: string, column: string, { relations }: Draft, seen: SeenTables, end: 'from' | 'to' = 'to') {
  const kind = relations.find((relation) => relation.type === type)?.[end];
  const isLowered = seen.targets.find((target) => target.kind === kind)?.id?.lowerCase === true;
  return isLowered ? { column, lowerCase: true } : column;
}

function relationMapping(target: TableTarget, draft: Draft, seen: SeenTables): Mapping | undefined {
  const relation = draft.relations.find(({ type }) => type === target.relation);
  const { from, to } = target;
  if (!relation || from === undefined || to === undefined) return undefined;
  const { renamed, ignore } = columnsFor(relation.properties, target);
  return {
    relation: relation.type,
    from: referenceTo(relation.type, from, draft, seen, 'from'),
    to: referenceTo(relation.type, to, draft, seen),
    ...(hasItems(renamed) ? { properties: renamed } : {}),
    ...(ignore.length > 0 ? { ignore } : {}),
  };
}

/** How `silkgraph import` reads the files as records of the drafted ontology. */
export function csvMapping(draft: Draft, seen: SeenTables): Readonly<Record<string, Mapping>> {
  const mappings = seen.targets.flatMap((target) => {
    const mapping = target.kind ? kindMapping(target, draft, seen) : relationMapping(target, draft, seen);
    const { file, delimiter } = target;
    return mapping ? [[file, { ...mapping, ...(delimiter === ',' ? {} : { delimiter }) }] as const] : [];
  });
  return Object.fromEntries(mappings);
}
