import type { FilterInput } from '../arguments/filter-input.ts';

type Given<Value> = Value | null | undefined;

/** One filter, under the name of its kind or relation. */
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
  /** A type of the ontology. */
  readonly relation: string;
  readonly minHops: number;
  readonly maxHops: number;
  readonly optional: boolean;
  readonly negated: boolean;
  readonly edge?: Given<NamedFilter>;
}

export interface PatternInput {
  readonly entities: readonly EntityInput[];
  readonly relations: readonly RelationInput[];
}
