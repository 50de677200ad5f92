import type { Ontology } from '../../ontology/ontology.ts';
import type { Provenance } from '../../ontology/vocabulary.ts';
import type { Parameters } from '../graph.ts';
import { pattern } from '../pattern.ts';
import { Scope } from '../scope.ts';
import { facet } from './facets.ts';
import { conjunction, predicate, relatedTo } from './filter.ts';
import {
  canReach,
  keysetPredicate,
  orderBy,
  type Side,
  segmentPredicate,
  segmentsOf,
  startsFromIndex,
} from './keyset.ts';
import {
  type AnyEntityPlan,
  type ConnectionPlan,
  type EntityPlan,
  type FanOutPlan,
  hasFacets,
  type LookupPlan,
  type OrderKey,
  type ReadPlan,
  type RelationPlan,
  type Scalar,
  type TargetPlan,
  type ToOnePlan,
  wantsRowsAlone,
  widthOf,
} from './plan.ts';

/** The Cypher expression of a plan, with its parameters. */
export interface Compiled {
  readonly expression: string;
  readonly parameters: Parameters;
}

/** Names for one plan of an ontology. */
class PlanScope extends Scope {
  readonly ontology: Ontology;

  constructor(ontology: Ontology, prefix: string) {
    super(prefix);
    this.ontology = ontology;
  }
}

/** A cached value of a plan under a key, created on first use and stored as long as the plan. */
function once<Value>(kept: WeakMap<object, Map<string, Value>>, plan: object, key: string, make: () => Value): Value {
  const made = kept.get(plan) ?? new Map<string, Value>();
  kept.set(plan, made);
  const value = made.get(key) ?? make();
  made.set(key, value);
  return value;
}

const list = (items: readonly string[]) => `[${items.join(', ')}]`;

/** The columns from a position on, as expressions on a node. */
function columns(plan: Omit<EntityPlan, 'kind'>, from: number, node: string, scope: PlanScope): readonly string[] {
  const added = (places: Readonly<Record<string, number>>) =>
    Object.entries(places)
      .filter(([, place]) => place >= from)
      .sort(([, left], [, right]) => left - right)
      .map(([name]) => name);
  return [
    ...added(plan.columns).map((property) => `${node}.${property}`),
    ...added(plan.prefetched).map((key) => relation(plan.relations[key] as RelationPlan, node, scope)),
  ];
}

const entity = (plan: Omit<EntityPlan, 'kind'>, node: string, scope: PlanScope) =>
  list([`${node}.id`, ...columns(plan, 1, node, scope)]);

function anyEntity({ shared, kinds }: AnyEntityPlan, node: string, scope: PlanScope): string {
  const labels = widthOf(shared);
  const row = list([`${node}.id`, ...columns(shared, 1, node, scope), `labels(${node})`]);
  const cases = Object.values(kinds).flatMap((plan) => {
    const added = columns(plan, labels + 1, node, scope);
    return added.length === 0 ? [] : [`WHEN ${node}:${plan.kind} THEN ${list(added)}`];
  });
  return cases.length === 0 ? row : `${row} + CASE ${cases.join(' ')} ELSE [] END`;
}

const target = (plan: TargetPlan, node: string, scope: PlanScope) =>
  'kinds' in plan ? anyEntity(plan, node, scope) : entity(plan, node, scope);

const rowsBy = new WeakMap<object, Map<string, string>>();

/** The row of a plan that wants no relations, as an expression on a node of any statement. */
export const rowOfProperties = (ontology: Ontology, plan: TargetPlan, node: string): string =>
  once(rowsBy, plan, node, () => target(plan, node, new PlanScope(ontology, '')));

/** The names of a relation's ends and of the relation itself; an empty one is not needed. */
interface Names {
  readonly near: string;
  readonly edge: string;
  readonly far: string;
}

