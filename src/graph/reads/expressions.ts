import type { PlanScope } from '../plan-scope.ts';
import { Closures, leadsFromOnly, type MemberStart, memberStart, nearEnds } from './closures.ts';
import { facet, facetClauses } from './facets.ts';
import { type Filter, isEverything, isOfEdge, predicate, where } from './filter.ts';
import {
  canReach,
  type IndexSegment,
  keysetPredicate,
  leadingProperty,
  orderBy,
  orderKey,
  type Side,
  segmentPredicate,
  segmentsOf,
  startsFromIndex,
} from './keyset.ts';
import { nodesByValue } from './nodes-by-value.ts';
import {
  type AnyEntityPlan,
  type ConnectionPlan,
  columnsFrom,
  type EntityPlan,
  type FacetPlan,
  propertiesFrom,
  type RelationPlan,
  type Scalar,
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

type Bound = readonly [values: readonly Scalar[], side: Side];

/** A page as clauses, which yield an entity in each row. */
export interface PageClauses {
  readonly found: string;
  /** The names of the nodes and relations found, and of what orders them. */
  readonly names: readonly string[];
  /** What orders and cuts the page; empty where it is found in order. */
  readonly cut: string;
  readonly edge: string;
  readonly far: string;
  /** The expressions of the sort keys. */
  readonly values: readonly string[];
}

/**
 * A list of entities as Cypher, `near` being the node that a relation starts from: as one expression, or its page or a facet
 * as clauses, which are `null` where something has to be found ahead of them.
 */
export function listOf(plan: ConnectionPlan, near: string, scope: PlanScope) {
  const { page, order, wants, filter } = plan;
  const from = (edge: string, node: string) =>
    plan.relation ? scope.pattern(plan.relation, near, edge, node) : `(${node}:${plan.target.kind})`;
  const parameter = (value: Scalar) => scope.value(value);
  const filtersEdge = isOfEdge(filter);
  const ordersByEdge = order.some(({ by }) => 'ofEdge' in by);
  // Where many entities are tested, each closure is followed once for all of them.
  const closures = new Closures(scope);
  const membersAhead = plan.relation ? null : memberStart(filter, !plan.isScanCheap);
  const within = plan.relation ? {} : { membersOf: closures.membersOf };
  const fitting = (node: string, edge: string, condition: Filter = filter) =>
    predicate(condition, node, scope, { edge, ...within });
  /** A name for the relation, where anything depends on it. */
  const edgeName = (isNeeded: boolean) => (plan.relation && isNeeded ? scope.variable('r') : '');

  type Found = ReturnType<typeof find>;
  /** Finds the matching entities. `start` is a pattern of the node, `condition` a predicate on it and its keys. */
  const find = (
    start: string,
    edge: string,
    node: string,
    condition: (values: readonly string[]) => readonly string[],
    by = order,
    wanted = filter,
  ) => {
    const keys = by.map((key) => orderKey(key, node, edge, scope));
    const values = keys.map(({ name }) => name);
    const computed = keys.filter(({ is }) => is !== null);
    const names = [edge, node].filter((name) => name !== '');
    const fits = fitting(node, edge, wanted);
    const text =
      computed.length === 0
        ? `MATCH ${start}${where([...condition(values), fits])}`
        : `MATCH ${start}${where([fits])} WITH ${[...names, ...computed.map(({ name, is }) => `${is} AS ${name}`)].join(', ')}${where(condition(values))}`;
    return { text, values, names: [...names, ...computed.map(({ name }) => name)] };
  };

  const bounds: readonly Bound[] = [
    ...(page.after ? [[page.after, 'after'] as const] : []),
    ...(page.before ? [[page.before, 'before'] as const] : []),
  ];
  const onPage = (values: readonly string[]) =>
    bounds.map(([bound, side]) => keysetPredicate(order, bound, side, values, parameter));
  const fromIndex = (values: readonly string[]) => [...startsFromIndex(order, values), ...onPage(values)];
  const peek = (page.backward ? wants.hasPreviousPage : wants.hasNextPage) ? 1 : 0;
  const most = () => `toInteger(${scope.value(page.size + peek)})`;
  const cut = (values: readonly string[], by = order) => `${orderBy(by, page.backward, values)} LIMIT ${most()}`;

  // At the far end of a relation no index starts the list, nor where the statement names no property.
  const isSorted = plan.relation !== null || scope.isGeneric;
  const segments = isSorted
    ? [{ order, leading: null, byValue: false }]
    : segmentsOf(scope.ontology, order, plan.target.kind);
  // What a page that begins at the other end stops at would have to be looked for.
  const startsAtBound = bounds.every(([, side]) => (side === 'before') === page.backward);
  const isByValue = ({ byValue }: IndexSegment) => byValue && startsAtBound && isEverything(filter);

  /** The entities between bounds, one index segment at a time; segments beyond a bound are skipped. */
  const findBySegment = (between: readonly Bound[], among: readonly IndexSegment[] = segments) =>
    among
      .filter((segment) => between.every(([bound, side]) => canReach(segment, bound, side)))
      .map((segment) => {
        const node = scope.variable('n');
        const edge = edgeName(filtersEdge || ordersByEdge);
        const lacks = segment.leading?.has === false ? [`${node}.${segment.leading.property} IS NULL`] : [];
        const condition = (values: readonly string[]) => [
          ...lacks,
          ...(isSorted ? [] : startsFromIndex(segment.order, values)),
          ...between.map(([bound, side]) => segmentPredicate(segment, bound, side, values, parameter)),
        ];
        return { node, by: segment.order, ...find(from(edge, node), edge, node, condition, segment.order) };
      });

  /** The nodes of a segment that are on the page, as lists that follow one another. */
  const nodesOf = (segment: IndexSegment): readonly string[] => {
    const [bound] = bounds.map(([values]) => values);
    if (isByValue(segment) && bounds.every(([values, side]) => canReach(segment, values, side))) {
      const start = (bound?.[0] ?? null) === null ? null : (bound ?? null);
      return nodesByValue({ kind: plan.target.kind, segment, start, backward: page.backward, most }, scope);
    }
    return findBySegment(bounds, [segment]).map(
      ({ text, node, values, by }) => `COLLECT { ${text} RETURN ${node} ${cut(values, by)} }`,
    );
  };

  /** The nodes of a page; those of a further list only as far as the earlier ones do not fill it. */
  const nodesBySegment = () => {
    const [first = '[]', ...others] = (page.backward ? segments.toReversed() : segments).flatMap(nodesOf);
    let [before, nodes] = ['', first];
    for (const other of others) {
      const some = scope.variable('l');
      before += `WITH ${nodes} AS ${some} `;
      nodes = `CASE WHEN size(${some}) < ${most()} THEN (${some} + ${other})[..${most()}] ELSE ${some} END`;
    }
    return `${before}UNWIND ${nodes}`;
  };

  /** Two forms of the nodes of a page, of which Neo4j runs one. */
  const either = (isWalked: string, [walked, sorted]: readonly [Found, Found], node: string) =>
    `CASE WHEN ${isWalked} THEN COLLECT { ${walked.text} RETURN ${node} ${cut(walked.values)} } ELSE COLLECT { ${sorted.text} RETURN ${node} ${cut(sorted.values)} } END`;

  /** The nodes of a page: for a hub by scanning the index of the sort order, otherwise by sorting all. */
  const nodesByDegree = (above: number) => {
    const node = scope.variable('n');
    const related = (values: readonly string[]) => [...fromIndex(values), `EXISTS { ${from('', node)} }`];
    const walked = find(`(${node}:${plan.target.kind})`, '', node, related);
    const isHub = `COUNT { ${from('', '')} } > ${scope.value(above)}`;
    return either(isHub, [walked, find(from('', node), '', node, onPage)], node);
  };

  /** The same for what contains a text, which an index finds in no order. No more is counted than tells whether it is frequent. */
  const nodesByFrequency = (above: number) => {
    const node = scope.variable('n');
    const index = `USING INDEX ${node}:${plan.target.kind}(${leadingProperty(order)})`;
    const walked = find(`${from('', node)} ${index}`, '', node, fromIndex);
    const most = scope.value(above);
    const isFrequent = `COUNT { MATCH ${from('', node)} WHERE ${fitting(node, '')} RETURN ${node} LIMIT toInteger(${most} + 1) } > ${most}`;
    return either(isFrequent, [walked, find(from('', node), '', node, fromIndex)], node);
  };

  const fromMembers = (from: MemberStart, node: string) =>
    nearEnds(from, closures.membersOf(from.condition), node, (member) => fitting(member, '', from.ofMembers), scope);

  /** The nodes of a page, found from the members of a condition: sorted if they are few, otherwise by scanning an index. */
  const nodesOfMembers = (from: MemberStart) => {
    const node = scope.variable('n');
    const { found, areFew } = fromMembers(from, node);
    const few = find(`(${node}:${plan.target.kind})`, '', node, onPage, order, from.others);
    return `CASE WHEN ${areFew} THEN COLLECT { ${found} WITH DISTINCT ${node} ${few.text} RETURN ${node} ${cut(few.values)} } ELSE COLLECT { ${nodesBySegment()} AS ${node} RETURN ${node} } END`;
  };

  const clauses = (): PageClauses => {
    const edge = edgeName(!plan.edge.bare || filtersEdge || ordersByEdge);
    const far = scope.variable('n');
    const listed =
      membersAhead && order.every(({ by }) => 'property' in by) ? `UNWIND ${nodesOfMembers(membersAhead)}` : null;
    if (!listed && segments.length === 1 && !segments.some(isByValue) && plan.indexScanAbove === null) {
      const { text, names, values } = find(from(edge, far), edge, far, isSorted ? onPage : fromIndex);
      return { found: text, names, cut: cut(values), edge, far, values };
    }
    const nodesByNumber = plan.relation ? nodesByDegree : nodesByFrequency;
    const nodes =
      listed ?? (plan.indexScanAbove === null ? nodesBySegment() : `UNWIND ${nodesByNumber(plan.indexScanAbove)}`);
    const again = edge === '' ? '' : ` MATCH ${from(edge, far)}`;
    const values = order.map((key) => orderKey(key, far, edge, scope).name);
    const names = [edge, far].filter((name) => name !== '');
    return { found: `${nodes} AS ${far}${again}`, names, cut: '', edge, far, values };
  };

  const rows = () => {
    const { found, names, cut, edge, far, values } = clauses();
    const sorted = cut === '' ? '' : ` WITH ${names.join(', ')} ${cut}`;
    return `COLLECT { ${found}${sorted} RETURN ${edgeRow(plan, { near, edge, far }, scope, values)} }`;
  };

  const total = () => {
    const node = scope.variable('n');
    const edge = edgeName(filtersEdge);
    if (membersAhead) {
      const others = where([fitting(node, '', membersAhead.others)]);
      const { kind } = plan.target;
      const isSure = others === '' && leadsFromOnly(scope.ontology, membersAhead.relation, kind);
      const { found } = fromMembers(membersAhead, node);
      if (isSure) return `COUNT { ${found} RETURN DISTINCT ${node} }`;
      return `COUNT { ${found} WITH DISTINCT ${node} MATCH (${node}:${kind})${others} RETURN ${node} }`;
    }
    const fits = fitting(node, edge);
    // Without a condition, Neo4j reads the number from the count store, or from the degree store if the far end has no
    // label.
    if (fits === 'true') return `COUNT { ${plan.relation ? from('', '') : `MATCH ${from('', node)}`} }`;
    return `COUNT { MATCH ${from(edge, node)} WHERE ${fits} }`;
  };

  const beyond = (...bound: Bound) => {
    const found = findBySegment([bound]).map(({ text, node }) => `EXISTS { ${text} RETURN ${node} }`);
    return found.join(' OR ') || 'false';
  };

  const faceted = {
    filtersEdge,
    from,
    fits: (edge: string, node: string) => fitting(node, edge),
  };

  const rowOf = (of: TargetPlan, node: string) => target(of, node, scope);
  const expression = () => {
    if (wantsRowsAlone(plan)) return closures.around(wants.rows ? rows() : '[]');
    const parts = list([
      wants.rows ? rows() : '[]',
      wants.totalCount ? total() : 'null',
      wants.hasPreviousPage && page.after ? beyond(page.after, 'atOrBefore') : 'false',
      wants.hasNextPage && page.before ? beyond(page.before, 'atOrAfter') : 'false',
      ...Object.values(plan.facets).flatMap((each) => each.map((one) => facet(one, faceted, rowOf, scope))),
    ]);
    return closures.around(parts);
  };
  const ifFirst = <Clauses>(clauses: Clauses) => (closures.areEmpty ? clauses : null);
  return {
    expression,
    page: () => ifFirst(clauses()),
    facet: (one: FacetPlan) => ifFirst(facetClauses(one, faceted, rowOf, scope)),
  };
}

/** A page of entities, as an expression; `near` is the node that the relation starts from. */
export const connection = (plan: ConnectionPlan, near: string, scope: PlanScope): string =>
  listOf(plan, near, scope).expression();

/** The answer of a relation, as an expression on a node. */
export const relation = (plan: RelationPlan, near: string, scope: PlanScope) =>
  plan.shape === 'toOne' ? toOne(plan, near, scope) : connection(plan, near, scope);
