import type { AggregateFunction } from '../../engine/match/match-pattern.ts';
import type { Comparison } from '../../engine/reads/filter.ts';
import type { FilterInput } from '../arguments/filter-input.ts';

type Given<Value> = Value | null | undefined;

/** One filter, under the name of its kind. */
export type NamedFilter = Readonly<Record<string, Given<FilterInput>>>;

export interface EntityInput {
  readonly as: string;
  readonly kind?: Given<string>;
  readonly id?: Given<string>;
  readonly ids?: Given<readonly string[]>;
  readonly filter?: Given<NamedFilter>;
}

export interface RelationInput {
  readonly as?: Given<string>;
  readonly from: string;
  readonly to: string;
  /** A type of the ontology; any type if both this and `relations` are absent. */
  readonly relation?: Given<string>;
  readonly relations?: Given<readonly string[]>;
  readonly minHops: number;
  readonly maxHops: number;
  readonly optional: boolean;
  readonly negated: boolean;
  readonly edge?: Given<FilterInput>;
}

export interface DifferenceInput {
  readonly of: ValueInput;
  readonly from: ValueInput;
  readonly unit?: Given<'DAYS' | 'YEARS'>;
}

/** Exactly one of its fields beside `as`, which `property` and `count` need. */
export interface ValueInput {
  /** Name of an entity, or of a relation. */
  readonly as?: Given<string>;
  readonly property?: Given<string>;
  /** A relation field. */
  readonly count?: Given<string>;
  /** Name of a value of the pattern. */
  readonly value?: Given<string>;
  readonly number?: Given<number>;
  readonly date?: Given<string>;
  readonly difference?: Given<DifferenceInput>;
}

export interface ComparisonInput {
  readonly left: ValueInput;
  readonly is: Comparison;
  readonly right: ValueInput;
  readonly orMissing: boolean;
}

export interface ShapeInput {
  readonly relations: readonly RelationInput[];
  readonly where?: Given<readonly ComparisonInput[]>;
}

export interface NamedValueInput {
  readonly as: string;
  readonly is?: Given<ValueInput>;
  readonly function?: Given<AggregateFunction>;
  readonly over?: Given<ShapeInput>;
}

export interface PatternInput {
  readonly entities: readonly EntityInput[];
  readonly relations: readonly RelationInput[];
  readonly anyOf?: Given<readonly ShapeInput[]>;
  readonly noneOf?: Given<readonly ShapeInput[]>;
  readonly where?: Given<readonly ComparisonInput[]>;
  readonly values?: Given<readonly NamedValueInput[]>;
  readonly unordered?: Given<readonly (readonly string[])[]>;
  readonly distinctFor?: Given<readonly string[]>;
}
