import { MAGNITUDE_OF_ONE } from '../../../ontology/magnitude.ts';
import type { Scope } from '../../graph/scope.ts';
import type { FacetPlan, TargetPlan } from '../plan.ts';
import { where } from '../predicate.ts';
import type { Closures } from './closures.ts';

/** A list of entities as Cypher: its start pattern and its filter. The name of the relation to them may be empty. */
export interface FacetedList {
  readonly filtersEdge: boolean;
  from(edge: string, node: string): string;
  fits(edge: string, node: string): string;
  readonly closures: Pick<Closures, 'merged'>;
}

type Granularity = Extract<FacetPlan['source'], { readonly property: string }>['by'];

const bucketOf = (property: string, by: Granularity) => {
  if (by === 'year') return `left(${property}, 4)`;
  // A date that is known to the year has no month, as among groups.
  if (by === 'month') return `CASE WHEN size(${property}) > 4 THEN left(${property}, 7) END`;
  if (by === 'magnitude') {
    const [above, below] = [`floor(log10(${property}))`, `ceil(log10(-${property}))`];
    return `CASE WHEN ${property} > 0 THEN ${MAGNITUDE_OF_ONE} + toInteger(${above}) WHEN ${property} < 0 THEN -${MAGNITUDE_OF_ONE} - toInteger(${below}) ELSE 0 END`;
  }
  return property;
};

/** What is null for an entity without a bucket. */
const needed = (property: string, by: Granularity) => (by === 'month' ? bucketOf(property, by) : property);

/** A facet as clauses: what finds the entities of the list with what they are counted by, and what counts and cuts these. */
export interface FacetClauses {
  readonly found: string;
  /** What the entities are counted by, with its name, and the name of the number. */
  readonly by: string;
  readonly count: string;
  readonly cut: string;
  /** The value or the row of a bucket. */
  readonly bucket: string;
}

type RowOf = (plan: TargetPlan, node: string) => string;

const isOfEdge = ({ source }: FacetPlan) => 'property' in source && source.ofEdge === true;

const edgeName = (plan: FacetPlan, { filtersEdge }: FacetedList, scope: Scope) =>
  filtersEdge || isOfEdge(plan) ? scope.variable('r') : '';

/** What a facet counts by, of a node or of the relation that leads to it. */
const countedValue = (plan: FacetPlan, property: string, node: string, edge: string, scope: Scope) =>
  scope.property(isOfEdge(plan) ? edge : node, property);

/**
 * A facet over the whole list, not only its page: its most frequent values.
 *
 * @param row makes the row of an entity
 */
export function facetClauses(plan: FacetPlan, list: FacetedList, row: RowOf, scope: Scope): FacetClauses {
  const { source, size } = plan;
  const limit = `LIMIT toInteger(${scope.value(size)})`;
  const [edge, node] = [edgeName(plan, list, scope), scope.variable('n')];
  const count = scope.variable('c');
  const start = `MATCH ${list.from(edge, node)}`;

  if ('relation' in source) {
    const far = scope.variable('n');
    const fits = where([list.fits(edge, node)]);
    const found = `${start}${fits} MATCH ${scope.pattern(source.relation, node, '', far)}`;
    const cut = `ORDER BY ${count} DESC, ${far}.name, ${far}.id ${limit}`;
    return { found, by: far, count, cut, bucket: row(source.target, far) };
  }
  const value = scope.variable('v');
  const property = countedValue(plan, source.property, node, edge, scope);
  const found = `${start}${where([list.fits(edge, node), `${needed(property, source.by)} IS NOT NULL`])}`;
  const cut = `ORDER BY ${count} DESC, ${value} ${limit}`;
  const by = `${bucketOf(property, source.by)} AS ${value}`;
  return { found, by, count, cut, bucket: `toString(${value})` };
}

/**
 * The Cypher expression of a facet. Entities with a value are counted separately from the buckets, so that the rest is known
 * without reading it.
 *
 * @param row makes the row of an entity
 */
export function facet(plan: FacetPlan, list: FacetedList, row: RowOf, scope: Scope): string {
  const { source, others, without } = plan;
  const { found, by, count, cut, bucket } = facetClauses(plan, list, row, scope);
  const counted = (wanted: boolean, query: (node: string, edge: string) => string) =>
    wanted ? `COUNT { ${query(scope.variable('n'), edgeName(plan, list, scope))} }` : 'null';
  const start = (at: string, edge: string) => `MATCH ${list.from(edge, at)}`;
  const counts = list.closures.merged(found, `${by}, count(*) AS ${count} ${cut}`);
  const rows = `COLLECT { ${counts} RETURN [${bucket}, ${count}] }`;
  if ('relation' in source) {
    const related = (at: string) => scope.pattern(source.relation, at, '', '');
    return `[${rows}, ${counted(
      others,
      (at, edge) => `${start(at, edge)}${where([list.fits(edge, at)])} MATCH ${related(at)}`,
    )}, ${counted(
      without,
      (at, edge) => `${start(at, edge)}${where([list.fits(edge, at), `NOT EXISTS { ${related(at)} }`])}`,
    )}]`;
  }
  const tested = (test: string) => (at: string, edge: string) => {
    const value = needed(countedValue(plan, source.property, at, edge, scope), source.by);
    return `${start(at, edge)}${where([list.fits(edge, at), `${value} ${test}`])}`;
  };
  return `[${rows}, ${counted(others, tested('IS NOT NULL'))}, ${counted(without, tested('IS NULL'))}]`;
}
