import { getOrInsert } from '../../ontology/get-or-insert.ts';
import { filterCost } from '../costs/list-cost.ts';
import { leftBy } from '../costs/selectivity.ts';
import type { RelationReading } from '../graph/pattern.ts';
import { type Meeting, reversed } from '../reads/degrees.ts';
import type { Filter } from '../reads/filter.ts';
import { entityCount, expectedFanOut, expectedFollowed, type Statistics } from '../reads/statistics.ts';
import type { Pattern, PatternEntity, PatternPart, PatternRelation, PatternValue } from './match-pattern.ts';

/**
 * A relation that is passed over on the way to those of a type, against a relation that is taken, with its far end, what is
 * asked of it, and its sort keys.
 */
const PASSED = 0.25;

/** Reads that a visit stands for, and those of them that test what a filter usually asks. */
const READS_OF_VISIT = 4;
const USUALLY_TESTED = 3;

/** The part of all entities that are assumed to have the same value as one of them. */
const EQUAL = 0.1;

/** The work of finding part of a pattern: visits so far, and the sets of entities that are found by them. */
interface Work {
  readonly visits: number;
  readonly rows: number;
}

/** How many relations are passed over, and how many are taken, from an entity that is met by others. */
interface Followed {
  readonly passed: number;
  readonly taken: number;
}

class Estimate {
  readonly #pattern: Pattern;
  readonly #statistics: Statistics;
  readonly #known = new Map<PatternRelation, Map<string, Followed>>();
  readonly #visits = new Map<number, number>();

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
    const { slugs, filter, kind } = this.#entity(position);
    if (slugs !== null) return Math.min(slugs.length / this.#all(position), 1);
    return leftBy(filter, kind, this.#statistics);
  }

  /** The visits that testing a filter stands for, beside the one that is tested. */
  #testing(filter: Filter, kind: PatternEntity['kind']): number {
    return Math.max(0, filterCost(filter, kind, this.#statistics) - USUALLY_TESTED) / READS_OF_VISIT;
  }

  /** A visit of an entity that may match at a position. */
  #visit(position: number): number {
    return getOrInsert(this.#visits, position, () => {
      const { filter, kind } = this.#entity(position);
      return 1 + this.#testing(filter, kind);
    });
  }

  /** A relation as the entity at one of its ends reads it, for each of its types. */
  #asRead({ types, reading, from }: PatternRelation, near: number): readonly RelationReading[] {
    const towards = reading === 'FORWARD' && near !== from ? 'BACKWARD' : reading;
    return types.map((relation) => ({ relation, reading: towards }));
  }

  /** Estimated once, as each start needs it. */
  #followed(relation: PatternRelation, near: number, via: RelationReading | undefined): Followed {
    const key = `${near} ${via?.relation} ${via?.reading}`;
    const ofRelation = getOrInsert(this.#known, relation, () => new Map());
    return getOrInsert(ofRelation, key, () => this.#following(relation, near, via));
  }

  #following(relation: PatternRelation, near: number, via: RelationReading | undefined): Followed {
    const { kind } = this.#entity(near);
    const ends = this.#asRead(relation, near);
    const sum = (meeting: Pick<Meeting, 'via'>) =>
      ends.reduce((total, end) => total + expectedFanOut(this.#statistics, end, kind, meeting), 0);
    const passed = Math.max(...ends.map((end) => expectedFollowed(this.#statistics, end, kind, { via })));
    const { minHops, maxHops } = relation;
    if (minHops === 1 && maxHops === 1) return { passed, taken: sum({ via }) };
    // The second hop starts where the first leads to.
    const [next] = ends;
    const further = sum({ via: next && reversed(next) });
    let [taken, level] = [minHops === 0 ? 1 : 0, sum({ via })];
    for (let hop = 1; hop <= maxHops; hop += 1) {
      if (hop >= minHops) taken += level;
      level *= further;
    }
    return { passed, taken };
  }

  /** Follows the relations of a part, each time the one that leads to the fewest. */
  follow(part: PatternPart, known: readonly number[], start: Work): Work {
    const found = new Map<number, RelationReading | undefined>(known.map((position) => [position, undefined]));
    const open = new Set(part.relations);
    let { visits, rows } = start;
    for (;;) {
      const steps = [...open].flatMap((relation) => this.#step(relation, found));
      const [step] = steps.sort((left, right) => left.left - right.left);
      if (!step) {
        // Nothing but comparisons leads on.
        const next = part.entities.find((position) => !found.has(position));
        if (next === undefined) break;
        visits += rows * this.#all(next) * this.#visit(next);
        rows *= Math.max(1, this.#all(next) * this.#share(next) * (part.comparisons.length > 0 ? EQUAL : 1));
        found.set(next, undefined);
        continue;
      }
      visits += rows * step.visited;
      rows *= step.left;
      if (!found.has(step.far)) found.set(step.far, this.#asRead(step.relation, step.far)[0]);
      open.delete(step.relation);
    }
    return { visits, rows };
  }

  #step(relation: PatternRelation, found: ReadonlyMap<number, RelationReading | undefined>) {
    const { from, to } = relation;
    const near = found.has(from) ? from : found.has(to) ? to : undefined;
    if (near === undefined) return [];
    const far = near === from ? to : from;
    const { passed, taken } = this.#followed(relation, near, found.get(near));
    const isKnown = found.has(far);
    const left = isKnown ? taken / this.#all(far) : taken * this.#share(far);
    const each = (isKnown ? 1 : this.#visit(far)) + this.#testing(relation.edge, 'Entity');
    return [{ relation, far, visited: PASSED * passed + taken * each, left }];
  }

  /** The required part from the entity at a position, then the optional and the negated parts. */
  from(position: number): number {
    const { required, optional, negated, alternatives, values } = this.#pattern;
    const all = this.#all(position);
    const rows = all * this.#share(position);
    // A slug is found through an index; a filter is tested on all entities of the kind.
    const visits = (this.#entity(position).slugs === null ? all : rows) * this.#visit(position);
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
