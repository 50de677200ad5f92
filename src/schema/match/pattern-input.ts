import type { Comparison } from '../../graph/reads/filter.ts';
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

/** A property of an entity, or how many relations it has by one of its fields. */
export interface ComparedInput {
  readonly as: string;
  readonly property?: Given<string>;
  readonly count?: Given<string>;
}

export interface ComparisonInput {
  readonly left: ComparedInput;
  readonly is: Comparison;
  readonly right: ComparedInput;
}

export interface ShapeInput {
  readonly relations: readonly RelationInput[];
}

export interface PatternInput {
  readonly entities: readonly EntityInput[];
  readonly relations: readonly RelationInput[];
  readonly anyOf?: Given<readonly ShapeInput[]>;
  readonly noneOf?: Given<readonly ShapeInput[]>;
  readonly where?: Given<readonly ComparisonInput[]>;
  readonly unordered?: Given<readonly (readonly string[])[]>;
  readonly distinctFor?: Given<readonly string[]>;
}
