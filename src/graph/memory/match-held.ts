import {
  answeredBy,
  type Pattern,
  type PatternComparison,
  type PatternPart,
  type PatternRelation,
  type PatternValue,
} from '../match/match-pattern.ts';
import { everything } from '../reads/filter.ts';
import type { Pace } from './answer-plan.ts';
import { byCodePoints } from './code-points.ts';
import { compared, countRelated, fits } from './condition.ts';
import { Decided, TooWide } from './decided.ts';
import { valueIn } from './followed.ts';
import type { HeldEntity, HeldGraph, HeldRelation } from './held-graph.ts';

/** A value that follows from the entities of a match alone, without other relations or shapes. */
type HeldValue = Extract<
  PatternValue,
  | { readonly constant: unknown }
  | { readonly entity: number; readonly property: string }
  | { readonly relation: unknown }
>;

/** Whether a value can be known in a state in memory. */
export const isHeldValue = (value: PatternValue): value is HeldValue => 'constant' in value || 'entity' in value;

/** Maximum number of entities and relations that are looked at, and of sets of entities that are found. */
const MOST_STEPS = 200_000;
const MOST_ROWS = 10_000;

/** Steps between two turns of others. */
const BETWEEN_TURNS = 50;

/** The entity at each position of a pattern; `null` where an optional one is missing. */
type Assignment = readonly (HeldEntity | null | undefined)[];

/** `null` is a pause. */
type Found<Result = void> = Generator<Assignment | null, Result>;

const withEntity = (bound: Assignment, position: number, entity: HeldEntity | null): Assignment => {
  const next = [...bound];
  next[position] = entity;
  return next;
};

/** Finds one pattern in one state, as the statement of `match` does (`graph/match/match-pattern`). */
class Matching {
  readonly #graph: HeldGraph;
  readonly #pattern: Pattern;
  readonly #decided = new Decided(MOST_STEPS);
  #steps = 0;

  constructor(graph: HeldGraph, pattern: Pattern) {
    this.#graph = graph;
    this.#pattern = pattern;
  }

