import { getOrInsert } from '../../ontology/get-or-insert.ts';
import { memoize } from '../../ontology/memoize.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { Parameters } from '../graph/graph.ts';
import { PlanScope } from '../graph/plan-scope.ts';
import type { Row } from '../graph/statement.ts';
import { bySlug } from '../reads/compile.ts';
import { facetAsClauses, relation, target } from '../reads/expressions.ts';
import { ListedEntities } from '../reads/lists/listed-entities.ts';
import { pageClauses } from '../reads/lists/page-clauses.ts';
import {
  type AnswerOf,
  type ConnectionAnswer,
  type ConnectionPlan,
  type EdgeRow,
  type EntityRow,
  type FacetAnswer,
  type FacetPlan,
  hasFacets,
  type LookupPlan,
  type ReadPlan,
  type RelationPlan,
  shapeOf,
  type ToOnePlan,
  wantsRowsAlone,
} from '../reads/plan.ts';
import { sourcesOf } from '../reads/sources-of.ts';
import { isGeneric } from './parts.ts';

/** The statement of a piece of a part. */
export interface PartStatement {
  readonly text: string;
  readonly parameters: Parameters;
  /** The result of the plan, from the rows of the statement. */
  readonly read: (rows: readonly Row[]) => AnswerOf<ReadPlan>;
}

const parameter = 'p0';

/** A list of a kind, or a relation of some entities, with the name of the node of these and the clauses that find it. */
interface Piece<Plan extends RelationPlan = RelationPlan> {
  readonly plan: Plan;
  /** Empty for a list of a kind, as is the start. */
  readonly near: string;
  readonly start: string;
  readonly scope: PlanScope;
}

/** A text, and how its rows are read. */
interface PartText {
  readonly text: string;
  readonly read: (rows: readonly Row[], slugs: readonly string[]) => AnswerOf<ReadPlan>;
}

const returned = (cells: readonly string[]) =>
  `RETURN ${cells.map((cell, index) => `${cell} AS c${index}`).join(', ')}`;

/** The text of a piece whose entities or buckets are rows of their own. */
function byRows<Answer extends AnswerOf<RelationPlan>>(
  { near, start }: Piece,
  found: string,
  cells: readonly string[],
  answerOf: (rows: readonly Row[]) => Answer,
): PartText {
  if (near === '') return { text: `${found} ${returned(cells)}`, read: (rows) => answerOf(rows) as AnswerOf<ReadPlan> };
  return {
    text: `${start} ${found} ${returned([`${near}.id`, ...cells])}`,
    read(rows, slugs) {
      const byStart = new Map<string, Row[]>(slugs.map((slug) => [slug, []]));
      for (const [slug, ...own] of rows) byStart.get(slug as string)?.push(own);
      return [...byStart].map(([slug, own]) => [slug, answerOf(own)] as const);
    },
  };
}

/** The cells of the far end of a relation and of the relation itself. */
function edgeCells({ plan, near, scope }: Piece, edge: string, far: string, keys: readonly string[] = []) {
  const row = target(plan.target, far, scope);
  if (!plan.relation) return [row, ...keys];
  const { reading } = plan.relation;
  const from = reading === 'FORWARD' ? near : reading === 'BACKWARD' ? far : null;
  const { columns, sources } = plan.edge;
  const { provenance } = scope.ontology;
  return [
    row,
    scope.valuesOf(scope.value(Object.keys(columns)), edge),
    ...keys,
    ...Object.values(sources).map(({ plan: of }) =>
      sourcesOf(edge, from, (source) => target(of, source, scope), scope),
    ),
    ...(provenance ? [`${edge}.${provenance.property} IS NOT NULL`] : []),
  ];
}

type EdgeCells = readonly [row: EntityRow, properties: readonly unknown[], ...others: unknown[]];

const readEdges =
  ({ relation, edge: { keys } }: RelationPlan) =>
  (rows: readonly Row[]): readonly EdgeRow[] => {
    if (!relation) return rows as readonly EdgeRow[];
    return (rows as readonly EdgeCells[]).map(([row, properties, ...others]) => [
      row,
      ...others.slice(0, keys),
      ...properties,
      ...others.slice(keys),
    ]);
  };

function toOneByRows(piece: Piece<ToOnePlan>): PartText {
  const { plan, near, scope } = piece;
  const [edge, far] = [scope.variable('r'), scope.variable('n')];
  const found = `MATCH ${scope.pattern(plan.relation, near, edge, far)}`;
  return byRows(piece, found, edgeCells(piece, edge, far), readEdges(plan));
}

/** Clauses that order what is found and cut it: for each entity that a relation starts from, if there are any. */
const cutTo = ({ near }: Piece, found: string, names: readonly string[], cut: string) =>
  near === ''
    ? `${found} WITH ${names.join(', ')} ${cut}`
    : `CALL (${near}) { ${found} RETURN ${names.join(', ')} ${cut} }`;

