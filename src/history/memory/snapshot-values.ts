import type { AggregateFunction, PatternPart, PatternValue } from '../../engine/match/match-pattern.ts';
import { DAYS_OF_YEAR } from '../../engine/match/pattern-text.ts';
import { everything } from '../../engine/reads/filter.ts';
import type { Scalar } from '../../engine/reads/plan.ts';
import { aggregateOf } from './aggregates.ts';
import { countRelated } from './condition.ts';
import { valueIn } from './followed.ts';
import type { GraphSnapshot, SnapshotEntity, SnapshotRelation } from './graph-snapshot.ts';

/** The entity at each position of a pattern, `null` where an optional one is missing, and the relations that values name. */
export interface Bound {
  readonly entities: readonly (SnapshotEntity | null | undefined)[];
  readonly edges: ReadonlyMap<string, SnapshotRelation>;
}

export const nothingBound: Bound = { entities: [], edges: new Map() };

export function withEntity({ entities, edges }: Bound, position: number, entity: SnapshotEntity | null): Bound {
  const next = [...entities];
  next[position] = entity;
  return { entities: next, edges };
}

/** Finds a shape beside a match: each way in which it fits, and `null` for a pause. */
type FindShape = (bound: Bound, over: PatternPart) => Generator<Bound | null>;

const MILLISECONDS_OF_DAY = 86_400_000;

/** A year or a month counts as its first day. */
function dayOf(date: string): number {
  const [year = '', month = '01', day = '01'] = date.split('-');
  return Date.parse(`${year}-${month}-${day}T00:00:00Z`) / MILLISECONDS_OF_DAY;
}

/** A value of a match in a state, as `engine/match/pattern-text` writes it; absent values are `null`. Pauses are `null`, too. */
export function* snapshotValue(
  graph: GraphSnapshot,
  value: PatternValue,
  bound: Bound,
  find: FindShape,
): Generator<null, Scalar> {
  if ('constant' in value) return value.constant;
  if ('aggregate' in value) return yield* overShape(graph, value, bound, find);
  if ('unit' in value) {
    const of = yield* snapshotValue(graph, value.of, bound, find);
    const from = yield* snapshotValue(graph, value.from, bound, find);
    if (of === null || from === null) return null;
    if (value.unit === 'NUMBER') return Number(of) - Number(from);
    const days = dayOf(String(of)) - dayOf(String(from));
    return value.unit === 'DAYS' ? days : days / DAYS_OF_YEAR;
  }
  if ('edge' in value) {
    const edge = bound.edges.get(value.edge);
    return edge ? (valueIn(edge, value.property) as Scalar) : null;
  }
  const entity = bound.entities[value.entity];
  if (!entity) return null;
  if ('property' in value) return valueIn(entity, value.property) as Scalar;
  return countRelated(graph, entity.slug, { relation: value.relation, filter: everything });
}

/** The relations of a shape that its values name. */
const edgesOf = ({ relations }: PatternPart): readonly string[] => relations.flatMap(({ name }) => name ?? []);

/** Whether each way in which a shape fits counts: it introduces nothing by which two of them differ. */
export const countsEach = (over: PatternPart): boolean => over.entities.length === 0 && edgesOf(over).length === 0;

function* overShape(
  graph: GraphSnapshot,
  {
    aggregate,
    value,
    over,
  }: {
    readonly aggregate: AggregateFunction;
    readonly value: PatternValue | null;
    readonly over: PatternPart;
  },
  bound: Bound,
  find: FindShape,
): Generator<null, Scalar> {
  // Entities of the same names outside are others.
  const entities = bound.entities.map((entity, position) => (over.entities.includes(position) ? undefined : entity));
  const edges = edgesOf(over);
  const isEach = countsEach(over);
  const met = new Set<string>();
  const values: Scalar[] = [];
  let count = 0;
  for (const found of find({ entities, edges: bound.edges }, over)) {
    if (found === null) {
      yield null;
      continue;
    }
    const key = JSON.stringify([
      over.entities.map((position) => found.entities[position]?.slug),
      edges.map((name) => keyOf(found.edges.get(name))),
    ]);
    if (!isEach && met.has(key)) continue;
    met.add(key);
    count += 1;
    if (value) values.push(yield* snapshotValue(graph, value, found, find));
  }
  return aggregate === 'COUNT' || value === null ? count : aggregateOf(aggregate, values);
}

const keyOf = (edge: SnapshotRelation | undefined) => edge && [edge.type, edge.from, edge.to];
