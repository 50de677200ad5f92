import type { Kind, RelationType } from '../../ontology/vocabulary.ts';
import type { RecordFields } from './record-fields.ts';

export type ChangeAction = 'CREATED' | 'UPDATED' | 'DELETED';

/** A reference to an entity that may have been deleted since. */
export interface EntityName {
  readonly kind: Kind;
  readonly slug: string;
}

/** What the log adds to a change when it takes it in. */
export interface Logged {
  /** Sequence number of the change: from 1, without gaps, in the order in which changes took effect. */
  readonly sequence: number;
  /** The same for all changes that were made together. */
  readonly transaction: string;
  /** RFC 3339, UTC. */
  readonly at: string;
  readonly author: string;
  /** Tells authors of one name apart: `key:<id>`, `token:<issuer>|<subject>` or `command:<name>`. Absent in old entries. */
  readonly authorId?: string;
  readonly reason?: string;
}

/** A record, in the form of the seeds without its id: properties, and `sources` of a relation. */
export type RecordState = RecordFields;

export interface EntityChange extends Logged {
  readonly subject: 'ENTITY';
  readonly action: ChangeAction;
  readonly entity: EntityName;
  /** `null` if it did not exist. */
  readonly before: RecordState | null;
  /** `null` if it was deleted. */
  readonly after: RecordState | null;
  /** Of the entity, after the change. */
  readonly revision: number;
}

export interface RelationChange extends Logged {
  readonly subject: 'RELATION';
  readonly action: ChangeAction;
  readonly relation: RelationType;
  readonly from: EntityName;
  readonly to: EntityName;
  readonly before: RecordState | null;
  readonly after: RecordState | null;
}

/** An import: many records at once. */
export interface ImportChange extends Logged {
  readonly subject: 'IMPORT';
  /**
   * Whether the entries before it, of the same transaction, list what it changed. An import into an empty graph is the
   * baseline from which the log continues, and lists nothing.
   */
  readonly listed?: boolean;
  readonly files: readonly string[];
  readonly created: number;
  readonly updated: number;
  readonly removed: number;
}

/** A change to a record of a kind or relation that the ontology no longer has. */
export interface FormerChange extends Logged {
  readonly subject: 'FORMER';
  readonly action: ChangeAction;
  /** The kind or the relation. */
  readonly of: string;
  /** The entity, or the ends of the relation. */
  readonly slugs: readonly string[];
  /** Kinds of these that the ontology still has. */
  readonly kinds: readonly Kind[];
  readonly before: RecordState | null;
  readonly after: RecordState | null;
}

export type RecordChange = EntityChange | RelationChange;

/** One entry of the change log. */
export type Change = RecordChange | ImportChange | FormerChange;

export const isOfRecord = (change: Change): change is RecordChange =>
  change.subject === 'ENTITY' || change.subject === 'RELATION';

/** The kinds and the slugs that a change names. */
export function namedBy(change: RecordChange | FormerChange): {
  readonly kinds: readonly Kind[];
  readonly slugs: readonly string[];
} {
  if (change.subject === 'FORMER') return change;
  const named = change.subject === 'ENTITY' ? [change.entity] : [change.from, change.to];
  return { kinds: named.map(({ kind }) => kind), slugs: named.map(({ slug }) => slug) };
}
