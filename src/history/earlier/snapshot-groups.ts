import { type GroupSource, isToMany } from '../../engine/groups/group-keys.ts';
import { isZeroOfNone, type Metric } from '../../engine/groups/group-metrics.ts';
import { columnsOf, Group, type GroupPage, type GroupPlan, keyColumn, needsLimit } from '../../engine/groups/groups.ts';
import { MOST_GROUPS, MOST_YEARS } from '../../engine/groups/series.ts';
import type { Scalar } from '../../engine/reads/plan.ts';
import { getOrInsert } from '../../ontology/get-or-insert.ts';
import type { Pace } from '../memory/answer-plan.ts';
import { fits } from '../memory/condition.ts';
import { ConditionCache } from '../memory/condition-cache.ts';
import { compareValues } from '../memory/followed.ts';
import type { GraphSnapshot, SnapshotEntity } from '../memory/graph-snapshot.ts';
import { compareKeys } from '../memory/memory-order.ts';
import { firstInOrder, stepsOf } from './in-turns.ts';
import { SnapshotKeys } from './snapshot-keys.ts';
import { SnapshotMetrics } from './snapshot-metrics.ts';

type Columns = Readonly<Record<string, Scalar>>;

/** Entities with the same values of the keys; one stands there for each combination in which it has them. */
interface Members {
  readonly keys: readonly Scalar[];
  readonly entities: SnapshotEntity[];
}

/** Every combination of one value of each list. */
function* combined(lists: readonly (readonly Scalar[])[]): Generator<readonly Scalar[]> {
  const [first, ...others] = lists;
  if (!first) yield [];
  else for (const value of first) for (const rest of combined(others)) yield [value, ...rest];
}

const isLess = (left: Scalar | undefined, right: Scalar | undefined) =>
  (left ?? null) !== null && (right ?? null) !== null && compareValues(left, right) < 0;

/** What groups are made of; `null` where there are more combinations than the maximum. */
async function membersOf(graph: GraphSnapshot, plan: GroupPlan, keys: SnapshotKeys, cache: ConditionCache, pace: Pace) {
  const step = stepsOf(pace);
  const groups = new Map<string, Members>();
  // Without keys there is one group, as in Cypher, even of nothing.
  if (plan.keys.length === 0) groups.set('[]', { keys: [], entities: [] });
  const many = plan.keys.filter(isToMany);
  // What leads to the values of one key is no more than the graph holds.
  const isLimited = many.length > 1;
  const isCountedAfter = needsLimit(plan);
  const valuesOf = (source: GroupSource, entity: SnapshotEntity): readonly Scalar[] => {
    const values = keys.valuesOf(source, entity);
    return values.length === 0 ? [null] : values;
  };
  let combinations = 0;
  for (const entity of graph.entities(plan.kind)) {
    await step();
    if (!fits(graph, plan.filter, entity, null, cache)) continue;
    const lists = plan.keys.map((source) => valuesOf(source, entity));
    if (isLimited && !isCountedAfter) {
      combinations += plan.keys.reduce(
        (product, source, index) => (isToMany(source) ? product * (lists[index]?.length ?? 1) : product),
        1,
      );
      if (combinations > plan.maxCombinations) return null;
    }
    for (const values of combined(lists)) {
      if (!plan.repeated.every(([first, second]) => isLess(values[first], values[second]))) continue;
      if (isCountedAfter) combinations += 1;
      if (combinations > plan.maxCombinations && isLimited) return null;
      await step();
      getOrInsert(groups, JSON.stringify(values), () => ({ keys: values, entities: [] })).entities.push(entity);
    }
  }
  return [...groups.values()];
}

