import type {
  Change,
  ChangeAction,
  EntityChange,
  EntityName,
  FormerChange,
  ImportChange,
  RelationChange,
} from '../../engine/changes/change.ts';
import type { Lagged } from '../../engine/changes/log/change-feed.ts';
import { encodeCursor } from '../../engine/reads/cursor.ts';
import { lazyType, type SchemaBase } from '../builder.ts';
import type { FieldBuilder } from '../entities/property-fields.ts';
import { EntityKind, RelationTypeEnum } from '../enumerations.ts';
import { globalId } from '../identifiers.ts';
import { readNamed } from '../planning/read-selection.ts';
import { EntityInterface } from '../references.ts';

/** Signature in cursors of the change log, so that other lists reject them. */
export const CHANGES = 'changes';

/** The place in the change log after a sequence. */
export const changeCursor = (sequence: number): string => encodeCursor(CHANGES, [sequence]);

const actions: Readonly<Record<ChangeAction | 'IMPORTED', { readonly description: string }>> = {
  CREATED: { description: 'The record was created.' },
  UPDATED: { description: 'An existing record was changed.' },
  DELETED: { description: 'The record was deleted.' },
  IMPORTED: { description: 'An import wrote many records at once.' },
};

export const ChangeActionEnum = lazyType(({ builder }) =>
  builder.enumType('ChangeAction', {
    description: 'Action recorded in the change log.',
    values: actions,
  }),
);

const typeNames = {
  ENTITY: 'EntityChange',
  RELATION: 'RelationChange',
  IMPORT: 'ImportChange',
  FORMER: 'FormerChange',
} as const;

export const ChangeInterface = lazyType((base) =>
  base.builder.interfaceRef<Change>('Change').implement({
    description: 'An entry of the change log: one change that took effect.',
    resolveType: ({ subject }) => typeNames[subject],
    fields: (t) => ({
      sequence: t.exposeFloat('sequence', {
        nullable: false,
        description:
          'Sequence number of the change: from 1, without gaps, in the order in which changes took effect. An integer that may exceed 2³¹.',
      }),
      cursor: t.string({
        nullable: false,
        description: 'Cursor of the change. Pass it as `after` to `changes` to continue after it.',
        resolve: ({ sequence }) => changeCursor(sequence),
      }),
      transaction: t.exposeID('transaction', {
        nullable: false,
        description: 'Identifier of the transaction; changes that were committed together share it.',
      }),
      at: t.expose('at', { type: 'DateTime', nullable: false, description: 'Time of the change.' }),
      author: t.exposeString('author', {
        nullable: false,
        description: 'Author of the change: the name of an API key or of a token.',
      }),
      authorId: t.string({
        nullable: true,
        description:
          'Identity of the author: `key:<id>`, `token:<issuer>|<subject>` or `command:<name>`. Unlike `author`, no two authors share it. Null in entries that are older than this field.',
        resolve: ({ authorId }) => authorId,
      }),
      reason: t.string({
        nullable: true,
        description: 'Reason given by the author; null if none was given.',
        resolve: ({ reason }) => reason,
      }),
      action: t.field({
        type: ChangeActionEnum(base),
        nullable: false,
        description: 'Action.',
        resolve: (change) => (change.subject === 'IMPORT' ? 'IMPORTED' : change.action),
      }),
    }),
  }),
);

/** Fields of a change that identify an entity, and the entity itself. */
const namedFields = <Parent>(base: SchemaBase, t: FieldBuilder<Parent>, nameOf: (parent: Parent) => EntityName) => ({
  kind: t.field({
    type: EntityKind(base),
    nullable: false,
    description: 'Kind of the entity.',
    resolve: (parent) => nameOf(parent).kind,
  }),
  slug: t.field({
    type: 'String',
    nullable: false,
    description: 'Slug of the entity.',
    resolve: (parent) => nameOf(parent).slug,
  }),
  entityId: t.field({
    type: 'ID',
    nullable: false,
    description: 'Global ID of the entity, even if it has been deleted.',
    resolve: (parent) => globalId(nameOf(parent).kind, nameOf(parent).slug),
  }),
  entity: t.field({
    type: EntityInterface(base),
    nullable: true,
    description: 'Current state of the entity; null if it has been deleted.',
    resolve: (parent, _, context, info) => readNamed(context, info, 'Entity', nameOf(parent).slug),
  }),
});

const states = <Parent extends Pick<EntityChange, 'before' | 'after'>>(t: FieldBuilder<Parent>) => ({
  before: t.field({
    type: 'JSON',
    nullable: true,
    description: 'Record before the change, in the import format; null if the change created it.',
    resolve: ({ before }) => before,
  }),
  after: t.field({
    type: 'JSON',
    nullable: true,
    description: 'Record after the change, in the import format; null if the change deleted it.',
    resolve: ({ after }) => after,
  }),
});

