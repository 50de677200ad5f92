import type { PlanScope } from '../graph/plan-scope.ts';
import { hasAny, totalCount } from './lists/counts.ts';
import { type FacetClauses, facet, facetClauses } from './lists/facets.ts';
import { ListedEntities } from './lists/listed-entities.ts';
import { pageClauses } from './lists/page-clauses.ts';
import {
  type AnyEntityPlan,
  type ConnectionPlan,
  columnsFrom,
  type EntityPlan,
  type FacetPlan,
  propertiesFrom,
  type RelationPlan,
  type TargetPlan,
  type ToOnePlan,
  wantsRowsAlone,
  widthOf,
} from './plan.ts';
import { provenanceOf, sourcesOf } from './sources-of.ts';

export const list = (items: readonly string[]) => `[${items.join(', ')}]`;

/** The columns from a position on, as expressions on a node. */
const columns = (plan: Omit<EntityPlan, 'kind'>, from: number, node: string, scope: PlanScope): readonly string[] => [
  ...columnsFrom(from, plan.columns).map(([property]) => `${node}.${property}`),
  ...columnsFrom(from, plan.prefetched).map(([key]) => relation(plan.relations[key] as RelationPlan, node, scope)),
];

/** Not put together from lists: for a `+` of two, Neo4j plans a short statement half as long again. */
function entity(plan: Omit<EntityPlan, 'kind'>, node: string, scope: PlanScope): string {
  if (!scope.isPart) return list([`${node}.id`, ...columns(plan, 1, node, scope)]);
  return scope.valuesOf(scope.value(['id', ...propertiesFrom(1, plan)]), node);
}

/** The same row as that of any entity, where the names of its properties are values. An empty name is that of the labels. */
function anyEntityPart({ shared, kinds }: AnyEntityPlan, node: string, scope: PlanScope): string {
  const common = ['id', ...propertiesFrom(1, shared), ''];
  const ofKinds = Object.entries(kinds).map(([kind, plan]) => {
    return [kind, [...common, ...propertiesFrom(common.length, plan)]] as const;
  });
  const byKind = scope.value(Object.fromEntries(ofKinds));
  const [label, name] = [scope.variable('l'), scope.variable('k')];
  const ofKind = `head([${label} IN labels(${node}) WHERE ${byKind}[${label}] IS NOT NULL | ${byKind}[${label}]])`;
  const names = `coalesce(${ofKind}, ${scope.value(common)})`;
  return `[${name} IN ${names} | CASE ${name} WHEN '' THEN labels(${node}) ELSE ${node}[${name}] END]`;
}

function anyEntity({ shared, kinds }: AnyEntityPlan, node: string, scope: PlanScope): string {
  if (scope.isPart) return anyEntityPart({ kind: 'Entity', shared, kinds }, node, scope);
  const labels = widthOf(shared);
  const row = list([`${node}.id`, ...columns(shared, 1, node, scope), `labels(${node})`]);
  const cases = Object.values(kinds).flatMap((plan) => {
    const added = columns(plan, labels + 1, node, scope);
    return added.length === 0 ? [] : [`WHEN ${node}:${plan.kind} THEN ${list(added)}`];
  });
  return cases.length === 0 ? row : `${row} + CASE ${cases.join(' ')} ELSE [] END`;
}

/** The row of an entity, as an expression on a node. */
export const target = (plan: TargetPlan, node: string, scope: PlanScope) =>
  'kinds' in plan ? anyEntity(plan, node, scope) : entity(plan, node, scope);

/** The names of a relation's ends and of the relation itself; an empty one is not needed. */
interface Names {
  readonly near: string;
  readonly edge: string;
  readonly far: string;
}

/** One row of a relation: the target alone, or the target with the selected fields of the edge. */
function edgeRow(
  plan: ConnectionPlan | ToOnePlan,
  names: Names,
  scope: PlanScope,
  keys: readonly string[] = [],
): string {
  const { edge } = plan;
  const row = plan.shared ? `${names.far}.id` : target(plan.target, names.far, scope);
  if (edge.bare) return row;
  const reading = plan.relation?.reading;
  const from = reading === 'FORWARD' ? names.near : reading === 'BACKWARD' ? names.far : null;
  const properties = Object.keys(edge.columns);
  const values = scope.isPart && names.edge !== '' ? scope.valuesOf(scope.value(properties), names.edge) : null;
  const before = [row, ...keys.slice(0, edge.keys)];
  const after = [
    ...Object.values(edge.sources).map(({ plan: of }) =>
      sourcesOf(names.edge, from, (source) => entity(of, source, scope), scope),
    ),
    ...(edge.ownSources === null || names.edge === '' || !scope.ontology.provenance
      ? []
      : [`${names.edge}.${provenanceOf(scope).property} IS NOT NULL`]),
  ];
  if (values !== null) return `${list(before)} + ${values} + ${list(after)}`;
  return list([...before, ...properties.map((property) => `${names.edge}.${property}`), ...after]);
}

function toOne(plan: ToOnePlan, near: string, scope: PlanScope): string {
  const names = { near, edge: plan.edge.bare ? '' : scope.variable('r'), far: scope.variable('n') };
  return `[${scope.pattern(plan.relation, near, names.edge, names.far)} | ${edgeRow(plan, names, scope)}]`;
}

const rowOf = (scope: PlanScope) => (plan: TargetPlan, node: string) => target(plan, node, scope);

/** A facet of a list as clauses; `null` where something has to be found ahead of them. */
export function facetAsClauses(plan: FacetPlan, entities: ListedEntities): FacetClauses | null {
  const { scope, closures } = entities;
  const clauses = facetClauses(plan, entities, rowOf(scope), scope);
  return closures.areEmpty ? clauses : null;
}

function rows(entities: ListedEntities): string {
  const { plan, near, scope } = entities;
  const { found, names, cut, edge, far, values } = pageClauses(entities);
  const sorted = cut === '' ? '' : ` WITH ${names.join(', ')} ${cut}`;
  return `COLLECT { ${found}${sorted} RETURN ${edgeRow(plan, { near, edge, far }, scope, values)} }`;
}

/** A list of entities, as an expression; `near` is the node that a relation starts from. */
export function connection(plan: ConnectionPlan, near: string, scope: PlanScope): string {
  const entities = new ListedEntities(plan, near, scope);
  const { wants, page } = plan;
  const found = wants.rows ? rows(entities) : '[]';
  if (wantsRowsAlone(plan)) return entities.closures.around(found);
  const parts = list([
    found,
    wants.totalCount ? totalCount(entities) : 'null',
    wants.hasPreviousPage && page.after ? hasAny(entities, page.after, 'atOrBefore') : 'false',
    wants.hasNextPage && page.before ? hasAny(entities, page.before, 'atOrAfter') : 'false',
    ...Object.values(plan.facets).flatMap((each) => each.map((one) => facet(one, entities, rowOf(scope), scope))),
  ]);
  return entities.closures.around(parts);
}

/** The answer of a relation, as an expression on a node. */
export const relation = (plan: RelationPlan, near: string, scope: PlanScope) =>
  plan.shape === 'toOne' ? toOne(plan, near, scope) : connection(plan, near, scope);