/** Plans ask for sources only where the ontology has them. */
function provenanceOf({ ontology }: PlanScope): Provenance {
  if (!ontology.provenance) throw new Error('The ontology has no provenance.');
  return ontology.provenance;
}

/**
 * The sources of a relation: its own or, if it has none, those of its start entity; `null` if only the edge knows it.
 */
function sourcesOf(edge: string, from: string | null, plan: EntityPlan, scope: PlanScope): string {
  const provenance = provenanceOf(scope);
  const slug = scope.variable('s');
  const source = scope.variable('n');
  const row = entity(plan, source, scope);
  const own = `COLLECT { UNWIND ${edge}.${provenance.property} AS ${slug} MATCH (${source}:${provenance.kind} {id: ${slug}}) RETURN ${row} ORDER BY ${source}.name, ${source}.id }`;
  const start = from ?? scope.variable('n');
  const citing = from ? '' : `UNWIND [startNode(${edge})] AS ${start} `;
  const cited = `COLLECT { ${citing}MATCH (${start})-[:${provenance.relation}]->(${source}) RETURN ${row} ORDER BY ${source}.name, ${source}.id }`;
  return `CASE WHEN ${edge}.${provenance.property} IS NULL THEN ${cited} ELSE ${own} END`;
}

/** One row of a relation: the target alone, or the target with the selected fields of the edge. */
function edgeRow(
  plan: ConnectionPlan | ToOnePlan,
  names: Names,
  scope: PlanScope,
  keys: readonly string[] = [],
): string {
  const { edge } = plan;
  const row = target(plan.target, names.far, scope);
  if (edge.bare) return row;
  const reading = plan.relation?.reading;
  const from = reading === 'FORWARD' ? names.near : reading === 'BACKWARD' ? names.far : null;
  return list([
    row,
    ...keys.slice(0, edge.keys),
    ...Object.keys(edge.columns).map((property) => `${names.edge}.${property}`),
    ...Object.values(edge.sources).map((sources) => sourcesOf(names.edge, from, sources.plan, scope)),
    ...(edge.ownSources === null ? [] : [`${names.edge}.${provenanceOf(scope).property} IS NOT NULL`]),
  ]);
}

function toOne(plan: ToOnePlan, near: string, scope: PlanScope): string {
  const names = { near, edge: plan.edge.bare ? '' : scope.variable('r'), far: scope.variable('n') };
  return `[${pattern(plan.relation, near, names.edge, names.far)} | ${edgeRow(plan, names, scope)}]`;
}

/** A sort key: its name in the statement, and its expression if it must be computed. */
interface NamedKey {
  readonly name: string;
  readonly is: string | null;
}

function orderKey({ by }: OrderKey, node: string, scope: PlanScope): NamedKey {
  if ('count' in by) return { name: scope.variable('k'), is: `COUNT { ${relatedTo(by.count, node, scope)} }` };
  if ('of' in by) {
    const far = scope.variable('n');
    return { name: scope.variable('k'), is: `head([${pattern(by.of, node, '', far)} | ${far}.${by.property}])` };
  }
  return { name: `${node}.${by.property}`, is: null };
}

type Bound = readonly [values: readonly Scalar[], side: Side];

const where = (conditions: readonly string[]) => {
  const all = conjunction(conditions);
  return all === 'true' ? '' : ` WHERE ${all}`;
};