function pageByRows(piece: Piece<ConnectionPlan>): PartText | null {
  const { plan, near, scope } = piece;
  const entities = new ListedEntities(plan, near, scope);
  const { found, names, cut, edge, far, values } = pageClauses(entities);
  if (!entities.closures.areEmpty) return null;
  const cells = edgeCells(piece, edge, far, values.slice(0, plan.edge.keys));
  return byRows(piece, cut === '' ? found : cutTo(piece, found, names, cut), cells, readEdges(plan));
}

const answerOfFacet = (rows: readonly Row[]): ConnectionAnswer => [
  [],
  null,
  false,
  false,
  [rows as unknown as FacetAnswer[0], null, null],
];

function facetByRows(piece: Piece<ConnectionPlan>, facet: FacetPlan): PartText | null {
  const { plan, near, scope } = piece;
  const clauses = facetAsClauses(facet, new ListedEntities(plan, near, scope));
  if (!clauses) return null;
  const { found, by, count, cut, bucket } = clauses;
  return byRows(piece, cutTo(piece, found, [by, `count(*) AS ${count}`], cut), [bucket, count], answerOfFacet);
}

/**
 * The text of a piece by rows: Neo4j plans that in two thirds of the time that it takes for lists within a list.
 *
 * @returns `null` for a piece that has further answers or has to be one expression
 */
function textByRows({ plan, ...piece }: Piece): PartText | null {
  if (plan.shape === 'toOne') return toOneByRows({ ...piece, plan });
  const [facet, ...others] = Object.values(plan.facets).flat();
  if (!facet) return plan.wants.rows && wantsRowsAlone(plan) ? pageByRows({ ...piece, plan }) : null;
  const hasMore = others.length > 0 || Object.values(plan.wants).includes(true) || facet.others || facet.without;
  return hasMore ? null : facetByRows({ ...piece, plan }, facet);
}

/** The text of a piece by one expression for each entity that it starts from. */
function textByExpression({ plan, near, start, scope }: Piece): PartText {
  const answer = relation(plan, near, scope);
  if (near === '') {
    return { text: `RETURN ${answer} AS answer`, read: ([row]) => (row?.[0] ?? []) as AnswerOf<ConnectionPlan> };
  }
  // Facets aggregate, and Cypher allows an aggregation beside a variable only if that is a named grouping key.
  const text = hasFacets(plan)
    ? `${start} WITH ${near}, ${answer} AS answer RETURN ${near}.id AS slug, answer`
    : `${start} RETURN ${near}.id AS slug, ${answer} AS answer`;
  return { text, read: (rows) => rows as AnswerOf<ReadPlan> };
}

function lookupText({ target: wanted }: LookupPlan, scope: PlanScope): PartText {
  const node = scope.variable('n');
  const text = `${bySlug(wanted.kind, node, parameter, scope)} RETURN ${target(wanted, node, scope)} AS row`;
  return { text, read: (rows) => rows.map(([row]) => row as EntityRow) };
}

type TextWithValues = PartText & { readonly values: Parameters };

function textOf(ontology: Ontology, plan: ReadPlan): TextWithValues {
  const inNewScope = <Text extends PartText | null>(make: (scope: PlanScope) => Text) => {
    const scope = new PlanScope(ontology, parameter, { isPart: true, isGeneric: isGeneric(plan) });
    const made = make(scope);
    return made && { ...made, values: scope.parameters[parameter] as Parameters };
  };
  if (plan.shape === 'lookup') return inNewScope((scope) => lookupText(plan, scope)) as TextWithValues;
  const pieceIn = (scope: PlanScope): Piece => {
    if (plan.shape === 'connection') return { plan, near: '', start: '', scope };
    const near = scope.variable('n');
    const start = bySlug(isGeneric(plan) ? 'Entity' : plan.kind, near, parameter, scope);
    return { plan: plan.relation, near, start, scope };
  };
  return (inNewScope((scope) => textByRows(pieceIn(scope))) ??
    inNewScope((scope) => textByExpression(pieceIn(scope)))) as TextWithValues;
}

/** The texts of a plan with their parameters, which do not depend on the slugs of a read, by the kind that it starts from. */
const textsOf = memoize((_: object) => new Map<string, TextWithValues>());

/** The statement of a piece of a part. */
export function partStatement(ontology: Ontology, plan: ReadPlan): PartStatement {
  const texts = textsOf(shapeOf(plan));
  const key = plan.shape === 'fanOut' ? plan.kind : '';
  const { text, values, read } = getOrInsert(texts, key, () => textOf(ontology, plan));
  const slugs = plan.shape === 'connection' ? [] : plan.slugs;
  const parameters = { [parameter]: plan.shape === 'connection' ? values : { ...values, slugs } };
  return { text, parameters, read: (rows) => read(rows, slugs) };
}
