import type { Outcome } from '../../engine/changes/answer.ts';
import type { Entity } from '../../engine/reads/rows.ts';
import { lazyType, type SchemaBase } from '../builder.ts';
import { ChangeInterface } from '../changes/change-types.ts';
import type { FieldBuilder } from '../entities/property-fields.ts';
import { type Hop, RelationStepRef } from '../entities/relation-step.ts';
import { globalId } from '../identifiers.ts';
import { readEntity } from '../planning/read-selection.ts';
import { EntityInterface, refOf } from '../references.ts';
import type { MutationAnswer, MutationFault } from './mutation-answer.ts';

const outcomes: Readonly<Record<Outcome, { readonly description: string }>> = {
  CREATED: { description: 'The record was created.' },
  UPDATED: { description: 'The existing record was changed.' },
  DELETED: { description: 'The record was deleted.' },
  UNCHANGED: { description: 'The record was already as requested.' },
};

const MutationOutcome = lazyType(({ builder }) =>
  builder.enumType('MutationOutcome', {
    description: 'Outcome of a mutation or, with `dryRun`, its expected outcome.',
    values: outcomes,
  }),
);

const codes: Readonly<Record<MutationFault['code'], { readonly description: string }>> = {
  BAD_USER_INPUT: { description: 'The input is invalid; the message says what to change.' },
  CONFLICT: {
    description:
      'The input conflicts with the current state of the graph: the revision is outdated, or a slug or a to-one relation is taken.',
  },
};

const MutationErrorCode = lazyType(({ builder }) =>
  builder.enumType('MutationErrorCode', {
    description: 'Why a mutation failed.',
    values: codes,
  }),
);

const CurrentState = lazyType((base) =>
  base.builder.objectRef<NonNullable<MutationFault['current']>>('CurrentState').implement({
    description: 'Current state of an entity that has changed since it was read.',
    fields: (t) => ({
      revision: t.exposeInt('revision', { nullable: false, description: 'Current revision.' }),
      entity: t.field({
        type: EntityInterface(base),
        nullable: true,
        description: 'The entity; null if it has been deleted since.',
        resolve: ({ slug }, _, context, info) => readEntity(context, info, 'Entity', slug),
      }),
    }),
  }),
);

const MutationError = lazyType((base) =>
  base.builder.objectRef<MutationFault>('MutationError').implement({
    description: 'Why a mutation failed. Nothing was changed.',
    fields: (t) => ({
      code: t.expose('code', { type: MutationErrorCode(base), nullable: false, description: 'Error code.' }),
      path: t.exposeStringList('path', {
        nullable: false,
        description: 'Path to the invalid value, beginning with the argument: `["input", "name"]`.',
      }),
      message: t.exposeString('message', { nullable: false, description: 'What is wrong, and what to do.' }),
      current: t.expose('current', {
        type: CurrentState(base),
        nullable: true,
        description: 'Current state; null unless `expectedRevision` is outdated.',
      }),
    }),
  }),
);

export const MutationPayload = lazyType((base) =>
  base.builder.interfaceRef<MutationAnswer>('MutationPayload').implement({
    description: 'Fields that every mutation returns.',
    fields: (t) => ({
      errors: t.expose('errors', {
        type: [MutationError(base)],
        nullable: { list: false, items: false },
        description: 'All errors; empty if the mutation succeeded.',
      }),
      changes: t.expose('changes', {
        type: [ChangeInterface(base)],
        nullable: { list: false, items: false },
        description:
          'Entries written to the change log, including relations that a deletion removed. With `dryRun`, the expected entries, with sequence 0. Empty if nothing changed.',
      }),
      repeated: t.exposeBoolean('repeated', {
        nullable: false,
        description: 'Whether this is the stored result of an earlier request with the same `idempotencyKey`.',
      }),
      dryRun: t.exposeBoolean('dryRun', {
        nullable: false,
        description: 'Whether the change was only checked. False if `repeated` is true.',
      }),
      query: t.field({
        type: 'Query',
        nullable: true,
        description: 'Queries on the graph after the mutation.',
        resolve: () => ({}),
      }),
    }),
  }),
);

/** Payload fields of mutations with a single operation. */
const outcomeFields = <Answer extends MutationAnswer>(base: SchemaBase, t: FieldBuilder<Answer>, whose: string) => ({
  outcome: t.field({
    type: MutationOutcome(base),
    nullable: true,
    description: 'Outcome; null if the mutation failed.',
    resolve: ({ answers: [answer] }) => answer?.outcome,
  }),
  revision: t.field({
    type: 'Int',
    nullable: true,
    description: `Revision of ${whose} after the mutation; null if it failed or the entity was deleted.`,
    resolve: ({ answers: [answer] }) => answer?.revision,
  }),
});

