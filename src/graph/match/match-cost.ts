import { leftBy } from '../reads/list-cost.ts';
import { averageFanOut, entityCount, type Statistics } from '../reads/statistics.ts';
import type { Pattern, PatternEntity, PatternPart, PatternRelation, PatternValue } from './match-pattern.ts';

/**
 * Traversals meet entities with many relations more often than others, so a fan-out is assumed to be this many times
 * its average.
 */
const SKEW = 4;

/** The part of all entities that are assumed to have the same value as one of them. */
const EQUAL = 0.1;

/** The work of finding part of a pattern: visits so far, and the sets of entities that are found by them. */
interface Work {
  readonly visits: number;
  readonly rows: number;
}

class Estimate {
  readonly #pattern: Pattern;
  readonly #statistics: Statistics;

  constructor(pattern: Pattern, statistics: Statistics) {
    this.#pattern = pattern;
    this.#statistics = statistics;
  }

  #entity(position: number): PatternEntity {
    return this.#pattern.entities[position] as PatternEntity;
  }

  #all(position: number): number {
    return Math.max(entityCount(this.#statistics, this.#entity(position).kind), 1);
  }

  /** The share of its kind that can match at a position. */
  #share(position: number): number {
    const { slugs, filter } = this.#entity(position);
    if (slugs !== null) return Math.min(slugs.length / this.#all(position), 1);
    return leftBy(filter);
  }

  #fanOut({ types, reading, from, minHops, maxHops }: PatternRelation, near: number): number {
    const backward = reading === 'FORWARD' && near !== from;
    const towards = backward ? 'BACKWARD' : reading;
    const { kind } = this.#entity(near);
    const average = types.reduce(
      (sum, relation) => sum + averageFanOut(this.#statistics, { relation, reading: towards }, kind),
      0,
    );
    const one = average > 1 ? average * SKEW : average;
    let reached = 0;
    for (let hops = minHops; hops <= maxHops; hops += 1) reached += one ** hops;
    return reached;
  }

  /** Follows the relations of a part, each time the one that leads to the fewest. */
  follow(part: PatternPart, known: readonly number[], start: Work): Work {
    const found = new Set(known);
    const open = new Set(part.relations);
    let { visits, rows } = start;
    for (;;) {
      const steps = [...open].flatMap((relation) => this.#step(relation, found));
      const [step] = steps.sort((left, right) => left.left - right.left);
      if (!step) {
        // Nothing but comparisons leads on.
        const next = part.entities.find((position) => !found.has(position));
        if (next === undefined) break;
        visits += rows * this.#all(next);
        rows *= Math.max(1, this.#all(next) * this.#share(next) * (part.comparisons.length > 0 ? EQUAL : 1));
        found.add(next);
        continue;
      }
      visits += rows * step.visited;
      rows *= step.left;
      found.add(step.relation.from).add(step.relation.to);
      open.delete(step.relation);
    }
    return { visits, rows };
  }

  #step(relation: PatternRelation, found: ReadonlySet<number>) {
    const { from, to } = relation;
    const near = found.has(from) ? from : found.has(to) ? to : undefined;
    if (near === undefined) return [];
    const far = near === from ? to : from;
    const visited = this.#fanOut(relation, near);
    return [{ relation, visited, left: found.has(far) ? visited / this.#all(far) : visited * this.#share(far) }];
  }

  /** The required part from the entity at a position, then the optional and the negated parts. */
  from(position: number): number {
    const { required, optional, negated, alternatives, values } = this.#pattern;
    const all = this.#all(position);
    const rows = all * this.#share(position);
    // A slug is found through an index; a filter is tested on all entities of the kind.
    const visits = this.#entity(position).slugs === null ? all : rows;
    let work = this.follow(required, [position], { visits, rows });
    const beside = [...negated, ...alternatives.flat()];
    const computed = [required, ...beside].flatMap(shapesComparedIn);
    for (const part of [...beside, ...computed, ...values.flatMap(({ value }) => shapesIn(value))])
      work = { ...work, visits: this.follow(part, required.entities, work).visits };
    for (const part of optional) {
      const { visits, rows } = this.follow(part, required.entities, work);
      work = { visits, rows: Math.max(rows, work.rows) };
    }
    return work.visits;
  }
}

/** The shapes that a value is computed over, as often as it is. */
function shapesIn(value: PatternValue): readonly PatternPart[] {
  if ('unit' in value) return [...shapesIn(value.of), ...shapesIn(value.from)];
  if (!('aggregate' in value)) return [];
  return [value.over, ...shapesComparedIn(value.over), ...(value.value ? shapesIn(value.value) : [])];
}

const shapesComparedIn = ({ comparisons }: PatternPart): readonly PatternPart[] =>
  comparisons.flatMap(({ left, right }) => [...shapesIn(left), ...shapesIn(right)]);

/**
 * About how many entities and relations Neo4j visits to find all that fits a pattern, from the best start: from counts
 * of kinds and relations, so within an order of magnitude or two.
 */
export function matchCost(pattern: Pattern, statistics: Statistics): number {
  const estimate = new Estimate(pattern, statistics);
  return Math.ceil(Math.min(...pattern.required.entities.map((position) => estimate.from(position))));
}
