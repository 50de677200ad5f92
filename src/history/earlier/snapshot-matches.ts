import type { MatchedRow, MatchedRows, MatchKey, MatchRequest, StoredEnds } from '../../engine/match/match.ts';
import type { MatchedGroups, MatchGroupRequest } from '../../engine/match/match-groups.ts';
import {
  answeredBy,
  type NamedValue,
  type Pattern,
  type PatternRelation,
  type PatternValue,
} from '../../engine/match/match-pattern.ts';
import type { Scalar } from '../../engine/reads/plan.ts';
import { targetEntity } from '../../engine/reads/rows.ts';
import { getOrInsert } from '../../ontology/get-or-insert.ts';
import { aggregateOf } from '../memory/aggregates.ts';
import { entityRow, type Pace } from '../memory/answer-plan.ts';
import { SearchLimitExceeded } from '../memory/condition-cache.ts';
import { compareValues, valueIn } from '../memory/followed.ts';
import type { GraphSnapshot, SnapshotEntity } from '../memory/graph-snapshot.ts';
import { Matching } from '../memory/match-snapshot.ts';
import { compareKeys } from '../memory/memory-order.ts';
import type { Bound } from '../memory/snapshot-values.ts';
import { firstInOrder, stepsOf } from './in-turns.ts';

/** Maximum number of sets of entities in memory at once. */
const MOST_SETS = 250_000;

/** A set of entities that a row shows, and how many sets contain it. */
interface SnapshotRow {
  readonly bound: Bound;
  ways: number;
}

const entityAt = ({ entities }: Bound, position: number): SnapshotEntity | null => entities[position] ?? null;

const keyOf = (bound: Bound, positions: readonly number[]) =>
  positions.map((position) => entityAt(bound, position)?.slug ?? '').join(' ');

/** The sets of entities that fit a pattern, and what is computed of them, in turns. */
class SnapshotMatches {
  readonly #matching: Matching;
  readonly #pattern: Pattern;
  readonly #pace: Pace;

  constructor(graph: GraphSnapshot, pattern: Pattern, pace: Pace) {
    // How long it may take is the time of the request.
    this.#matching = new Matching(graph, pattern, Number.POSITIVE_INFINITY);
    this.#pattern = pattern;
    this.#pace = pace;
  }

