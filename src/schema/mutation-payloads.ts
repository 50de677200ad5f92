import type { Outcome } from '../changes/answer.ts';
import type { Entity } from '../graph/rows.ts';
import { type Kind, kindNames, kinds } from '../ontology/kinds.ts';
import { builder } from './builder.ts';
import { ChangeInterface } from './change-types.ts';
import { type Hop, HopRef } from './hop.ts';
import { globalId } from './identifiers.ts';
import type { MutationAnswer, MutationFault } from './mutation-answer.ts';
import type { FieldBuilder } from './property-fields.ts';
import { readEntity } from './reading.ts';
import { EntityInterface, refs } from './references.ts';

const outcomes: Readonly<Record<Outcome, { readonly description: string }>> = {
  CREATED: { description: 'It was not there.' },
  UPDATED: { description: 'It was there, and was changed.' },
  DELETED: { description: 'It is there no longer.' },
  UNCHANGED: { description: 'All was as it should be already.' },
};

const MutationOutcome = builder.enumType('MutationOutcome', {
  description: 'What a mutation came to, or with `dryRun` would come to.',
  values: outcomes,
});

const codes: Readonly<Record<MutationFault['code'], { readonly description: string }>> = {
  BAD_USER_INPUT: { description: 'The graph cannot hold what is asked for; the message says what to change.' },
  CONFLICT: {
    description: 'It could be done to another state of the graph: a revision is past, a slug or a place is taken.',
  },
};

const MutationErrorCode = builder.enumType('MutationErrorCode', {
  description: 'Why a mutation was refused.',
  values: codes,
});

const CurrentState = builder.objectRef<NonNullable<MutationFault['current']>>('CurrentState').implement({
  description: 'What is there now, where a mutation expected something earlier.',
  fields: (t) => ({
    revision: t.exposeInt('revision', { nullable: false, description: 'Its revision.' }),
    entity: t.field({
      type: EntityInterface,
      nullable: true,
      description: 'The entity; null where it is gone meanwhile.',
      resolve: ({ slug }, _, context, info) => readEntity(context, info, 'Entity', slug),
    }),
  }),
});

const MutationError = builder.objectRef<MutationFault>('MutationError').implement({
  description: 'Why a mutation was refused. Nothing was changed.',
  fields: (t) => ({
    code: t.expose('code', { type: MutationErrorCode, nullable: false, description: 'Sort of the fault.' }),
    path: t.exposeStringList('path', {
      nullable: false,
      description: 'Where in the arguments it is, from the argument down: `["input", "startDate"]`.',
    }),
    message: t.exposeString('message', { nullable: false, description: 'What is wrong, and what to do.' }),
    current: t.expose('current', {
      type: CurrentState,
      nullable: true,
      description: 'Where `expectedRevision` is past: how it is now.',
    }),
  }),
});

const MutationPayload = builder.interfaceRef<MutationAnswer>('MutationPayload').implement({
  description: 'What every mutation answers.',
  fields: (t) => ({
    errors: t.expose('errors', {
      type: [MutationError],
      nullable: { list: false, items: false },
      description: 'Why it was refused: every fault at once. Empty where it was done.',
    }),
    changes: t.expose('changes', {
      type: [ChangeInterface],
      nullable: { list: false, items: false },
      description:
        'What it wrote to the change log: also what a deletion took along. With `dryRun` what it would write, with the sequence 0; empty where nothing changed.',
    }),
    repeated: t.exposeBoolean('repeated', {
      nullable: false,
      description: 'Whether it was answered before, under the same `idempotencyKey`; then this is the answer of then.',
    }),
    dryRun: t.exposeBoolean('dryRun', {
      nullable: false,
      description: 'Whether it was only tried: never true of what was answered before, which `repeated` tells.',
    }),
    query: t.field({
      type: 'Query',
      nullable: true,
      description: 'Questions to the graph as it is after the mutation.',
      resolve: () => ({}),
    }),
  }),
});

/** What the payload of a mutation has that is one operation. */
const outcomeFields = <Answer extends MutationAnswer>(t: FieldBuilder<Answer>, whose: string) => ({
  outcome: t.field({
    type: MutationOutcome,
    nullable: true,
    description: 'What it came to; null where it was refused.',
    resolve: ({ answers: [answer] }) => answer?.outcome,
  }),
  revision: t.field({
    type: 'Int',
    nullable: true,
    description: `Revision of ${whose} after it; null where it was refused, or where there is none any more.`,
    resolve: ({ answers: [answer] }) => answer?.revision,
  }),
});