/** The payload of mutations that create or change an entity. */
export const EntityPayload = lazyType((base) => {
  const { builder, ontology } = base;
  return builder.objectRef<MutationAnswer>('EntityPayload').implement({
    description:
      'Result of a change to an entity. Its current state is under the name of its kind; null if the mutation failed, or was a dry run and there is none.',
    interfaces: [MutationPayload(base)],
    fields: (t) => ({
      ...Object.fromEntries(
        ontology.kindNames.map((kind) => [
          ontology.kind(kind).singular,
          t.field({
            type: refOf(base, kind),
            nullable: true,
            resolve: ({ answers: [answer] }, _, context, info) =>
              answer?.entity.kind === kind ? readEntity(context, info, kind, answer.entity.slug) : null,
          }),
        ]),
      ),
      ...outcomeFields(base, t, 'the entity'),
    }),
  });
});

/** The payload of deletions of all kinds. */
export const DeletePayload = lazyType((base) =>
  base.builder.objectRef<MutationAnswer>('DeletePayload').implement({
    description: 'Result of the deletion of an entity; `changes` lists everything removed.',
    interfaces: [MutationPayload(base)],
    fields: (t) => ({
      deletedId: t.id({
        nullable: true,
        description: 'Global ID of the deleted entity, for caches; null if it was not deleted.',
        resolve: ({ answers: [answer], dryRun }) =>
          answer && !dryRun ? globalId(answer.entity.kind, answer.entity.slug) : null,
      }),
      deletedSlug: t.string({
        nullable: true,
        description: 'Slug of the deleted entity; null if it was not deleted.',
        resolve: ({ answers: [answer], dryRun }) => (answer && !dryRun ? answer.entity.slug : null),
      }),
      ...outcomeFields(base, t, 'the entity'),
    }),
  }),
);

/** Result of linking or unlinking, with the current state of the relation. */
export interface LinkAnswer extends MutationAnswer {
  readonly from: Entity | null;
  readonly to: Entity | null;
  readonly relation: Hop | null;
}

/** The payload of mutations of relations of all types. */
export const LinkPayload = lazyType((base) =>
  base.builder.objectRef<LinkAnswer>('LinkPayload').implement({
    description: 'Result of a change to a relation.',
    interfaces: [MutationPayload(base)],
    fields: (t) => ({
      relation: t.expose('relation', {
        type: RelationStepRef(base),
        nullable: true,
        description: 'Current state of the relation; null if there is none or the mutation failed.',
      }),
      from: t.expose('from', {
        type: EntityInterface(base),
        nullable: true,
        description: 'Current state of the start entity; null if the mutation failed.',
      }),
      to: t.expose('to', {
        type: EntityInterface(base),
        nullable: true,
        description: 'Current state of the end entity; null if the mutation failed.',
      }),
      ...outcomeFields(base, t, 'the start entity'),
    }),
  }),
);

/** Result of one operation of a transaction. */
export interface OperationResult {
  readonly operation: string;
  readonly outcome: Outcome;
  readonly revision: number | null;
  readonly entity: Entity | null;
}

const OperationResultRef = lazyType((base) =>
  base.builder.objectRef<OperationResult>('OperationResult').implement({
    description: 'Result of one operation of a transaction.',
    fields: (t) => ({
      operation: t.exposeString('operation', {
        nullable: false,
        description: 'Name of the operation, as in the input.',
      }),
      outcome: t.expose('outcome', {
        type: MutationOutcome(base),
        nullable: false,
        description: 'Outcome of the operation.',
      }),
      revision: t.exposeInt('revision', {
        nullable: true,
        description: 'Revision of the entity after the transaction; null if it was deleted.',
      }),
      entity: t.expose('entity', {
        type: EntityInterface(base),
        nullable: true,
        description: 'Current state of the entity, or of the start entity of the relation; null if there is none.',
      }),
    }),
  }),
);

export interface TransactionAnswer extends MutationAnswer {
  readonly results: readonly OperationResult[];
}

export const TransactionPayload = lazyType((base) =>
  base.builder.objectRef<TransactionAnswer>('TransactionPayload').implement({
    description: 'Result of a transaction.',
    interfaces: [MutationPayload(base)],
    fields: (t) => ({
      results: t.expose('results', {
        type: [OperationResultRef(base)],
        nullable: { list: false, items: false },
        description: 'Result of each operation, in order; empty if the transaction failed.',
      }),
    }),
  }),
);