const EntityChangeRef = lazyType((base) =>
  base.builder.objectRef<EntityChange>('EntityChange').implement({
    description: 'The creation, update or deletion of an entity.',
    interfaces: [ChangeInterface(base)],
    isTypeOf: (value) => (value as Change).subject === 'ENTITY',
    fields: (t) => ({
      ...namedFields<EntityChange>(base, t, ({ entity }) => entity),
      revision: t.exposeInt('revision', { nullable: false, description: 'Revision of the entity after the change.' }),
      ...states(t),
    }),
  }),
);

export const EntityReferenceRef = lazyType((base) =>
  base.builder.objectRef<EntityName>('EntityReference').implement({
    description: 'A reference to an entity that may have been deleted since.',
    fields: (t) => namedFields<EntityName>(base, t, (name) => name),
  }),
);

const RelationChangeRef = lazyType((base) =>
  base.builder.objectRef<RelationChange>('RelationChange').implement({
    description: 'The creation, update or deletion of a relation.',
    interfaces: [ChangeInterface(base)],
    isTypeOf: (value) => (value as Change).subject === 'RELATION',
    fields: (t) => ({
      relation: t.expose('relation', {
        type: RelationTypeEnum(base),
        nullable: false,
        description: 'Type of the relation.',
      }),
      from: t.expose('from', {
        type: EntityReferenceRef(base),
        nullable: false,
        description: 'Start entity of the relation.',
      }),
      to: t.expose('to', {
        type: EntityReferenceRef(base),
        nullable: false,
        description: 'End entity of the relation.',
      }),
      ...states(t),
    }),
  }),
);

const ImportChangeRef = lazyType((base) =>
  base.builder.objectRef<ImportChange>('ImportChange').implement({
    description:
      'An import. Data read before it may be out of date: what it changed is listed by the changes of the same transaction before it, unless the graph was empty.',
    interfaces: [ChangeInterface(base)],
    isTypeOf: (value) => (value as Change).subject === 'IMPORT',
    fields: (t) => ({
      listed: t.boolean({
        nullable: false,
        description: 'Whether the changes before it, of the same transaction, list what it changed.',
        resolve: ({ listed }) => listed === true,
      }),
      files: t.exposeStringList('files', { nullable: false, description: 'Names of the imported files.' }),
      created: t.exposeInt('created', { nullable: false, description: 'Number of entities and relations created.' }),
      updated: t.exposeInt('updated', { nullable: false, description: 'Number of entities and relations updated.' }),
      removed: t.exposeInt('removed', { nullable: false, description: 'Number of entities and relations removed.' }),
    }),
  }),
);

const FormerChangeRef = lazyType((base) =>
  base.builder.objectRef<FormerChange>('FormerChange').implement({
    description: 'A change to an entity or a relation of a kind or type that the ontology no longer has.',
    interfaces: [ChangeInterface(base)],
    isTypeOf: (value) => (value as Change).subject === 'FORMER',
    fields: (t) => ({
      of: t.exposeString('of', { nullable: false, description: 'The kind, or the type of the relation.' }),
      slugs: t.exposeStringList('slugs', {
        nullable: false,
        description: 'Slug of the entity, or of the start and the end of the relation.',
      }),
      ...states(t),
    }),
  }),
);

const LaggedRef = lazyType(({ builder }) =>
  builder.objectRef<Lagged>('Lagged').implement({
    description:
      'Signals that changes arrive faster than this subscription consumes them. None is lost: the missed changes follow, read from the log. To catch up sooner, select fewer fields or filter; to skip them, subscribe again without `after`.',
    isTypeOf: (value) => (value as Lagged).subject === 'LAGGED',
    fields: (t) => ({
      cursor: t.string({
        nullable: false,
        description: 'Cursor of the last change sent. Pass it as `after` to resume from there.',
        resolve: ({ after }) => changeCursor(after),
      }),
      behind: t.exposeFloat('behind', {
        nullable: false,
        description: 'Number of changes in the log after `cursor`, regardless of filters.',
      }),
    }),
  }),
);

export const ChangeEvent = lazyType((base) =>
  base.builder.unionType('ChangeEvent', {
    description: 'A message of the subscription to changes.',
    types: [
      EntityChangeRef(base),
      RelationChangeRef(base),
      ImportChangeRef(base),
      FormerChangeRef(base),
      LaggedRef(base),
    ],
  }),
);
