import type { Kind, RelationType } from '../../ontology/vocabulary.ts';
import type { RelationReading } from '../pattern.ts';
import { type Comparison, conjunction, everything, type Filter, predicate, relatedTo } from '../reads/filter.ts';
import type { Scope } from '../scope.ts';

/** An entity that a pattern looks for. */
export interface PatternEntity {
  readonly name: string;
  readonly kind: Kind | 'Entity';
  /** Slugs of the allowed entities; `null` if any is allowed. */
  readonly slugs: readonly string[] | null;
  readonly filter: Filter;
}

/** A relation that a pattern looks for, from the entity at one position to that at another, by one or several hops. */
export interface PatternRelation {
  /** Any of these. */
  readonly types: readonly RelationType[];
  readonly reading: 'FORWARD' | 'BOTH';
  readonly from: number;
  readonly to: number;
  readonly minHops: number;
  readonly maxHops: number;
  /** Holds for every hop. */
  readonly edge: Filter;
}

/** Relations that match together or not at all, and the positions of the entities that they introduce. */
export interface PatternPart {
  readonly entities: readonly number[];
  readonly relations: readonly PatternRelation[];
}

/** What two entities of a pattern are compared by: a property, or the number of their relations of one type. */
export type ComparedValue =
  | { readonly entity: number; readonly property: string }
  | { readonly entity: number; readonly relation: RelationReading };

/** A comparison of two entities of the required part. It does not hold where a value is absent. */
export interface PatternComparison {
  readonly left: ComparedValue;
  readonly is: Comparison;
  readonly right: ComparedValue;
}

/** A shape that sets of entities fit. The required part is connected, and every other part touches it. */
export interface Pattern {
  readonly entities: readonly PatternEntity[];
  readonly required: PatternPart;
  /** Optional relations; if they are missing, their entities are null. */
  readonly optional: readonly PatternPart[];
  /** Nothing may fit them. */
  readonly negated: readonly PatternPart[];
  /** At least one of each list fits. */
  readonly alternatives: readonly (readonly PatternPart[])[];
  readonly comparisons: readonly PatternComparison[];
  /** Positions of the entities that are different from one another. */
  readonly distinct: readonly number[];
  /** Positions of entities that may swap places: of all their orders, only that of their slugs matches. */
  readonly unordered: readonly (readonly number[])[];
}

const hopRange = ({ minHops, maxHops }: PatternRelation) => {
  if (![minHops, maxHops].every(Number.isSafeInteger)) throw new Error('A number of hops must be an integer.');
  return minHops === 1 && maxHops === 1 ? '' : `*${minHops}..${maxHops}`;
};

const mayBeOne = (left: PatternEntity, right: PatternEntity) =>
  left.kind === right.kind || left.kind === 'Entity' || right.kind === 'Entity';

/** Writes the parts of one pattern. Each use in a statement has names of its own. */
export class PatternText {
  readonly names: readonly string[];
  readonly #pattern: Pattern;
  readonly #scope: Scope;

  constructor(pattern: Pattern, scope: Scope) {
    this.#pattern = pattern;
    this.#scope = scope;
    this.names = pattern.entities.map(() => scope.variable('e'));
  }

  /** Everything that finds the sets of entities that fit. */
  find(): string {
    const { required, optional, negated } = this.#pattern;
    const exists = (part: PatternPart) => `EXISTS { ${this.#part(part, required.entities)} }`;
    const further = [
      ...negated.map((part) => `NOT ${exists(part)}`),
      ...this.#pattern.alternatives.map((shapes) => `(${shapes.map(exists).join(' OR ')})`),
      ...this.#pattern.comparisons.map(
        ({ left, is, right }) => `${this.#compared(left)} ${is} ${this.#compared(right)}`,
      ),
      ...this.#pattern.unordered.flatMap((positions) =>
        positions
          .slice(1)
          .map((position, at) => `${this.names[positions[at] as number]}.id < ${this.names[position]}.id`),
      ),
    ];
    return [this.#part(required, [], further), ...optional.map((part) => this.#optional(part))].join(' ');
  }

  #compared(value: ComparedValue): string {
    const name = String(this.names[value.entity]);
    if ('property' in value) return `${name}.${value.property}`;
    const related = { relation: value.relation, filter: everything, edge: everything };
    return `COUNT { ${relatedTo(related, name, this.#scope)} }`;
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
   */
  #part({ entities, relations }: PatternPart, known: readonly number[], further: readonly string[] = []): string {
    const conditions: string[] = [];
    const matches = relations.map((relation) => {
      const edge = 'all' in relation.edge && relation.edge.all.length === 0 ? '' : this.#scope.variable('r');
      const hops = hopRange(relation);
      if (edge !== '') conditions.push(this.#edge(relation.edge, edge, hops !== ''));
      const arrow = `-[${edge}:${relation.types.join('|')}${hops}]-${relation.reading === 'BOTH' ? '' : '>'}`;
      return `MATCH ${this.#node(relation.from, known)}${arrow}${this.#node(relation.to, known)}`;
    });
    const [alone] = entities;
    const starts = matches.length === 0 && alone !== undefined ? [`MATCH ${this.#node(alone, known)}`] : matches;
    const all = conjunction([
      ...entities.flatMap((position) => this.#conditions(position)),
      ...conditions,
      ...this.#different(entities, known, relations),
      ...further,
    ]);
    return `${starts.join(' ')}${all === 'true' ? '' : ` WHERE ${all}`}`;
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
