import {
  answeredBy,
  entitiesIn,
  type Pattern,
  type PatternComparison,
  type PatternPart,
  type PatternRelation,
  type PatternValue,
} from '../../engine/match/match-pattern.ts';
import type { Scalar } from '../../engine/reads/plan.ts';
import type { Pace } from './answer-plan.ts';
import { byCodePoints } from './code-points.ts';
import { compared, fits } from './condition.ts';
import { ConditionCache, SearchLimitExceeded } from './condition-cache.ts';
import { type GraphSnapshot, keyOf, type SnapshotEntity, type SnapshotRelation } from './graph-snapshot.ts';
import { type Bound, countsEach, nothingBound, snapshotValue, withEntity } from './snapshot-values.ts';

/** A value that follows from the entities of a match alone, without other relations or shapes. */
type SnapshotValue = Extract<
  PatternValue,
  | { readonly constant: unknown }
  | { readonly entity: number; readonly property: string }
  | { readonly relation: unknown }
>;

/** Whether a value can be known in a state in memory. */
export const isSnapshotValue = (value: PatternValue): value is SnapshotValue =>
  'constant' in value || 'entity' in value;

/** Maximum number of entities and relations that are looked at, and of sets of entities that are found. */
const MOST_STEPS = 200_000;
const MOST_ROWS = 10_000;

/** Steps between two turns of others. */
const BETWEEN_TURNS = 50;

/** `null` is a pause. */
type Found<Result = void> = Generator<Bound | null, Result>;

/** How the shapes of a part are found: each way once, or each set of entities. */
interface Finding {
  readonly known: readonly number[];
  readonly isEach: boolean;
}

/** Finds one pattern in one state, as the statement of `match` does (`engine/match/match-pattern`). */
export class Matching {
  readonly #graph: GraphSnapshot;
  readonly #pattern: Pattern;
  readonly #cache = new ConditionCache(MOST_STEPS);
  readonly #mostSteps: number;
  #steps = 0;

  /** @param mostSteps after which it is given up */
  constructor(graph: GraphSnapshot, pattern: Pattern, mostSteps: number) {
    this.#graph = graph;
    this.#pattern = pattern;
    this.#mostSteps = mostSteps;
  }

  /** The sets of entities that fit, some more than once, and pauses. @throws SearchLimitExceeded */
  *find(): Found {
    const { required, optional, negated, alternatives } = this.#pattern;
    for (const found of this.#part(nothingBound, required, { known: [], isEach: false })) {
      if (found === null) {
        yield null;
        continue;
      }
      if (!this.#isInOrder(found)) continue;
      if (yield* this.#some(negated, found)) continue;
      let isOne = true;
      for (const shapes of alternatives) isOne &&= yield* this.#some(shapes, found);
      if (isOne) yield* this.#completed(found, optional);
    }
  }

  /** A value of a match. */
  value(value: PatternValue, found: Bound): Generator<null, Scalar> {
    return snapshotValue(this.#graph, value, found, (bound, over) => {
      const named = new Set(entitiesIn(over));
      const known = this.#pattern.required.entities.filter((position) => named.has(position));
      return this.#part(bound, over, { known, isEach: countsEach(over) });
    });
  }

  get #beside(): Finding {
    return { known: this.#pattern.required.entities, isEach: false };
  }

  *#some(parts: readonly PatternPart[], found: Bound): Generator<null, boolean> {
    for (const part of parts) {
      for (const one of this.#part(found, part, this.#beside)) {
        if (one !== null) return true;
        yield null;
      }
    }
    return false;
  }