  /** The rows that show entities at some positions. @throws SearchLimitExceeded, GraphError TIMEOUT, CANCELLED */
  async rows(shown: readonly number[]): Promise<readonly SnapshotRow[]> {
    const answered = answeredBy(this.#pattern);
    const met = new Set<string>();
    const rows = new Map<string, SnapshotRow>();
    for (const bound of this.#matching.find()) {
      if (bound === null) {
        await this.#pace();
        continue;
      }
      const whole = keyOf(bound, answered);
      if (met.has(whole)) continue;
      met.add(whole);
      if (met.size > MOST_SETS) {
        throw new SearchLimitExceeded(
          `More than ${MOST_SETS} sets of entities of an earlier state fit the pattern. Narrow it.`,
        );
      }
      getOrInsert(rows, keyOf(bound, shown), () => ({ bound, ways: 0 })).ways += 1;
    }
    return [...rows.values()];
  }

  /** @throws SearchLimitExceeded, GraphError TIMEOUT, CANCELLED */
  async value(value: PatternValue, bound: Bound): Promise<Scalar> {
    const computing = this.#matching.value(value, bound);
    for (let step = computing.next(); ; step = computing.next()) {
      if (step.done) return step.value;
      await this.#pace();
    }
  }

  async values(named: readonly NamedValue[], bound: Bound): Promise<readonly Scalar[]> {
    const values: Scalar[] = [];
    for (const { value } of named) values.push(await this.value(value, bound));
    return values;
  }
}

/** How the relations between two entities of a row are stored. */
function storedEnds(graph: GraphSnapshot, { types, reading, from, to }: PatternRelation, bound: Bound): StoredEnds {
  const [start, end] = [entityAt(bound, from)?.slug, entityAt(bound, to)?.slug];
  const leads = (type: string, one: string | undefined, other: string | undefined) =>
    one !== undefined && graph.relationsAt(one, type, 'from').some((edge) => edge.to === other);
  const [type = ''] = types;
  if (types.length === 1) return reading === 'BOTH' ? leads(type, start, end) : true;
  return types.flatMap((each) => [
    ...(leads(each, start, end) ? [[each, true] as const] : []),
    ...(reading === 'BOTH' && start !== end && leads(each, end, start) ? [[each, false] as const] : []),
  ]);
}

/** Entities that a pattern names, and that the state lacks. */
const absentIn = (graph: GraphSnapshot, { entities }: Pattern): MatchedRows['absent'] =>
  entities.flatMap(({ name, kind, slugs }) =>
    (slugs ?? [])
      .filter((slug) => {
        const held = graph.entity(slug);
        return !held || (kind !== 'Entity' && held.kind !== kind);
      })
      .map((slug) => ({ name, slug })),
  );

/** A page of what fits a pattern in a state of the graph, as `findMatchingRows` reads it today. @throws SearchLimitExceeded, GraphError TIMEOUT, CANCELLED */
export async function snapshotMatchingRows(
  graph: GraphSnapshot,
  request: MatchRequest,
  pace: Pace,
): Promise<MatchedRows> {
  const { pattern, shown, order, included, selected, size, after, ways, wants } = request;
  const absent = absentIn(graph, pattern);
  const nothing = { rows: [], totalCount: 0, hasPreviousPage: false, hasNextPage: false, absent };
  if (absent.length > 0) return nothing;
  const matches = new SnapshotMatches(graph, pattern, pace);
  const found = (await matches.rows(shown)).filter(
    (row) => (ways.least === null || row.ways >= ways.least) && (ways.most === null || row.ways <= ways.most),
  );
  const totalCount = wants.totalCount ? found.length : 0;
  const isSorted = wants.rows || (wants.hasPreviousPage && after !== null);
  if (!isSorted) return { ...nothing, totalCount };

  const keyOfRow = async ({ bound, ways }: SnapshotRow, { entity, property, value }: MatchKey): Promise<Scalar> => {
    if (value) return matches.value(value.value, bound);
    if (entity === null) return ways;
    const held = entityAt(bound, entity);
    return held && (valueIn(held, property) as Scalar);
  };
  const step = stepsOf(pace);
  const sorted: { readonly row: SnapshotRow; readonly keys: readonly Scalar[] }[] = [];
  for (const row of found) {
    await step();
    const keys: Scalar[] = [];
    for (const key of order) keys.push(await keyOfRow(row, key));
    sorted.push({ row, keys });
  }
  const rest = after === null ? sorted : sorted.filter(({ keys }) => compareKeys(order, keys, after) > 0);
  const first = wants.rows
    ? await firstInOrder(rest, (left, right) => compareKeys(order, left.keys, right.keys), size + 1, pace)
    : [];
  const rows: MatchedRow[] = [];
  for (const { row, keys } of first.slice(0, size)) {
    const { bound } = row;
    rows.push({
      slugs: shown.map((position) => entityAt(bound, position)?.slug ?? null),
      keys,
      asStored: included.map((relation) => storedEnds(graph, relation, bound)),
      ways: request.countsWays ? row.ways : 1,
      values: await matches.values(request.values, bound),
      entities: selected.map(({ entity, plan }) => {
        const held = entityAt(bound, entity);
        return held && targetEntity(plan, entityRow(graph, plan, held));
      }),
    });
  }
  const hasPreviousPage = wants.hasPreviousPage && after !== null && rest.length < sorted.length;
  return { rows, totalCount, hasPreviousPage, hasNextPage: first.length > size, absent };
}

/** Ascending, and what is absent last. */
function compareAscending(left: readonly Scalar[], right: readonly Scalar[]): number {
  for (const [index, one] of left.entries()) {
    const other = right[index] ?? null;
    if (one === null || other === null) {
      if (one !== other) return one === null ? 1 : -1;
      continue;
    }
    const compared = compareValues(one, other);
    if (compared !== 0) return compared;
  }
  return 0;
}

/** Groups of what fits a pattern in a state of the graph, as `findMatchGroups` reads them today. @throws SearchLimitExceeded, GraphError TIMEOUT, CANCELLED */
export async function snapshotMatchGroups(
  graph: GraphSnapshot,
  { pattern, shown, keys, metrics, size }: MatchGroupRequest,
  pace: Pace,
): Promise<MatchedGroups> {
  const matches = new SnapshotMatches(graph, pattern, pace);
  const step = stepsOf(pace);
  const groups = new Map<string, { readonly keys: readonly Scalar[]; readonly values: Scalar[][]; count: number }>();
  for (const { bound } of await matches.rows(shown)) {
    await step();
    const values: Scalar[] = [];
    for (const key of keys) values.push(await matches.value(key, bound));
    const group = getOrInsert(groups, JSON.stringify(values), () => ({
      keys: values,
      values: metrics.map(() => []),
      count: 0,
    }));
    group.count += 1;
    for (const [index, { value }] of metrics.entries())
      group.values[index]?.push(await matches.value(value.value, bound));
  }
  const first = await firstInOrder(
    groups.values(),
    (left, right) => right.count - left.count || compareAscending(left.keys, right.keys),
    size,
    pace,
  );
  return {
    totalCount: groups.size,
    groups: first.map(({ keys, count, values }) => ({
      keys,
      count,
      metrics: metrics.map(({ aggregate }, index) => aggregateOf(aggregate, values[index] ?? [])),
    })),
  };
}
