import type { Identifier } from './identifiers.ts';
import type { OntologyDefinition, Property, RelationType } from './vocabulary.ts';

/** A dated step in the history of an entity; `source` is the slug of the source that states it. */
export interface Milestone {
  readonly date?: string;
  readonly type?: string;
  readonly text: string;
  readonly source?: string;
}

/** Where an entity is, in WGS 84. */
export interface Location {
  readonly latitude: number;
  readonly longitude: number;
  readonly precision: string;
  readonly place?: string;
  readonly side?: string;
  readonly geonames?: string;
  readonly source?: string;
}

/** One entity in the form of the seeds: its slug under `id`, and its properties. */
export type EntityRecord = { readonly id: string } & Readonly<Record<string, unknown>>;

/** One relation in the form of the seeds; `sources` are slugs. Without them it rests on what its `from` cites. */
export interface RelationRecord {
  readonly type: RelationType;
  readonly from: string;
  readonly to: string;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly sources?: readonly string[];
}

interface ValueTypes {
  text: string;
  int: number;
  float: number;
  boolean: boolean;
  date: string;
  url: string;
  milestones: readonly Milestone[];
  identifiers: readonly Identifier[];
  locations: readonly Location[];
}

type Single<Definition extends OntologyDefinition, P extends Property> = P extends { enumeration: infer Name }
  ? Name extends keyof Definition['enumerations']
    ? keyof Definition['enumerations'][Name]['values'] & string
    : string
  : P['type'] extends keyof ValueTypes
    ? ValueTypes[P['type']]
    : never;

/** The value of a property, as TypeScript sees it. */
export type ValueOf<Definition extends OntologyDefinition, P extends Property> = P['list'] extends true
  ? readonly Single<Definition, P>[]
  : Single<Definition, P>;