  /** With each way in which the optional parts are there, or without them. */
  *#completed(found: Bound, [part, ...others]: readonly PatternPart[]): Found {
    if (!part) {
      yield found;
      return;
    }
    let isThere = false;
    for (const one of this.#part(found, part, this.#beside)) {
      if (one === null) yield null;
      else {
        isThere = true;
        yield* this.#completed(one, others);
      }
    }
    if (isThere) return;
    let absent = found;
    for (const position of part.entities) absent = withEntity(absent, position, null);
    yield* this.#completed(absent, others);
  }

  *#part(bound: Bound, part: PatternPart, { known, isEach }: Finding): Found {
    const differing = [...known, ...part.entities].filter((position) => this.#pattern.distinct.includes(position));
    const mayMeet = (one: number, other: number) =>
      part.relations.some(
        ({ from, to, minHops }) => minHops === 0 && [from, to].includes(one) && [from, to].includes(other),
      );
    const admits = (position: number, entity: SnapshotEntity, { entities: given }: Bound) => {
      const { kind, slugs, filter } = this.#entity(position);
      return (
        (kind === 'Entity' || kind === entity.kind) &&
        (slugs === null || slugs.includes(entity.slug)) &&
        (!differing.includes(position) ||
          differing.every((other) => mayMeet(other, position) || given[other]?.slug !== entity.slug)) &&
        fits(this.#graph, filter, entity, null, this.#cache)
      );
    };
    for (const found of this.#follow(bound, part.entities, part.relations, { admits, isEach })) {
      if (found === null || (yield* this.#holdAll(part.comparisons, found))) yield found;
    }
  }

  *#follow(
    bound: Bound,
    entities: readonly number[],
    open: readonly PatternRelation[],
    how: {
      readonly admits: (position: number, entity: SnapshotEntity, bound: Bound) => boolean;
      readonly isEach: boolean;
    },
  ): Found {
    const at = bound.entities;
    const next = open.find(({ from, to }) => at[from] && at[to]) ?? open.find(({ from, to }) => at[from] || at[to]);
    const rest = open.filter((one) => one !== next);
    if (!next) {
      const start = this.#start(entities.filter((position) => !at[position]));
      if (start === undefined) {
        yield bound;
        return;
      }
      for (const entity of this.#candidates(start)) {
        if (this.#step()) yield null;
        if (how.admits(start, entity, bound))
          yield* this.#follow(withEntity(bound, start, entity), entities, open, how);
      }
      return;
    }
    const [near, far] = at[next.from] ? [next.from, next.to] : [next.to, next.from];
    const seen = new Set<string>();
    for (const trail of this.#reached(next, String(at[near]?.slug), near === next.from)) {
      if (trail === null || this.#step()) yield null;
      if (trail === null) continue;
      const [slug, edge] = trail;
      if (next.name === null && !how.isEach && seen.has(slug)) continue;
      seen.add(slug);
      const entity = this.#graph.entity(slug);
      const known = at[far];
      if (!entity || (known ? known.slug !== slug : !how.admits(far, entity, bound))) continue;
      const reached = withEntity(bound, far, entity);
      const named =
        next.name !== null && edge ? { ...reached, edges: new Map(bound.edges).set(next.name, edge) } : reached;
      yield* this.#follow(named, entities, rest, how);
    }
  }

  /** The ends of all trails of a relation, each with its last relation, and pauses: within one, no relation is used twice. */
  *#reached(relation: PatternRelation, start: string, forward: boolean): Generator<Trail | null> {
    const { minHops, maxHops } = relation;
    const [graph, cache] = [this.#graph, this.#cache];
    const used = new Set<string>();
    const edges = (slug: string) => {
      const at = (end: 'from' | 'to') => relation.types.flatMap((type) => graph.relationsAt(slug, type, end));
      if (relation.reading === 'FORWARD') return at(forward ? 'from' : 'to');
      return [...at('from'), ...at('to').filter(({ from, to }) => from !== to)];
    };
    const step = () => this.#step();
    function* walk(slug: string, hops: number, last: SnapshotRelation | null): Generator<Trail | null> {
      if (hops >= minHops) yield [slug, last];
      if (hops === maxHops) return;
      for (const edge of edges(slug)) {
        if (step()) yield null;
        const subject = { form: edge.form, relation: edge };
        const key = keyOf(edge);
        if (used.has(key) || !fits(graph, relation.edge, subject, null, cache)) continue;
        used.add(key);
        yield* walk(edge.from === slug ? edge.to : edge.from, hops + 1, edge);
        used.delete(key);
      }
    }
    yield* walk(start, 0, null);
  }

  #entity(position: number) {
    const entity = this.#pattern.entities[position];
    if (!entity) throw new Error(`The pattern has no entity ${position}.`);
    return entity;
  }

  #candidates(position: number): Iterable<SnapshotEntity> {
    const { kind, slugs } = this.#entity(position);
    return slugs?.flatMap((slug) => this.#graph.entity(slug) ?? []) ?? this.#graph.entities(kind);
  }

  /** Where fewest entities are looked at. */
  #start(positions: readonly number[]): number | undefined {
    const sizeOf = (position: number) => {
      const { kind, slugs } = this.#entity(position);
      return slugs?.length ?? this.#graph.count(kind);
    };
    return [...positions].sort((left, right) => sizeOf(left) - sizeOf(right))[0];
  }

  #isInOrder(found: Bound): boolean {
    return this.#pattern.unordered.every((positions) =>
      positions
        .slice(1)
        .every((position, at) => byCodePoints(slugAt(found, positions[at] ?? 0), slugAt(found, position)) < 0),
    );
  }

  *#holdAll(comparisons: readonly PatternComparison[], found: Bound): Generator<null, boolean> {
    for (const one of comparisons) if (!(yield* this.#holds(one, found))) return false;
    return true;
  }

  *#holds({ left, is, right, until, orMissing }: PatternComparison, found: Bound): Generator<null, boolean> {
    const one = yield* this.value(left, found);
    const other = yield* this.value(right, found);
    if (one === null || other === null) return orMissing;
    if (until === undefined) return compared(is, one, other);
    return (compared('>=', one, other) && compared('<', one, until)) === (is === '=');
  }

  /** Counts a step. @returns whether others should have their turn @throws SearchLimitExceeded */
  #step(): boolean {
    this.#steps += 1;
    if (this.#steps > this.#mostSteps) throw new SearchLimitExceeded('Finding the pattern takes too many steps.');
    return this.#steps % BETWEEN_TURNS === 0;
  }
}

const slugAt = ({ entities }: Bound, position: number) => entities[position]?.slug ?? '';

/** The end of a trail, and its last relation; `null` if it has none. */
type Trail = readonly [slug: string, edge: SnapshotRelation | null];

/** The slugs of a set of entities that fits a pattern, in the order of its positions; `null` for what is missing. */
export type SnapshotMatch = readonly (string | null)[];

/** All sets of entities of a state that fit a pattern, each once. @throws SearchLimitExceeded, and what `pace` throws */
export async function matchesIn(graph: GraphSnapshot, pattern: Pattern, pace: Pace): Promise<readonly SnapshotMatch[]> {
  const shown = answeredBy(pattern);
  const found = new Map<string, SnapshotMatch>();
  for (const one of new Matching(graph, pattern, MOST_STEPS).find()) {
    if (one === null) {
      await pace();
      continue;
    }
    const row = shown.map((position) => one.entities[position]?.slug ?? null);
    found.set(row.join(' '), row);
    if (found.size > MOST_ROWS)
      throw new SearchLimitExceeded(`More than ${MOST_ROWS} sets of entities fit the pattern.`);
  }
  return [...found.values()];
}
