import type { RelationReading } from '../../engine/graph/pattern.ts';
import {
  type AnswerOf,
  type AnyEntityPlan,
  type ConnectionAnswer,
  type ConnectionPlan,
  columnsFrom,
  type EdgePlan,
  type EdgeRow,
  type EntityPlan,
  type EntityRow,
  type ReadPlan,
  type RelationPlan,
  type Scalar,
  type TargetPlan,
  type ToOnePlan,
  wantsRowsAlone,
  widthOf,
} from '../../engine/reads/plan.ts';
import { fits } from './condition.ts';
import { ConditionCache } from './condition-cache.ts';
import { followed, valueIn } from './followed.ts';
import type { GraphSnapshot, Listed, SnapshotEntity, SnapshotRelation } from './graph-snapshot.ts';
import { type FacetCount, facetCount } from './memory-facets.ts';
import { keysOf, PageFound } from './memory-order.ts';
import { hasOwnSources, sourcesOf } from './snapshot-sources.ts';

/** Lets others have their turn, and stops what takes too long. @throws GraphError TIMEOUT, CANCELLED */
export type Pace = () => Promise<void> | undefined;

/** Entities looked at between two turns. */
const BETWEEN_TURNS = 50;

/** The columns from a position on. */
const columns = (
  graph: GraphSnapshot,
  plan: Omit<EntityPlan, 'kind'>,
  from: number,
  entity: SnapshotEntity,
): unknown[] => [
  ...columnsFrom(from, plan.columns).map(([property]) => valueIn(entity, property)),
  ...columnsFrom(from, plan.prefetched).map(([key]) =>
    relationAnswer(graph, plan.relations[key] as RelationPlan, entity),
  ),
];

function anyEntityRow(graph: GraphSnapshot, { shared, kinds }: AnyEntityPlan, entity: SnapshotEntity): EntityRow {
  const plan = kinds[entity.kind];
  const added = plan ? columns(graph, plan, widthOf(shared) + 1, entity) : [];
  return [entity.slug, ...columns(graph, shared, 1, entity), ['Entity', entity.kind], ...added];
}

/** The row of an entity, as a statement would return it. */
export const entityRow = (graph: GraphSnapshot, plan: TargetPlan, entity: SnapshotEntity): EntityRow =>
  'kinds' in plan ? anyEntityRow(graph, plan, entity) : [entity.slug, ...columns(graph, plan, 1, entity)];

function edgeRow(
  graph: GraphSnapshot,
  { edge: plan, target }: ConnectionPlan | ToOnePlan,
  { entity, edge }: Listed,
  keys: readonly Scalar[],
): EdgeRow {
  const row = entityRow(graph, target, entity);
  if (plan.bare) return row;
  return [row, ...keys.slice(0, plan.keys), ...edgeColumns(graph, plan, edge)];
}

function edgeColumns(graph: GraphSnapshot, plan: EdgePlan, edge: SnapshotRelation | null): readonly unknown[] {
  if (!edge) return [];
  return [
    ...Object.keys(plan.columns).map((property) => valueIn(edge, property)),
    ...Object.values(plan.sources).map((sources) =>
      sourcesOf(graph, edge).map((source) => entityRow(graph, sources.plan, source)),
    ),
    ...(plan.ownSources === null ? [] : [hasOwnSources(graph, edge)]),
  ];
}

/** The answer of a list whose entities come one by one: what it selects is counted and chosen meanwhile. */
class ListAnswer {
  readonly #graph: GraphSnapshot;
  readonly #plan: ConnectionPlan;
  readonly #found: PageFound<Listed>;
  readonly #facets: readonly FacetCount[];
  readonly #isSorted: boolean;
  readonly #cache = new ConditionCache();
  #count = 0;

  constructor(graph: GraphSnapshot, plan: ConnectionPlan) {
    const { order, page, wants, facets } = plan;
    this.#graph = graph;
    this.#plan = plan;
    this.#isSorted = wants.rows || page.after !== null || page.before !== null;
    this.#found = new PageFound(order, page, page.backward ? wants.hasPreviousPage : wants.hasNextPage);
    this.#facets = Object.values(facets)
      .flat()
      .map((facet) => facetCount(graph, facet));
  }

  /** Takes an entity if it fits. */
  add(listed: Listed): void {
    const { filter, order } = this.#plan;
    if (!fits(this.#graph, filter, listed.entity, listed.edge, this.#cache)) return;
    this.#count += 1;
    if (this.#isSorted) this.#found.add(listed, keysOf(this.#graph, listed, order, this.#cache));
    for (const facet of this.#facets) facet.add(listed);
  }

  get whole(): ConnectionAnswer {
    const { wants } = this.#plan;
    const rows = wants.rows
      ? this.#found.items.map(({ item, keys }) => edgeRow(this.#graph, this.#plan, item, keys))
      : [];
    if (wantsRowsAlone(this.#plan)) return rows;
    return [
      rows,
      wants.totalCount ? this.#count : null,
      wants.hasPreviousPage && this.#found.hasEarlier,
      wants.hasNextPage && this.#found.hasLater,
      ...this.#facets.map((facet) => facet.answer((target, entity) => entityRow(this.#graph, target, entity))),
    ];
  }
}

function* ledTo(graph: GraphSnapshot, near: SnapshotEntity, reading: RelationReading): Generator<Listed> {
  for (const [edge, entity] of followed(graph, near.slug, reading)) yield { entity, edge };
}

function relationAnswer(graph: GraphSnapshot, plan: RelationPlan, near: SnapshotEntity): AnswerOf<RelationPlan> {
  if (plan.shape === 'toOne') {
    const [first] = ledTo(graph, near, plan.relation);
    return first ? [edgeRow(graph, plan, first, [])] : [];
  }
  if (!plan.relation) throw new Error('A list of all entities does not start from one.');
  const answer = new ListAnswer(graph, plan);
  for (const listed of ledTo(graph, near, plan.relation)) answer.add(listed);
  return answer.whole;
}

async function listAnswer(graph: GraphSnapshot, plan: ConnectionPlan, pace: Pace): Promise<ConnectionAnswer> {
  const answer = new ListAnswer(graph, plan);
  let seen = 0;
  for (const entity of graph.entities(plan.target.kind)) {
    answer.add({ entity, edge: null });
    seen += 1;
    if (seen % BETWEEN_TURNS === 0) await pace();
  }
  await pace();
  return answer.whole;
}

/**
 * The result of a plan in a state of the graph: the same as that of the statement that the plan is compiled to.
 * @throws GraphError TIMEOUT, CANCELLED
 */
export async function answerPlan<Plan extends ReadPlan>(
  graph: GraphSnapshot,
  plan: Plan,
  pace: Pace,
): Promise<AnswerOf<Plan>>;
export async function answerPlan(graph: GraphSnapshot, plan: ReadPlan, pace: Pace): Promise<AnswerOf<ReadPlan>> {
  if (plan.shape === 'connection') return listAnswer(graph, plan, pace);
  const kind = plan.shape === 'lookup' ? plan.target.kind : plan.kind;
  const answers: unknown[] = [];
  for (const slug of plan.slugs) {
    const entity = graph.entity(slug);
    if (!entity || (kind !== 'Entity' && entity.kind !== kind)) continue;
    answers.push(
      plan.shape === 'lookup'
        ? entityRow(graph, plan.target, entity)
        : [slug, relationAnswer(graph, plan.relation, entity)],
    );
    await pace();
  }
  return answers as unknown as AnswerOf<ReadPlan>;
}
