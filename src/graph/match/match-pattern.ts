import type { Kind } from '../../ontology/vocabulary.ts';
import type { RelationReading } from '../pattern.ts';
import { conjunction, type Filter, predicate } from '../reads/filter.ts';
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
export interface PatternRelation extends RelationReading {
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

/** A shape that sets of entities fit. The required part is connected, and every other part touches it. */
export interface Pattern {
  readonly entities: readonly PatternEntity[];
  readonly required: PatternPart;
  /** Optional relations; if they are missing, their entities are null. */
  readonly optional: readonly PatternPart[];
  /** Nothing may fit them. */
  readonly negated: readonly PatternPart[];
  /** Entities of different names are different. */
  readonly distinct: boolean;
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
    const absent = negated.map((part) => `NOT EXISTS { ${this.#part(part, required.entities)} }`);
    return [this.#part(required, [], absent), ...optional.map((part) => this.#optional(part))].join(' ');
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
      const arrow = `-[${edge}:${relation.relation}${hops}]-${relation.reading === 'BOTH' ? '' : '>'}`;
      return `MATCH ${this.#node(relation.from, known)}${arrow}${this.#node(relation.to, known)}`;
    });
    const [alone] = entities;
    const starts = matches.length === 0 && alone !== undefined ? [`MATCH ${this.#node(alone, known)}`] : matches;
    const all = conjunction([
      ...entities.flatMap((position) => this.#conditions(position)),
      ...conditions,
      ...this.#different(entities, known),
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

  #different(entities: readonly number[], known: readonly number[]): readonly string[] {
    if (!this.#pattern.distinct) return [];
    const at = (position: number) => this.#pattern.entities[position] as PatternEntity;
    return entities.flatMap((position, index) =>
      [...known, ...entities.slice(0, index)]
        .filter((other) => mayBeOne(at(other), at(position)))
        .map((other) => `${this.names[other]} <> ${this.names[position]}`),
    );
  }
}