/** The groups with those that have no entities between them, as `engine/groups/series` adds them. */
function withEmptyYears(groups: readonly Columns[], { emptyYears, metrics }: GroupPlan): readonly Columns[] {
  const present = new Set(groups.map(({ key0 = null }) => key0));
  const years = [...present].flatMap((key) => (key === null ? [] : [Math.trunc(Number(key))]));
  if (years.length === 0) return groups;
  const first = years.reduce((least, year) => Math.min(least, year));
  const last = years.reduce((most, year) => Math.max(most, year));
  if (last - first > MOST_YEARS) return groups;
  const nothing = Object.fromEntries(
    Object.entries(metrics).map(([column, metric]) => [column, isZeroOfNone(metric) ? 0 : null]),
  );
  const all = Array.from({ length: last - first + 1 }, (_, index) => first + index).map((year) =>
    emptyYears === 'text' ? `000${year}`.slice(-4) : year,
  );
  return [...groups, ...all.filter((key) => !present.has(key)).map((key0) => ({ ...nothing, key0 }))];
}

/** The groups with what each and all before it sum up to. */
function withRunningCounts(groups: readonly Columns[], columns: readonly string[]): readonly Columns[] {
  const keyed = groups.filter(({ key0 = null }) => key0 !== null);
  const sums = new Map<Scalar, number>();
  let sum = 0;
  for (const { key0 = null, count } of keyed.toSorted((left, right) => compareValues(left.key0, right.key0))) {
    sum += Number(count ?? 0);
    sums.set(key0, sum);
  }
  const isSummed = groups.length <= MOST_GROUPS;
  return groups.map((group) => ({
    ...group,
    ...Object.fromEntries(columns.map((column) => [column, isSummed ? (sums.get(group.key0 ?? null) ?? null) : null])),
  }));
}

const isRunning = ({ measure }: Metric) => measure === 'running';

/**
 * A page of groups in a state of the graph, as `readGroups` reads it today.
 * @returns `null` where there are more combinations than the maximum
 * @throws GraphError TIMEOUT, CANCELLED
 */
export async function snapshotGroups(graph: GraphSnapshot, plan: GroupPlan, pace: Pace): Promise<GroupPage | null> {
  const { order, page, wants, metrics } = plan;
  const cache = new ConditionCache();
  const keys = new SnapshotKeys(graph, cache);
  const members = await membersOf(graph, plan, keys, cache, pace);
  if (!members) return null;
  const measured = Object.entries(metrics).filter(([, metric]) => !isRunning(metric));
  const running = Object.keys(metrics).filter((column) => metrics[column] && isRunning(metrics[column]));
  // What is summed up for the groups before may be selected of none.
  const counted =
    running.length > 0 && !('count' in metrics) ? [['count', { measure: 'count' } as const] as const] : [];
  const of = new SnapshotMetrics(graph, keys, cache, stepsOf(pace));
  const found: Columns[] = [];
  for (const { keys: values, entities } of members) {
    const columns: Record<string, Scalar> = {};
    for (const [index, value] of values.entries()) columns[keyColumn(index)] = value;
    for (const [column, metric] of [...measured, ...counted]) columns[column] = await of.value(metric, entities);
    found.push(columns);
  }
  const filled = plan.emptyYears === null ? found : withEmptyYears(found, plan);
  const all = running.length === 0 ? filled : withRunningCounts(filled, running);
  const fitting = all.filter((columns) => fits(graph, plan.having, { form: columns }, null, cache));
  const position = (columns: Columns) =>
    order.map(({ by }) => ('property' in by ? (columns[by.property] ?? null) : null));
  const sorted = fitting.map((columns) => ({ columns, at: position(columns) }));
  const { after, size } = page;
  const rest = after === null ? sorted : sorted.filter(({ at }) => compareKeys(order, at, after) > 0);
  const onPage = wants.rows
    ? await firstInOrder(rest, (left, right) => compareKeys(order, left.at, right.at), size + 1, pace)
    : [];
  return {
    groups: onPage.slice(0, size).map(
      ({ columns }) =>
        new Group(
          plan,
          columnsOf(plan).map((column) => columns[column] ?? null),
        ),
    ),
    totalCount: wants.totalCount ? fitting.length : 0,
    hasNextPage: wants.hasNextPage && onPage.length > size,
    hasPreviousPage: wants.hasPreviousPage && after !== null && rest.length < sorted.length,
  };
}
