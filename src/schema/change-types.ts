import type {
  Change,
  ChangeAction,
  EntityChange,
  EntityName,
  ImportChange,
  RelationChange,
} from '../changes/change.ts';
import type { Lagged } from '../changes/change-feed.ts';
import { encodeCursor } from '../graph/cursor.ts';
import { builder } from './builder.ts';
import { EntityKind, RelationTypeEnum } from './enumerations.ts';
import { globalId } from './identifiers.ts';
import type { FieldBuilder } from './property-fields.ts';
import { readNamed } from './reading.ts';
import { EntityInterface } from './references.ts';

/** What cursors of the change log carry, so that another list refuses them. */
export const CHANGES = 'changes';

/** The place in the change log after a sequence. */
export const changeCursor = (sequence: number): string => encodeCursor(CHANGES, [sequence]);

const actions: Readonly<Record<ChangeAction | 'IMPORTED', { readonly description: string }>> = {
  CREATED: { description: 'It was not there before.' },
  UPDATED: { description: 'It was there, and says something else since.' },
  DELETED: { description: 'It is there no longer.' },
  IMPORTED: { description: 'Many records came in at once.' },
};

const ChangeActionEnum = builder.enumType('ChangeAction', {
  description: 'What was done to the graph.',
  values: actions,
});

const typeNames = { ENTITY: 'EntityChange', RELATION: 'RelationChange', IMPORT: 'ImportChange' } as const;

export const ChangeInterface = builder.interfaceRef<Change>('Change').implement({
  description: 'One entry of the change log: a change that took effect.',
  resolveType: ({ subject }) => typeNames[subject],
  fields: (t) => ({
    sequence: t.exposeFloat('sequence', {
      nullable: false,
      description:
        'Counts the changes from 1, without a gap, in the order in which they took effect. A whole number, that may pass 2³¹.',
    }),
    cursor: t.string({
      nullable: false,
      description: 'Its place in the log: pass it as `after` to `changes` to go on behind it.',
      resolve: ({ sequence }) => changeCursor(sequence),
    }),
    transaction: t.exposeID('transaction', {
      nullable: false,
      description: 'The same for all changes that were made together, all or none.',
    }),
    at: t.expose('at', { type: 'DateTime', nullable: false, description: 'When it was made.' }),
    author: t.exposeString('author', { nullable: false, description: 'Who made it: the name of a key or of a token.' }),
    authorId: t.string({
      nullable: true,
      description:
        'Identity of the author: `key:<id>`, `token:<issuer>|<subject>` or `command:<name>`. Unlike `author`, no two authors share it. Null in entries that were written before it was recorded.',
      resolve: ({ authorId }) => authorId,
    }),
    reason: t.string({
      nullable: true,
      description: 'Why, in the words of the author.',
      resolve: ({ reason }) => reason,
    }),
    action: t.field({
      type: ChangeActionEnum,
      nullable: false,
      description: 'What was done.',
      resolve: (change) => (change.subject === 'IMPORT' ? 'IMPORTED' : change.action),
    }),
  }),
});

/** What a change says of an entity by name, and the entity itself. */
const namedFields = <Parent>(t: FieldBuilder<Parent>, nameOf: (parent: Parent) => EntityName) => ({
  kind: t.field({
    type: EntityKind,
    nullable: false,
    description: 'Its kind.',
    resolve: (parent) => nameOf(parent).kind,
  }),
  slug: t.field({
    type: 'String',
    nullable: false,
    description: 'Its slug.',
    resolve: (parent) => nameOf(parent).slug,
  }),
  entityId: t.field({
    type: 'ID',
    nullable: false,
    description: 'Its opaque id, also where it is gone.',
    resolve: (parent) => globalId(nameOf(parent).kind, nameOf(parent).slug),
  }),
  entity: t.field({
    type: EntityInterface,
    nullable: true,
    description: 'The entity as it is now; null where it is gone.',
    resolve: (parent, _, context, info) => readNamed(context, info, 'Entity', nameOf(parent).slug),
  }),
});

const states = <Parent extends Pick<EntityChange, 'before' | 'after'>>(t: FieldBuilder<Parent>) => ({
  before: t.field({
    type: 'JSON',
    nullable: true,
    description: 'The record before it, in the form that imports take; null where there was none.',
    resolve: ({ before }) => before,
  }),
  after: t.field({
    type: 'JSON',
    nullable: true,
    description: 'The record after it, in the form that imports take; null where there is none any more.',
    resolve: ({ after }) => after,
  }),
});

const EntityChangeRef = builder.objectRef<EntityChange>('EntityChange').implement({
  description: 'An entity was created, changed or deleted.',
  interfaces: [ChangeInterface],
  isTypeOf: (value) => (value as Change).subject === 'ENTITY',
  fields: (t) => ({
    ...namedFields<EntityChange>(t, ({ entity }) => entity),
    revision: t.exposeInt('revision', { nullable: false, description: 'Revision of the entity after it.' }),
    ...states(t),
  }),
});

const EntityReferenceRef = builder.objectRef<EntityName>('EntityReference').implement({
  description: 'An entity by name: it may be gone since.',
  fields: (t) => namedFields<EntityName>(t, (name) => name),
});

const RelationChangeRef = builder.objectRef<RelationChange>('RelationChange').implement({
  description: 'A relation was created, changed or deleted.',
  interfaces: [ChangeInterface],
  isTypeOf: (value) => (value as Change).subject === 'RELATION',
  fields: (t) => ({
    relation: t.expose('relation', { type: RelationTypeEnum, nullable: false, description: 'The relation.' }),
    from: t.expose('from', { type: EntityReferenceRef, nullable: false, description: 'Where it starts.' }),
    to: t.expose('to', { type: EntityReferenceRef, nullable: false, description: 'Where it leads.' }),
    ...states(t),
  }),
});

const ImportChangeRef = builder.objectRef<ImportChange>('ImportChange').implement({
  description:
    'Many records came in at once, which the log does not hold one by one: a baseline. What was read before may be out of date.',
  interfaces: [ChangeInterface],
  isTypeOf: (value) => (value as Change).subject === 'IMPORT',
  fields: (t) => ({
    files: t.exposeStringList('files', { nullable: false, description: 'The files that they were read from.' }),
    created: t.exposeInt('created', { nullable: false, description: 'How many entities and relations are new.' }),
    updated: t.exposeInt('updated', { nullable: false, description: 'How many say something else since.' }),
    removed: t.exposeInt('removed', { nullable: false, description: 'How many are there no longer.' }),
  }),
});

const LaggedRef = builder.objectRef<Lagged>('Lagged').implement({
  description:
    'Changes are made faster than this subscription takes them. Nothing is lost: what was missed follows, read from the log. To be faster, ask for less of each change or for fewer; to skip, subscribe anew without `after`.',
  isTypeOf: (value) => (value as Lagged).subject === 'LAGGED',
  fields: (t) => ({
    cursor: t.string({
      nullable: false,
      description: 'Everything up to here was sent: pass it as `after` to resume from here by another subscription.',
      resolve: ({ after }) => changeCursor(after),
    }),
    behind: t.exposeFloat('behind', {
      nullable: false,
      description: 'How many changes the log holds beyond that, whatever they concern.',
    }),
  }),
});

export const ChangeEvent = builder.unionType('ChangeEvent', {
  description: 'What a subscription to changes is sent.',
  types: [EntityChangeRef, RelationChangeRef, ImportChangeRef, LaggedRef],
});
