import { oncePer } from '../../ontology/once-per.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { Parameters } from '../graph.ts';
import { PlanScope } from '../plan-scope.ts';
import { bySlug } from '../reads/compile.ts';
import { connection, propertiesFrom, relation, sortedPage, target, valuesOf } from '../reads/expressions.ts';
import {
  type AnswerOf,
  type ConnectionPlan,
  type EdgeRow,
  type EntityPlan,
  type EntityRow,
  type FanOutPlan,
  hasFacets,
  type ReadPlan,
  shapeOf,
  wantsRowsAlone,
} from '../reads/plan.ts';
import { sourcesOf } from '../reads/sources-of.ts';
import type { Row } from '../statement.ts';
import { isGeneric } from './parts.ts';

/** The statement of a piece of a part. */
export interface PartStatement {
  readonly text: string;
  readonly parameters: Parameters;
  /** The result of the plan, from the rows of the statement. */
  readonly read: (rows: readonly Row[]) => AnswerOf<ReadPlan>;
}

/** A page of entities of one kind, found by sorting all related ones. */
interface PagePlan extends ConnectionPlan {
  readonly target: EntityPlan;
}

const isPage = (plan: FanOutPlan['relation']): plan is PagePlan =>
  plan.shape === 'connection' &&
  plan.indexScanAbove === null &&
  wantsRowsAlone(plan) &&
  plan.wants.rows &&
  !('kinds' in plan.target);

const parameter = 'p0';

/**
 * Each far end in a row of its own, in the order of the page: Neo4j plans that in two thirds of the time that it takes for lists within
 * a list.
 *
 * @returns the clauses after the start
 */
function pageText(plan: PagePlan, near: string, scope: PlanScope): string {
  const { found, names, cut, edge, far, values } = sortedPage(plan, near, scope);
  const reading = plan.relation?.reading;
  const from = reading === 'FORWARD' ? near : reading === 'BACKWARD' ? far : null;
  const { keys, columns, sources } = plan.edge;
  const cells = [
    `${near}.id`,
    `${far}.id`,
    valuesOf(scope.value(propertiesFrom(1, plan.target)), far, scope),
    valuesOf(scope.value(Object.keys(columns)), edge, scope),
    ...values.slice(0, keys),
    ...Object.values(sources).map(({ plan: of }) =>
      sourcesOf(edge, from, (source) => target(of, source, scope), scope),
    ),
    ...(scope.ontology.provenance ? [`${edge}.${scope.ontology.provenance.property} IS NOT NULL`] : []),
  ];
  return `CALL (${near}) { ${found} RETURN ${names.join(', ')} ${cut} } RETURN ${cells.map((cell, index) => `${cell} AS c${index}`).join(', ')}`;
}

type PageRow = readonly [near: string, far: string, properties: unknown[], ofEdge: unknown[], ...others: unknown[]];

function readPage({ edge }: PagePlan, slugs: readonly string[], rows: readonly PageRow[]) {
  const pages = new Map<string, EdgeRow[]>(slugs.map((slug) => [slug, []]));
  for (const [near, far, properties, ofEdge, ...others] of rows) {
    const row: EntityRow = [far, ...properties];
    pages.get(near)?.push([row, ...others.slice(0, edge.keys), ...ofEdge, ...others.slice(edge.keys)]);
  }
  return [...pages];
}

function fanOutText(plan: FanOutPlan, scope: PlanScope): string {
  const node = scope.variable('n');
  const start = bySlug(isGeneric(plan) ? 'Entity' : plan.kind, node, parameter, scope);
  if (isPage(plan.relation)) return `${start} ${pageText(plan.relation, node, scope)}`;
  const answer = relation(plan.relation, node, scope);
  // Facets aggregate, and Cypher allows an aggregation beside a variable only if that is a named grouping key.
  return hasFacets(plan.relation)
    ? `${start} WITH ${node}, ${answer} AS answer RETURN ${node}.id AS slug, answer`
    : `${start} RETURN ${node}.id AS slug, ${answer} AS answer`;
}

function textOf(plan: ReadPlan, scope: PlanScope): string {
  if (plan.shape === 'fanOut') return fanOutText(plan, scope);
  if (plan.shape === 'connection') return `RETURN ${connection(plan, '', scope)} AS answer`;
  const node = scope.variable('n');
  return `${bySlug(plan.target.kind, node, parameter, scope)} RETURN ${target(plan.target, node, scope)} AS row`;
}

/** The texts of a plan with their parameters, which do not depend on the slugs of a read, by the kind that it starts from. */
const textsOf = oncePer((_: object) => new Map<string, { readonly text: string; readonly values: Parameters }>());

/** The statement of a piece of a part. */
export function partStatement(ontology: Ontology, plan: ReadPlan): PartStatement {
  const texts = textsOf(shapeOf(plan));
  const key = plan.shape === 'fanOut' ? plan.kind : '';
  let known = texts.get(key);
  if (!known) {
    const scope = new PlanScope(ontology, parameter, { isPart: true, isGeneric: isGeneric(plan) });
    const text = textOf(plan, scope);
    known = { text, values: scope.parameters[parameter] as Parameters };
    texts.set(key, known);
  }
  const { text, values } = known;
  if (plan.shape === 'connection')
    return { text, parameters: { [parameter]: values }, read: ([row]) => (row?.[0] ?? []) as AnswerOf<ConnectionPlan> };
  const parameters = { [parameter]: { ...values, slugs: plan.slugs } };
  if (plan.shape === 'lookup')
    return { text, parameters, read: (rows) => rows.map(([row]) => row) as readonly EntityRow[] };
  const { relation: of } = plan;
  const read = (rows: readonly Row[]) => (isPage(of) ? readPage(of, plan.slugs, rows as readonly PageRow[]) : rows);
  return { text, parameters, read: read as PartStatement['read'] };
}
