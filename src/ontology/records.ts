import type { EnumerationName, EnumerationValue } from './enumerations.ts';
import type { Kind, kinds } from './kinds.ts';
import type { RelationType } from './relations.ts';
import type { Property } from './vocabulary.ts';

/** A dated step in the history of an entity; `source` is the slug of the source that states it. */
export interface Milestone {
  readonly date?: string;
  readonly text: string;
  readonly source?: string;
}

interface ValueTypes {
  text: string;
  int: number;
  float: number;
  boolean: boolean;
  date: string;
  url: string;
  milestones: readonly Milestone[];
}

type Single<P extends Property> = P extends { enumeration: infer Name extends EnumerationName }
  ? EnumerationValue<Name>
  : P['type'] extends keyof ValueTypes
    ? ValueTypes[P['type']]
    : never;

/** The value of a property, as TypeScript sees it. */
export type ValueOf<P extends Property> = P['list'] extends true ? readonly Single<P>[] : Single<P>;

type RequiredNames<Ps> = { [N in keyof Ps]: Ps[N] extends { required: true } ? N : never }[keyof Ps];

/** An object with the values of such properties; optional ones may be absent. */
export type Values<Ps extends Record<string, Property>> = {
  readonly [N in RequiredNames<Ps>]: ValueOf<Ps[N]>;
} & { readonly [N in Exclude<keyof Ps, RequiredNames<Ps>>]?: ValueOf<Ps[N]> };

/** One entity in the form of the seeds: its slug under `id`, and its properties. */
export type EntityRecord<K extends Kind = Kind> = { readonly id: string } & Values<(typeof kinds)[K]['properties']>;

/** One relation in the form of the seeds; `sources` are slugs. Without them it rests on what its `from` cites. */
export interface RelationRecord {
  readonly type: RelationType;
  readonly from: string;
  readonly to: string;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly sources?: readonly string[];
}