function connection(plan: ConnectionPlan, near: string, scope: PlanScope): string {
  const { page, order, wants, filter } = plan;
  const from = (edge: string, node: string) =>
    plan.relation ? pattern(plan.relation, near, edge, node) : `(${node}:${plan.target.kind})`;
  const parameter = (value: Scalar) => scope.value(value);

  /** Finds the matching entities. `start` is a pattern of the node, `condition` a predicate on it and its keys. */
  const find = (
    start: string,
    edge: string,
    node: string,
    condition: (values: readonly string[]) => readonly string[],
    by = order,
  ) => {
    const keys = by.map((key) => orderKey(key, node, scope));
    const values = keys.map(({ name }) => name);
    const computed = keys.filter(({ is }) => is !== null);
    const names = [edge, node].filter((name) => name !== '');
    const fits = predicate(filter, node, scope);
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

  // At the far end of a relation no index starts the list.
  const segments = plan.relation ? [{ order, leading: null }] : segmentsOf(scope.ontology, order, plan.target.kind);

  /** The entities between bounds, one index segment at a time; segments beyond a bound are skipped. */
  const findBySegment = (between: readonly Bound[]) =>
    segments
      .filter((segment) => between.every(([bound, side]) => canReach(segment, bound, side)))
      .map((segment) => {
        const node = scope.variable('n');
        const lacks = segment.leading?.has === false ? [`${node}.${segment.leading.property} IS NULL`] : [];
        const condition = (values: readonly string[]) => [
          ...lacks,
          ...(plan.relation ? [] : startsFromIndex(segment.order, values)),
          ...between.map(([bound, side]) => segmentPredicate(segment, bound, side, values, parameter)),
        ];
        return { node, by: segment.order, ...find(from('', node), '', node, condition, segment.order) };
      });

  /** The nodes of a page; those of a second segment only as far as the first does not fill it. */
  const nodesBySegment = () => {
    const found = findBySegment(bounds).map(
      ({ text, node, values, by }) => `COLLECT { ${text} RETURN ${node} ${cut(values, by)} }`,
    );
    const [first = '[]', second] = page.backward ? found.toReversed() : found;
    if (second === undefined) return `UNWIND ${first}`;
    const some = scope.variable('l');
    return `WITH ${first} AS ${some} UNWIND CASE WHEN size(${some}) < ${most()} THEN (${some} + ${second})[..${most()}] ELSE ${some} END`;
  };

  /** The nodes of a page: for a hub by scanning the index of the sort order, otherwise by sorting all. */
  const nodesByDegree = (indexScanAbove: number) => {
    const node = scope.variable('n');
    const related = (values: readonly string[]) => [...fromIndex(values), `EXISTS { ${from('', node)} }`];
    const walked = find(`(${node}:${plan.target.kind})`, '', node, related);
    const sorted = find(from('', node), '', node, onPage);
    const isHub = `COUNT { ${from('', '')} } > ${scope.value(indexScanAbove)}`;
    return `CASE WHEN ${isHub} THEN COLLECT { ${walked.text} RETURN ${node} ${cut(walked.values)} } ELSE COLLECT { ${sorted.text} RETURN ${node} ${cut(sorted.values)} } END`;
  };

  const rows = () => {
    const edge = plan.relation && !plan.edge.bare ? scope.variable('r') : '';
    const far = scope.variable('n');
    const row = (values: readonly string[]) => edgeRow(plan, { near, edge, far }, scope, values);
    if (segments.length === 1 && plan.indexScanAbove === null) {
      const found = find(from(edge, far), edge, far, plan.relation ? onPage : fromIndex);
      return `COLLECT { ${found.text} WITH ${found.names.join(', ')} ${cut(found.values)} RETURN ${row(found.values)} }`;
    }
    const nodes = plan.indexScanAbove === null ? nodesBySegment() : `UNWIND ${nodesByDegree(plan.indexScanAbove)}`;
    const again = edge === '' ? '' : ` MATCH ${from(edge, far)}`;
    return `COLLECT { ${nodes} AS ${far}${again} RETURN ${row(order.map((key) => orderKey(key, far, scope).name))} }`;
  };

  const total = () => {
    const node = scope.variable('n');
    const fits = predicate(filter, node, scope);
    // Without a condition, Neo4j reads the number from the count store, or from the degree store if the far end has no
    // label.
    if (fits === 'true') return `COUNT { ${plan.relation ? from('', '') : `MATCH ${from('', node)}`} }`;
    return `COUNT { MATCH ${from('', node)} WHERE ${fits} }`;
  };

  const beyond = (...bound: Bound) => {
    const found = findBySegment([bound]).map(({ text, node }) => `EXISTS { ${text} RETURN ${node} }`);
    return found.join(' OR ') || 'false';
  };

  const faceted = {
    from: (node: string) => from('', node),
    fits: (node: string) => predicate(filter, node, scope),
  };

  if (wantsRowsAlone(plan)) return wants.rows ? rows() : '[]';
  return list([
    wants.rows ? rows() : '[]',
    wants.totalCount ? total() : 'null',
    wants.hasPreviousPage && page.after ? beyond(page.after, 'atOrBefore') : 'false',
    wants.hasNextPage && page.before ? beyond(page.before, 'atOrAfter') : 'false',
    ...Object.values(plan.facets)
      .flat()
      .map((one) => facet(one, faceted, (of, node) => target(of, node, scope), scope)),
  ]);
}

const relation = (plan: RelationPlan, near: string, scope: PlanScope) =>
  plan.shape === 'toOne' ? toOne(plan, near, scope) : connection(plan, near, scope);

/** The start of a read by slug: the kind's own index, or that of all entities. */
const bySlug = (kind: string, node: string, prefix: string, scope: PlanScope) => {
  const slug = scope.variable('s');
  return `UNWIND $${prefix}slugs AS ${slug} MATCH (${node}:${kind} {id: ${slug}})`;
};

function lookup({ target: wanted }: LookupPlan, prefix: string, scope: PlanScope): string {
  const node = scope.variable('n');
  return `COLLECT { ${bySlug(wanted.kind, node, prefix, scope)} RETURN ${target(wanted, node, scope)} }`;
}

function fanOut(plan: FanOutPlan, prefix: string, scope: PlanScope): string {
  const node = scope.variable('n');
  const start = bySlug(plan.kind, node, prefix, scope);
  const answer = relation(plan.relation, node, scope);
  const name = scope.variable('a');
  // Facets aggregate, and Cypher allows an aggregation beside a variable only if that is a named grouping key.
  return hasFacets(plan.relation)
    ? `COLLECT { ${start} WITH ${node}, ${answer} AS ${name} RETURN [${node}.id, ${name}] }`
    : `COLLECT { ${start} RETURN [${node}.id, ${answer}] }`;
}

function compileAnew(ontology: Ontology, plan: ReadPlan, prefix: string): Compiled {
  const scope = new PlanScope(ontology, prefix);
  const expression =
    plan.shape === 'connection'
      ? connection(plan, '', scope)
      : plan.shape === 'lookup'
        ? lookup(plan, prefix, scope)
        : fanOut(plan, prefix, scope);
  return { expression, parameters: scope.parameters };
}

/** Compiled forms of a plan, cached with the plan. They do not depend on the slugs of a read. */
const compiledBy = new WeakMap<object, Map<string, Compiled>>();

const shapeOf = (plan: ReadPlan) =>
  plan.shape === 'connection' ? plan : plan.shape === 'lookup' ? plan.target : plan.relation;

/**
 * Compiles a plan into one Cypher expression. Labels, types and property names come from the ontology through the plan,
 * every value is a parameter, and the text depends only on the shape of the plan.
 *
 * @param prefix begins the parameters' names, so that several expressions can share a statement
 */
export function compile(ontology: Ontology, plan: ReadPlan, prefix = 'p'): Compiled {
  const shape = shapeOf(plan);
  const key = `${plan.shape} ${plan.shape === 'fanOut' ? plan.kind : ''} ${prefix}`;
  const compiled = once(compiledBy, shape, key, () => compileAnew(ontology, plan, prefix));
  if (plan.shape === 'connection') return compiled;
  return { ...compiled, parameters: { ...compiled.parameters, [`${prefix}slugs`]: plan.slugs } };
}
