import { capitalized } from '../../ontology/letter-case.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { Kind } from '../../ontology/vocabulary.ts';
import { lazyType, lazyTypeFor, type SchemaBase } from '../builder.ts';
import { EntityKind, RelationTypeEnum } from '../enumerations.ts';
import { limits } from '../limits.ts';
import { endsOf, linkInputOf, relationEnds, sources } from './link-inputs.ts';
import { type ActionName, actionNames, actions, linkField } from './mutation-definitions.ts';
import {
  expectedRevision,
  type InputFieldBuilder,
  type MutationInputRef,
  mutationInputRef,
  propertyInputs,
} from './mutation-property-inputs.ts';

/** Fields of a change as a whole, beside those of its operations. */
const requestFields = (t: InputFieldBuilder) => ({
  reason: t.string({
    description: `Reason of the change, for the change log; at most ${limits.reason} characters.`,
  }),
  idempotencyKey: t.string({
    description: 'Unique key of the request. Repeating it returns the first result and changes nothing.',
  }),
  dryRun: t.boolean({
    defaultValue: false,
    description: 'Whether to check the change only. Returns what would change, and all errors.',
  }),
});

const slug = ({ slugPropertyOf }: Ontology, t: InputFieldBuilder, kind: Kind) => {
  const origin = slugPropertyOf(kind);
  const following = origin === undefined ? '' : ` Default: the \`${origin}\` in lower case, which it must be.`;
  return t.string({
    required: origin === undefined,
    description: `Readable key: words of lower-case letters and digits, joined by hyphens. Unique across all kinds; cannot be changed.${following}`,
  });
};

/** Sources do not cite sources. */
const cited = ({ provenance }: Ontology, t: InputFieldBuilder, kind: Kind) =>
  !provenance || kind === provenance.kind
    ? {}
    : { sources: sources(t, 'IDs or slugs of sources to cite, in addition to those already cited.') };

const revisionOfIt = (t: InputFieldBuilder) => ({ expectedRevision: expectedRevision(t, 'the entity') });

const createInput = lazyTypeFor((base, kind: Kind): MutationInputRef => {
  const { ontology } = base;
  const ref = mutationInputRef(base, `Create${kind}Input`);
  ref.implement({
    description:
      'The complete entity; the type of its kind describes its properties. Where one is replaced, values left out are removed.',
    fields: (t) => ({
      slug: slug(ontology, t, kind),
      ...propertyInputs(base, t, ontology.propertiesOf(kind)),
      ...cited(ontology, t, kind),
      ...revisionOfIt(t),
    }),
  });
  return ref;
});

const updateInput = lazyTypeFor((base, kind: Kind): MutationInputRef => {
  const { ontology } = base;
  const ref = mutationInputRef(base, `Update${kind}Input`);
  ref.implement({
    description: 'Changes to an entity. Fields left out keep their values; null or an empty list removes a value.',
    fields: (t) => ({
      id: t.id({ required: true, description: 'ID or slug of the entity.' }),
      ...propertyInputs(base, t, ontology.propertiesOf(kind), { partial: true }),
      ...cited(ontology, t, kind),
      ...revisionOfIt(t),
    }),
  });
  return ref;
});

/** One field for each kind, of which exactly one is given. */
function perKind(base: SchemaBase, name: string, description: string, inputOf: typeof createInput): MutationInputRef {
  const { ontology } = base;
  const ref = mutationInputRef(base, name);
  ref.implement({
    isOneOf: true,
    description,
    fields: (t) =>
      Object.fromEntries(
        ontology.kindNames.map((kind) => [ontology.kind(kind).singular, t.field({ type: inputOf(base, kind) })]),
      ),
  });
  return ref;
}

const NewEntity = lazyType((base) =>
  perKind(base, 'NewEntity', 'A complete entity, under the name of its kind.', createInput),
);

const EntityUpdate = lazyType((base) =>
  perKind(base, 'EntityUpdate', 'Changes to an entity, under the name of its kind.', updateInput),
);

const EntityDeletion = lazyType((base) => {
  const ref = mutationInputRef(base, 'EntityDeletion');
  ref.implement({
    description: 'The entity to delete, with the relations that start at it.',
    fields: (t) => ({
      kind: t.field({ type: EntityKind(base), required: true, description: 'Kind of the entity.' }),
      id: t.id({ required: true, description: 'ID or slug of the entity.' }),
      detach: t.boolean({
        defaultValue: false,
        description:
          'Whether to delete relations from other entities too. If false, the deletion fails while there are any.',
      }),
      ...revisionOfIt(t),
    }),
  });
  return ref;
});

const RelationLink = lazyType((base) => {
  const { ontology } = base;
  const ref = mutationInputRef(base, 'RelationLink');
  ref.implement({
    isOneOf: true,
    description: 'A complete relation, new or existing, under the name of its type. Values left out are removed.',
    fields: (t) =>
      Object.fromEntries(
        ontology.relationTypes.map((relation) => [
          linkField(relation),
          t.field({ type: linkInputOf(base, relation), description: relationEnds(ontology, relation) }),
        ]),
      ),
  });
  return ref;
});

const RelationUnlink = lazyType((base) => {
  const ref = mutationInputRef(base, 'RelationUnlink');
  ref.implement({
    description: 'The relation to delete, identified by its type and its ends.',
    fields: (t) => ({
      type: t.field({ type: RelationTypeEnum(base), required: true, description: 'Type of the relation.' }),
      ...endsOf(t),
    }),
  });
  return ref;
});

const operations: Readonly<Record<ActionName, (base: SchemaBase) => MutationInputRef>> = {
  create: NewEntity,
  update: EntityUpdate,
  upsert: NewEntity,
  delete: EntityDeletion,
  link: RelationLink,
  unlink: RelationUnlink,
};

const actionInput = lazyTypeFor((base, action: Exclude<ActionName, 'upsert'>): MutationInputRef => {
  const ref = mutationInputRef(base, `${capitalized(action)}Input`);
  const { of } = actions[action];
  ref.implement({
    description: `The ${of}, and what the change log says of the change.`,
    fields: (t) => ({
      [of]: t.field({ type: operations[action](base), required: true, description: `The ${of}.` }),
      ...requestFields(t),
    }),
  });
  return ref;
});

/** The input type of a mutation: its operation, and what it says of the change as a whole. Two mutations take a new entity. */
export const inputRefOf = (base: SchemaBase, action: ActionName): MutationInputRef =>
  actionInput(base, action === 'upsert' ? 'create' : action);

const OperationInput = lazyType((base) => {
  const ref = mutationInputRef(base, 'OperationInput');
  ref.implement({
    isOneOf: true,
    description: 'An operation of a transaction: exactly one of these.',
    fields: (t) =>
      Object.fromEntries(
        actionNames(base.ontology).map((name) => [
          name,
          t.field({ type: operations[name](base), description: actions[name].description }),
        ]),
      ),
  });
  return ref;
});

export const TransactionInput = lazyType((base) => {
  const ref = mutationInputRef(base, 'TransactionInput');
  ref.implement({
    description: 'Operations that succeed or fail together.',
    fields: (t) => ({
      operations: t.field({
        type: [OperationInput(base)],
        required: true,
        description: `Operations, at most ${limits.operations}, in order. An operation may refer to entities that earlier ones create.`,
      }),
      ...requestFields(t),
    }),
  });
  return ref;
});
