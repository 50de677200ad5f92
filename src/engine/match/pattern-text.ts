import { getOrInsert } from '../../ontology/get-or-insert.ts';
import type { Scope } from '../graph/scope.ts';
import { everything, type Filter, isEverything } from '../reads/filter.ts';
import { predicate, relatedTo, where } from '../reads/predicate.ts';
import {
  type AggregateFunction,
  entitiesIn,
  type NamedValue,
  type Pattern,
  type PatternComparison,
  type PatternEntity,
  type PatternPart,
  type PatternRelation,
  type PatternValue,
} from './match-pattern.ts';

/** Mean length of a year of the Gregorian calendar. */
export const DAYS_OF_YEAR = 365.2425;

/** An aggregate of values. Absent values do not count. */
export function aggregateOf(aggregate: Exclude<AggregateFunction, 'COUNT'>, value: string): string {
  // Neo4j's own average adds up quotients, which is less exact.
  if (aggregate === 'AVG') return `CASE WHEN count(${value}) > 0 THEN toFloat(sum(${value})) / count(${value}) END`;
  if (aggregate === 'MEDIAN') return `percentileCont(${value}, 0.5)`;
  return `${aggregate.toLowerCase()}(${value})`;
}

const hopRange = ({ minHops, maxHops }: PatternRelation) => {
  if (![minHops, maxHops].every(Number.isSafeInteger)) throw new Error('A number of hops must be an integer.');
  return minHops === 1 && maxHops === 1 ? '' : `*${minHops}..${maxHops}`;
};

const mayBeOne = (left: PatternEntity, right: PatternEntity) =>
  left.kind === right.kind || left.kind === 'Entity' || right.kind === 'Entity';

/** Writes the parts of one pattern. Each use in a statement has names of its own. */
export class PatternText {
  #names: readonly string[];
  readonly #pattern: Pattern;
  readonly #scope: Scope;
  readonly #edges = new Map<string, string>();
  readonly #columns = new Map<PatternValue, string>();

  constructor(pattern: Pattern, scope: Scope) {
    this.#pattern = pattern;
    this.#scope = scope;
    this.#names = pattern.entities.map(() => scope.variable('e'));
  }

  /** The names of the entities of a match, by their positions. */
  get names(): readonly string[] {
    return this.#names;
  }

  /** Everything that finds the sets of entities that fit. */
  find(): string {
    const { required, optional, negated } = this.#pattern;
    const exists = (part: PatternPart) => `EXISTS { ${this.#part(part, required.entities)} }`;
    const further = [
      ...negated.map((part) => `NOT ${exists(part)}`),
      ...this.#pattern.alternatives.map((shapes) => `(${shapes.map(exists).join(' OR ')})`),
      ...this.#pattern.unordered.flatMap((positions) =>
        positions
          .slice(1)
          .map((position, at) => `${this.names[positions[at] as number]}.id < ${this.names[position]}.id`),
      ),
    ];
    return [this.#part(required, [], further), ...optional.map((part) => this.#optional(part))].join(' ');
  }

  /**
   * Clauses that compute values of matches that are found, each from those before it, and the columns that hold them.
   *
   * @param kept columns that stay
   */
  compute(values: readonly NamedValue[], kept: readonly string[]): { clauses: string; columns: readonly string[] } {
    const all = [...kept];
    this.#columns.clear();
    const clauses = values.map(({ value }) => {
      const column = this.#scope.variable('x');
      const clause = ` WITH ${[...all, `${this.value(value)} AS ${column}`].join(', ')}`;
      this.#columns.set(value, column);
      all.push(column);
      return clause;
    });
    return { clauses: clauses.join(''), columns: all.slice(kept.length) };
  }

  /** A value as an expression on the entities of a match. */
  value(value: PatternValue): string {
    const column = this.#columns.get(value);
    if (column !== undefined) return column;
    if ('constant' in value) return this.#scope.value(value.constant);
    if ('aggregate' in value) return this.#aggregate(value.aggregate, value.value, value.over);
    if ('unit' in value) {
      const [of, from] = [this.value(value.of), this.value(value.from)];
      if (value.unit === 'NUMBER') return `(${of} - ${from})`;
      const days = `duration.inDays(date(${from}), date(${of})).days`;
      return value.unit === 'DAYS' ? days : `(${days} / ${DAYS_OF_YEAR})`;
    }
    if ('edge' in value) return `${this.#edgeName(value.edge)}.${value.property}`;
    const name = String(this.names[value.entity]);
    if ('property' in value) return `${name}.${value.property}`;
    const related = { relation: value.relation, filter: everything };
    return `COUNT { ${relatedTo(related, name, this.#scope)} }`;
  }