const entityPayloadRef = (kind: Kind) =>
  builder.objectRef<MutationAnswer>(`${kind}Payload`).implement({
    description: `What a change to one of the ${kinds[kind].plural} came to.`,
    interfaces: [MutationPayload],
    fields: (t) => ({
      [kinds[kind].singular]: t.field({
        type: refs[kind],
        nullable: true,
        description: 'The entity as it is now; null where the change was refused, or only tried and there is none.',
        resolve: ({ answers: [answer] }, _, context, info) =>
          answer ? readEntity(context, info, kind, answer.entity.slug) : null,
      }),
      ...outcomeFields(t, 'the entity'),
    }),
  });

const entityPayloads = new Map(kindNames.map((kind) => [kind, entityPayloadRef(kind)]));

/** The payload of what creates or changes an entity of a kind. */
export const payloadRefOf = (kind: Kind) => {
  const ref = entityPayloads.get(kind);
  if (!ref) throw new Error(`No payload of ${kind}.`);
  return ref;
};

/** The payload of a deletion, whatever the kind. */
export const DeletePayload = builder.objectRef<MutationAnswer>('DeletePayload').implement({
  description: 'What the deletion of an entity came to; `changes` tell what it took along.',
  interfaces: [MutationPayload],
  fields: (t) => ({
    deletedId: t.id({
      nullable: true,
      description: 'Opaque id of what is gone, for caches; null where it is still there.',
      resolve: ({ answers: [answer], dryRun }) =>
        answer && !dryRun ? globalId(answer.entity.kind, answer.entity.slug) : null,
    }),
    deletedSlug: t.string({
      nullable: true,
      description: 'Slug of what is gone; null where it is still there.',
      resolve: ({ answers: [answer], dryRun }) => (answer && !dryRun ? answer.entity.slug : null),
    }),
    ...outcomeFields(t, 'the entity'),
  }),
});

/** What linking or unlinking came to, with what is there now. */
export interface LinkAnswer extends MutationAnswer {
  readonly from: Entity | null;
  readonly to: Entity | null;
  readonly relation: Hop | null;
}

/** The payload of what creates, changes or deletes a relation, whatever its type. */
export const LinkPayload = builder.objectRef<LinkAnswer>('LinkPayload').implement({
  description: 'What a change to a relation came to.',
  interfaces: [MutationPayload],
  fields: (t) => ({
    relation: t.expose('relation', {
      type: HopRef,
      nullable: true,
      description: 'The relation as it is now; null where there is none, or the change was refused.',
    }),
    from: t.expose('from', {
      type: EntityInterface,
      nullable: true,
      description: 'The entity at `from` of the input, as it is now; null where the change was refused.',
    }),
    to: t.expose('to', {
      type: EntityInterface,
      nullable: true,
      description: 'The entity at `to` of the input, as it is now; null where the change was refused.',
    }),
    ...outcomeFields(t, 'the entity that it starts at'),
  }),
});

/** What one operation of a transaction came to. */
export interface OperationResult {
  readonly operation: string;
  readonly outcome: Outcome;
  readonly revision: number | null;
  readonly entity: Entity | null;
}

const OperationResultRef = builder.objectRef<OperationResult>('OperationResult').implement({
  description: 'What one operation of a transaction came to.',
  fields: (t) => ({
    operation: t.exposeString('operation', { nullable: false, description: 'Its name, as in the input.' }),
    outcome: t.expose('outcome', { type: MutationOutcome, nullable: false, description: 'What it came to.' }),
    revision: t.exposeInt('revision', {
      nullable: true,
      description: 'Revision of its entity after the transaction; null where there is none any more.',
    }),
    entity: t.expose('entity', {
      type: EntityInterface,
      nullable: true,
      description: 'Its entity, or the one that its relation starts at, as it is now; null where there is none.',
    }),
  }),
});

export interface TransactionAnswer extends MutationAnswer {
  readonly results: readonly OperationResult[];
}

export const TransactionPayload = builder.objectRef<TransactionAnswer>('TransactionPayload').implement({
  description: 'What a transaction came to.',
  interfaces: [MutationPayload],
  fields: (t) => ({
    results: t.expose('results', {
      type: [OperationResultRef],
      nullable: { list: false, items: false },
      description: 'What each operation came to, in their order; empty where the transaction was refused.',
    }),
  }),
});
