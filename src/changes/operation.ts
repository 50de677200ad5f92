import type { Kind } from '../ontology/kinds.ts';
import type { RelationType } from '../ontology/relations.ts';
import type { Fields } from './check-properties.ts';

/** The record as it was read; it is refused where the entity has been changed since. */
interface Expectation {
  readonly expectedRevision?: number | undefined;
}

/** A new entity. `sources` are slugs of what it cites. */
export interface CreateEntity {
  readonly action: 'CREATE';
  readonly kind: Kind;
  readonly slug: string;
  readonly properties: Fields;
  readonly sources?: readonly string[] | undefined;
}

/** What is named changes, `null` removes a value, and what is not named stays. `sources` are added to what it cites. */
export interface UpdateEntity extends Expectation {
  readonly action: 'UPDATE';
  readonly kind: Kind;
  readonly slug: string;
  readonly properties: Fields;
  readonly sources?: readonly string[] | undefined;
}

/** Creates what is not there, else brings it to these properties: what is not named goes. */
export interface UpsertEntity extends Expectation {
  readonly action: 'UPSERT';
  readonly kind: Kind;
  readonly slug: string;
  readonly properties: Fields;
  readonly sources?: readonly string[] | undefined;
}

/** Removes an entity and the relations that start at it. */
export interface DeleteEntity extends Expectation {
  readonly action: 'DELETE';
  readonly kind: Kind;
  readonly slug: string;
  /** Also removes the relations that lead to it from others, which it is refused for otherwise. */
  readonly detach?: boolean | undefined;
}

/** Creates a relation between two entities, or brings the one that is there to these properties and sources. */
export interface LinkEntities extends Expectation {
  readonly action: 'LINK';
  readonly relation: RelationType;
  readonly from: string;
  readonly to: string;
  readonly properties: Fields;
  /** Slugs; without them the relation rests on what its `from` cites. */
  readonly sources?: readonly string[] | undefined;
}

export interface UnlinkEntities extends Expectation {
  readonly action: 'UNLINK';
  readonly relation: RelationType;
  readonly from: string;
  readonly to: string;
}

/** One step of a change to the graph, not checked yet. */
export type Operation = CreateEntity | UpdateEntity | UpsertEntity | DeleteEntity | LinkEntities | UnlinkEntities;

/** Steps that are done all or none, in this order. */
export interface ChangeRequest {
  readonly operations: readonly Operation[];
  /** Who changes the graph, as the log names them. */
  readonly author: string;
  /** Tells authors of one name apart. */
  readonly authorId?: string | undefined;
  readonly reason?: string | undefined;
  /** A second request of the same author with this key changes nothing, and is answered as the first was. */
  readonly idempotencyKey?: string | undefined;
  /** Answers what would be, and changes nothing. */
  readonly dryRun?: boolean | undefined;
}