  /** A value may stand within a shape with entities of the same names, which are others. */
  #aggregate(aggregate: AggregateFunction, value: PatternValue | null, over: PatternPart): string {
    const outer = this.#names;
    this.#names = outer.map((name, position) => (over.entities.includes(position) ? this.#scope.variable('e') : name));
    const text = this.#aggregated(aggregate, value, over);
    this.#names = outer;
    return text;
  }

  #aggregated(aggregate: AggregateFunction, value: PatternValue | null, over: PatternPart): string {
    const { entities } = this.#pattern.required;
    // What is not shown is no longer known where values are computed.
    const named = new Set(entitiesIn(over));
    const touched = entities.filter((position) => named.has(position));
    const found = this.#part(over, entities, [], touched);
    const own = over.entities.map((position) => String(this.names[position]));
    const edges = over.relations.flatMap(({ name }) => (name === null ? [] : [this.#edgeName(name)]));
    const each = [...own, ...edges].join(', ');
    if (aggregate === 'COUNT' || value === null) return `COUNT { ${found}${each && ` RETURN DISTINCT ${each}`} }`;
    const one = this.#scope.variable('x');
    const distinct = each && ` WITH DISTINCT ${each}`;
    return `head(COLLECT { ${found}${distinct} WITH ${this.value(value)} AS ${one} RETURN ${aggregateOf(aggregate, one)} })`;
  }

  #edgeName(name: string): string {
    return getOrInsert(this.#edges, name, () => this.#scope.variable('r'));
  }

  #comparison({ left, is, right, until, orMissing }: PatternComparison): string {
    const [one, other] = [this.value(left), this.value(right)];
    const within = until === undefined ? '' : `${other} <= ${one} < ${this.#scope.value(until)}`;
    const holds = within === '' ? `${one} ${is} ${other}` : `${is === '=' ? '' : 'NOT '}(${within})`;
    return orMissing ? `coalesce(${holds}, true)` : holds;
  }

  #optional(part: PatternPart): string {
    const outer = this.#pattern.required.entities.map((position) => this.names[position]);
    const found = part.entities.map((position) => this.names[position]);
    const text = this.#part(part, this.#pattern.required.entities);
    return `OPTIONAL CALL (${outer.join(', ')}) { ${text} RETURN ${found.join(', ')} }`;
  }

  /**
   * A `MATCH` for each relation, since within one of them Cypher lets no two relations be the same.
   *
   * @param known positions of entities that are found before
   * @param apart those of them that the entities of the part differ from
   */
  #part(
    { entities, relations, comparisons }: PatternPart,
    known: readonly number[],
    further: readonly string[] = [],
    apart = known,
  ): string {
    const conditions: string[] = [];
    const matches = relations.map((relation) => {
      const isFree = isEverything(relation.edge);
      const edge = relation.name === null ? (isFree ? '' : this.#scope.variable('r')) : this.#edgeName(relation.name);
      const hops = hopRange(relation);
      if (!isFree) conditions.push(this.#edge(relation.edge, edge, hops !== ''));
      const arrow = `-[${edge}:${relation.types.join('|')}${hops}]-${relation.reading === 'BOTH' ? '' : '>'}`;
      return `MATCH ${this.#node(relation.from, known)}${arrow}${this.#node(relation.to, known)}`;
    });
    const alone = entities.filter((position) =>
      relations.every(({ from, to }) => from !== position && to !== position),
    );
    const starts = [...matches, ...alone.map((position) => `MATCH ${this.#node(position, known)}`)];
    const all = [
      ...entities.flatMap((position) => this.#conditions(position)),
      ...conditions,
      ...this.#different(entities, apart, relations),
      ...comparisons.map((comparison) => this.#comparison(comparison)),
      ...further,
    ];
    return `${starts.join(' ')}${where(all)}`;
  }

  #node(position: number, known: readonly number[]): string {
    const kind = this.#pattern.entities[position]?.kind;
    return known.includes(position) ? `(${this.names[position]})` : `(${this.names[position]}:${kind})`;
  }

  #edge(edge: Filter, name: string, several: boolean): string {
    if (!several) return predicate(edge, name, this.#scope);
    const one = this.#scope.variable('r');
    return `all(${one} IN ${name} WHERE ${predicate(edge, one, this.#scope)})`;
  }

  #conditions(position: number): readonly string[] {
    const { slugs, filter } = this.#pattern.entities[position] as PatternEntity;
    const name = String(this.names[position]);
    const [slug, ...others] = slugs ?? [];
    const named =
      slugs === null
        ? []
        : slug !== undefined && others.length === 0
          ? [`${name}.id = ${this.#scope.value(slug)}`]
          : [`${name}.id IN ${this.#scope.value(slugs)}`];
    return [...named, predicate(filter, name, this.#scope)];
  }

  #different(
    entities: readonly number[],
    known: readonly number[],
    relations: readonly PatternRelation[],
  ): readonly string[] {
    const { distinct } = this.#pattern;
    const at = (position: number) => this.#pattern.entities[position] as PatternEntity;
    // No hop at all leads from an entity to itself.
    const mayMeet = (one: number, other: number) =>
      relations.some(
        ({ from, to, minHops }) => minHops === 0 && [from, to].includes(one) && [from, to].includes(other),
      );
    const differs = (position: number) => distinct.includes(position);
    return entities.filter(differs).flatMap((position) =>
      [...known, ...entities.slice(0, entities.indexOf(position))]
        .filter(differs)
        .filter((other) => mayBeOne(at(other), at(position)) && !mayMeet(other, position))
        .map((other) => `${this.names[other]} <> ${this.names[position]}`),
    );
  }
}
