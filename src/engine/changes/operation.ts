import type { Kind, RelationType } from '../../ontology/vocabulary.ts';
import type { RecordFields } from './record-fields.ts';

/** Expected revision; rejected if the entity has changed since. */
interface Expectation {
  readonly expectedRevision?: number | undefined;
  /** Expected record, `null` for none; rejected if it is another one by now. An entity to delete has no relations left. */
  readonly expectedState?: RecordFields | null | undefined;
}

/** What an entity is to be. `sources` are slugs of what it cites. */
interface GivenEntity {
  readonly kind: Kind;
  readonly slug: string;
  readonly properties: RecordFields;
  readonly sources?: readonly string[] | undefined;
}

/** A new entity. */
interface CreateEntity extends GivenEntity, Pick<Expectation, 'expectedState'> {
  readonly action: 'CREATE';
}

/** Given properties change, `null` removes a value, and others keep theirs. `sources` are added to those cited. */
interface UpdateEntity extends GivenEntity, Expectation {
  readonly action: 'UPDATE';
}

/** Creates the entity, or replaces its properties; those left out are removed. */
interface UpsertEntity extends GivenEntity, Expectation {
  readonly action: 'UPSERT';
}

/** Removes an entity and the relations that start at it. */
interface DeleteEntity extends Expectation {
  readonly action: 'DELETE';
  readonly kind: Kind;
  readonly slug: string;
  /** Whether to remove the relations from other entities too; otherwise they prevent the deletion. */
  readonly detach?: boolean | undefined;
}

/** Creates a relation between two entities, or replaces the properties and sources of the existing one. */
export interface LinkEntities extends Expectation {
  readonly action: 'LINK';
  readonly relation: RelationType;
  readonly from: string;
  readonly to: string;
  readonly properties: RecordFields;
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
  /** Author of the changes in the log. */
  readonly author: string;
  /** Tells authors of one name apart. */
  readonly authorId?: string | undefined;
  readonly reason?: string | undefined;
  /** Repeating a request of the same author with this key changes nothing, and returns the first result. */
  readonly idempotencyKey?: string | undefined;
  /** Returns the expected result without changing anything. */
  readonly dryRun?: boolean | undefined;
}