  *find(): Found {
    const { required, optional, negated, alternatives } = this.#pattern;
    for (const found of this.#part([], required, [])) {
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

  *#some(parts: readonly PatternPart[], found: Assignment): Generator<null, boolean> {
    for (const part of parts) {
      for (const one of this.#part(found, part, this.#pattern.required.entities)) {
        if (one !== null) return true;
        yield null;
      }
    }
    return false;
  }

  /** With each way in which the optional parts are there, or without them. */
  *#completed(found: Assignment, [part, ...others]: readonly PatternPart[]): Found {
    if (!part) {
      yield found;
      return;
    }
    let isThere = false;
    for (const one of this.#part(found, part, this.#pattern.required.entities)) {
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

  *#part(bound: Assignment, part: PatternPart, known: readonly number[]): Found {
    const differing = [...known, ...part.entities].filter((position) => this.#pattern.distinct.includes(position));
    const mayMeet = (one: number, other: number) =>
      part.relations.some(
        ({ from, to, minHops }) => minHops === 0 && [from, to].includes(one) && [from, to].includes(other),
      );
    const admits = (position: number, entity: HeldEntity, given: Assignment) => {
      const { kind, slugs, filter } = this.#entity(position);
      return (
        (kind === 'Entity' || kind === entity.kind) &&
        (slugs === null || slugs.includes(entity.slug)) &&
        (!differing.includes(position) ||
          differing.every((other) => mayMeet(other, position) || given[other]?.slug !== entity.slug)) &&
        fits(this.#graph, filter, entity, null, this.#decided)
      );
    };
    for (const found of this.#follow(bound, part.entities, part.relations, admits)) {
      if (found === null || part.comparisons.every((one) => this.#holds(one, found))) yield found;
    }
  }

  *#follow(
    bound: Assignment,
    entities: readonly number[],
    open: readonly PatternRelation[],
    admits: (position: number, entity: HeldEntity, bound: Assignment) => boolean,
  ): Found {
    const next =
      open.find(({ from, to }) => bound[from] && bound[to]) ?? open.find(({ from, to }) => bound[from] || bound[to]);
    const rest = open.filter((one) => one !== next);
    if (!next) {
      const start = this.#start(entities.filter((position) => !bound[position]));
      if (start === undefined) {
        yield bound;
        return;
      }
      for (const entity of this.#candidates(start)) {
        if (this.#step()) yield null;
        if (admits(start, entity, bound)) yield* this.#follow(withEntity(bound, start, entity), entities, open, admits);
      }
      return;
    }
    const [near, far] = bound[next.from] ? [next.from, next.to] : [next.to, next.from];
    const seen = new Set<string>();
    for (const slug of this.#reached(next, String(bound[near]?.slug), near === next.from)) {
      if (slug === null || this.#step()) yield null;
      if (slug === null || seen.has(slug)) continue;
      seen.add(slug);
      const entity = this.#graph.entity(slug);
      const known = bound[far];
      if (!entity || (known ? known.slug !== slug : !admits(far, entity, bound))) continue;
      yield* this.#follow(withEntity(bound, far, entity), entities, rest, admits);
    }
  }

  /** The ends of all trails of a relation, and pauses: within one, no relation is used twice. */
  *#reached(relation: PatternRelation, start: string, forward: boolean): Generator<string | null> {
    const { minHops, maxHops } = relation;
    const [graph, decided] = [this.#graph, this.#decided];
    const used = new Set<HeldRelation>();
    const edges = (slug: string) => {
      const at = (end: 'from' | 'to') => relation.types.flatMap((type) => graph.relationsAt(slug, type, end));
      if (relation.reading === 'FORWARD') return at(forward ? 'from' : 'to');
      return [...at('from'), ...at('to').filter(({ from, to }) => from !== to)];
    };
    const step = () => this.#step();
    function* walk(slug: string, hops: number): Generator<string | null> {
      if (hops >= minHops) yield slug;
      if (hops === maxHops) return;
      for (const edge of edges(slug)) {
        if (step()) yield null;
        const held = { form: edge.form, relation: edge };
        if (used.has(edge) || !fits(graph, relation.edge, held, null, decided)) continue;
        used.add(edge);
        yield* walk(edge.from === slug ? edge.to : edge.from, hops + 1);
        used.delete(edge);
      }
    }
    yield* walk(start, 0);
  }

  #entity(position: number) {
    const entity = this.#pattern.entities[position];
    if (!entity) throw new Error(`The pattern has no entity ${position}.`);
    return entity;
  }

  #candidates(position: number): Iterable<HeldEntity> {
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

  #isInOrder(found: Assignment): boolean {
    return this.#pattern.unordered.every((positions) =>
      positions
        .slice(1)
        .every((position, at) => byCodePoints(slugAt(found, positions[at] ?? 0), slugAt(found, position)) < 0),
    );
  }

  #holds({ left, is, right, until, orMissing }: PatternComparison, found: Assignment): boolean {
    const [one, other] = [this.#valueOf(left, found), this.#valueOf(right, found)];
    if (one === null || other === null) return orMissing;
    if (until === undefined) return compared(is, one, other);
    return (compared('>=', one, other) && compared('<', one, until)) === (is === '=');
  }

  #valueOf(value: PatternValue, found: Assignment): unknown {
    if (!isHeldValue(value)) throw new Error('The pattern compares values that are not held in memory.');
    if ('constant' in value) return value.constant;
    const entity = found[value.entity];
    if (!entity) return null;
    if ('property' in value) return valueIn(entity, value.property);
    return countRelated(this.#graph, entity.slug, { relation: value.relation, filter: everything });
  }

  /** Counts a step. @returns whether others should have their turn @throws TooWide */
  #step(): boolean {
    this.#steps += 1;
    if (this.#steps > MOST_STEPS) throw new TooWide('Finding the pattern takes too many steps.');
    return this.#steps % BETWEEN_TURNS === 0;
  }
}

const slugAt = (found: Assignment, position: number) => found[position]?.slug ?? '';

/** The slugs of a set of entities that fits a pattern, in the order of its positions; `null` for what is missing. */
export type HeldMatch = readonly (string | null)[];

/** All sets of entities of a state that fit a pattern, each once. @throws TooWide, and what `pace` throws */
export async function matchesIn(graph: HeldGraph, pattern: Pattern, pace: Pace): Promise<readonly HeldMatch[]> {
  const shown = answeredBy(pattern);
  const found = new Map<string, HeldMatch>();
  for (const one of new Matching(graph, pattern).find()) {
    if (one === null) {
      await pace();
      continue;
    }
    const row = shown.map((position) => one[position]?.slug ?? null);
    found.set(row.join(' '), row);
    if (found.size > MOST_ROWS) throw new TooWide(`More than ${MOST_ROWS} sets of entities fit the pattern.`);
  }
  return [...found.values()];
}
