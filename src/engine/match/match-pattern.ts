import type { Kind, RelationType } from '../../ontology/vocabulary.ts';
import type { RelationReading } from '../graph/pattern.ts';
import type { Comparison, Filter } from '../reads/filter.ts';

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
  /** What values call it; `null` if they do not. */
  readonly name: string | null;
}

/** Relations and comparisons that hold together or not at all, and the positions of the entities that they introduce. */
export interface PatternPart {
  readonly entities: readonly number[];
  readonly relations: readonly PatternRelation[];
  readonly comparisons: readonly PatternComparison[];
}

export type Unit = 'NUMBER' | 'DAYS' | 'YEARS';
export type AggregateFunction = 'COUNT' | 'MIN' | 'MAX' | 'SUM' | 'AVG' | 'MEDIAN';

/** A value of a match. It is absent where what it is made of is absent. */
export type PatternValue =
  | { readonly entity: number; readonly property: string }
  /** Of the relation with this name. */
  | { readonly edge: string; readonly property: string }
  /** Number of relations of the entity. */
  | { readonly entity: number; readonly relation: RelationReading }
  | { readonly constant: number | string }
  | { readonly of: PatternValue; readonly from: PatternValue; readonly unit: Unit }
  /** Over all that fits a shape beside the match. */
  | { readonly aggregate: AggregateFunction; readonly value: PatternValue | null; readonly over: PatternPart };

export interface PatternComparison {
  readonly left: PatternValue;
  readonly is: Comparison;
  readonly right: PatternValue;
  /** For `=` and `<>`, where the right value begins a period: the first text after it. */
  readonly until?: string;
  /** Whether it holds where a value is absent. */
  readonly orMissing: boolean;
}

/** A value that rows of a match show, are sorted by or are grouped with. */
export interface NamedValue {
  readonly name: string;
  readonly value: PatternValue;
  /** `number`, `date`, `text`, `boolean`, or an enumeration. */
  readonly type: string;
  /** Positions of the entities of the match that it is about. */
  readonly entities: readonly number[];
}

/** A shape that sets of entities fit. The required part is connected by relations and equal values, and every other part touches it. */
export interface Pattern {
  readonly entities: readonly PatternEntity[];
  readonly required: PatternPart;
  /** Optional relations; if they are missing, their entities are null. */
  readonly optional: readonly PatternPart[];
  /** Nothing may fit them. */
  readonly negated: readonly PatternPart[];
  /** At least one of each list fits. */
  readonly alternatives: readonly (readonly PatternPart[])[];
  readonly values: readonly NamedValue[];
  /** Positions of the entities that are different from one another. */
  readonly distinct: readonly number[];
  /** Positions of entities that may swap places: of all their orders, only that of their slugs matches. */
  readonly unordered: readonly (readonly number[])[];
}

/** Positions of the entities that a whole match consists of. */
export const answeredBy = ({ required, optional }: Pattern): readonly number[] => [
  ...required.entities,
  ...optional.flatMap(({ entities }) => entities),
];

/** Positions of all entities of the match in a value: without those of the shapes that it is over. */
export function entitiesOf(value: PatternValue): readonly number[] {
  if ('entity' in value) return [value.entity];
  if ('unit' in value) return [...entitiesOf(value.of), ...entitiesOf(value.from)];
  if (!('aggregate' in value)) return [];
  const all = [...entitiesIn(value.over), ...(value.value ? entitiesOf(value.value) : [])];
  return all.filter((position) => !value.over.entities.includes(position));
}

/** Positions of all entities that a part names. */
export const entitiesIn = ({ relations, comparisons }: PatternPart): readonly number[] => [
  ...relations.flatMap(({ from, to }) => [from, to]),
  ...comparisons.flatMap(({ left, right }) => [...entitiesOf(left), ...entitiesOf(right)]),
];
