import { edgePropertiesOf, kindsAt, propertiesOf } from '../../ontology/fields.ts';
import { type Kind, kindNames, kinds, slugPropertyOf } from '../../ontology/kinds.ts';
import { pascalCase } from '../../ontology/letter-case.ts';
import { provenance } from '../../ontology/provenance.ts';
import { type RelationType, relationTypes } from '../../ontology/relations.ts';
import { limits } from '../limits.ts';
import { nounOf, relationTypeName } from '../names.ts';
import { descriptionOf, type MutationDefinition, mutationDefinitions } from './mutation-definitions.ts';
import {
  type InputFieldBuilder,
  type MutationInputRef,
  mutationInputRef,
  propertyInputs,
} from './mutation-property-inputs.ts';

/** The input of an operation, with its description. */
interface InputDefinition {
  /** Its types are `<name>Input`, and `<name>Operation` in a transaction. */
  readonly name: string;
  readonly description: string;
  readonly fields: (t: InputFieldBuilder) => ReturnType<typeof propertyInputs>;
}

/** Fields of a change as a whole, beside those of its operations. */
const requestFields = (t: InputFieldBuilder) => ({
  reason: t.string({ description: `Reason of the change, for the change log; at most ${limits.reason} characters.` }),
  idempotencyKey: t.string({
    description: 'Unique key of the request. Repeating it returns the first result and changes nothing.',
  }),
  dryRun: t.boolean({
    defaultValue: false,
    description: 'Whether to check the change only. Returns what would change, and all errors.',
  }),
});

const expectedRevision = (t: InputFieldBuilder, whose: string) =>
  t.int({
    description: `Expected revision of ${whose}. If it has changed, fails with CONFLICT and its current state.`,
  });

const slug = (t: InputFieldBuilder, kind: Kind) =>
  t.string({
    required: true,
    description: `Readable key: words of lower-case letters and digits, joined by hyphens. Unique across all kinds; cannot be changed.${slugPropertyOf(kind) ? ` It is the \`${slugPropertyOf(kind)}\` in lower case.` : ''}`,
  });

const existing = (t: InputFieldBuilder, what: string) =>
  t.id({ required: true, description: `ID or slug of ${what}.` });

const sources = (t: InputFieldBuilder, description: string) => t.idList({ description });

/** Sources do not cite sources. */
const cited = (t: InputFieldBuilder, kind: Kind) =>
  kind === provenance.kind
    ? {}
    : { sources: sources(t, 'IDs or slugs of sources to cite, in addition to those already cited.') };

const revisionOfIt = (t: InputFieldBuilder) => ({ expectedRevision: expectedRevision(t, 'the entity') });

function entityInputs(kind: Kind): readonly InputDefinition[] {
  const properties = propertiesOf(kind);
  return [
    {
      name: `Create${kind}`,
      description: `The ${nounOf(kind)} to create.`,
      fields: (t) => ({ slug: slug(t, kind), ...propertyInputs(t, properties), ...cited(t, kind) }),
    },
    {
      name: `Update${kind}`,
      description: `Changes to ${kinds[kind].one}. Fields left out keep their values; null or an empty list removes a value.`,
      fields: (t) => ({
        id: existing(t, `the ${nounOf(kind)}`),
        ...propertyInputs(t, properties, { partial: true }),
        ...cited(t, kind),
        ...revisionOfIt(t),
      }),
    },
    {
      name: `Upsert${kind}`,
      description: `The complete ${nounOf(kind)}, new or existing. Values left out are removed.`,
      fields: (t) => ({
        slug: slug(t, kind),
        ...propertyInputs(t, properties),
        ...cited(t, kind),
        ...revisionOfIt(t),
      }),
    },
  ];
}

const deleteInput: InputDefinition = {
  name: 'Delete',
  description: 'The entity to delete, with the relations that start at it.',
  fields: (t) => ({
    id: existing(t, 'the entity'),
    detach: t.boolean({
      defaultValue: false,
      description:
        'Whether to delete relations from other entities too. If false, the deletion fails while there are any.',
    }),
    ...revisionOfIt(t),
  }),
};

const endsOf = (t: InputFieldBuilder, relation?: RelationType) => {
  const end = (name: 'from' | 'to') => {
    const [kind, ...others] = relation ? kindsAt(relation, name) : [];
    const whose = kind && others.length === 0 ? `the ${nounOf(kind)}` : 'the entity';
    return t.id({
      required: true,
      description: `ID or slug of ${whose} at the ${name === 'from' ? 'start' : 'end'} of the relation.`,
    });
  };
  return { from: end('from'), to: end('to') };
};

const revisionOfStart = (t: InputFieldBuilder) => ({ expectedRevision: expectedRevision(t, 'the start entity') });

const linkInput = (relation: RelationType): InputDefinition => ({
  name: `Link${relationTypeName(relation)}`,
  description: `The complete relation ${relation}, new or existing. Values left out are removed.`,
  fields: (t) => ({
    ...endsOf(t, relation),
    ...propertyInputs(t, edgePropertiesOf(relation)),
    sources: sources(t, 'IDs or slugs of sources. Default: those that the start entity cites.'),
    ...revisionOfStart(t),
  }),
});

const unlinkInput: InputDefinition = {
  name: 'Unlink',
  description: 'The relation to delete, identified by its ends.',
  fields: (t) => ({ ...endsOf(t), ...revisionOfStart(t) }),
};

const definitions = [...kindNames.flatMap(entityInputs), deleteInput, ...relationTypes.map(linkInput), unlinkInput];

function implemented(name: string, description: string, fields: InputDefinition['fields']): MutationInputRef {
  const ref = mutationInputRef(name);
  ref.implement({ description, fields });
  return ref;
}

const inputs = new Map(
  definitions.map(({ name, description, fields }) => [
    name,
    implemented(`${name}Input`, description, (t) => ({ ...fields(t), ...requestFields(t) })),
  ]),
);

const operations = new Map(
  definitions.map(({ name, description, fields }) => [name, implemented(`${name}Operation`, description, fields)]),
);

/** Deletions of all kinds share one type, and so do those of all relations. */
function definitionNameOf({ action, name }: MutationDefinition): string {
  if (action === 'DELETE') return deleteInput.name;
  if (action === 'UNLINK') return unlinkInput.name;
  return pascalCase(name);
}

function refOf(refs: ReadonlyMap<string, MutationInputRef>, mutation: MutationDefinition): MutationInputRef {
  const ref = refs.get(definitionNameOf(mutation));
  if (!ref) throw new Error(`No input of ${mutation.name}.`);
  return ref;
}

/** The input type of a mutation. */
export const inputRefOf = (mutation: MutationDefinition): MutationInputRef => refOf(inputs, mutation);

const OperationInput = mutationInputRef('OperationInput');
OperationInput.implement({
  isOneOf: true,
  description: 'An operation of a transaction: exactly one of these.',
  fields: (t) =>
    Object.fromEntries(
      mutationDefinitions.map((mutation) => [
        mutation.name,
        t.field({ type: refOf(operations, mutation), description: descriptionOf(mutation) }),
      ]),
    ),
});

export const TransactionInput = mutationInputRef('TransactionInput');
TransactionInput.implement({
  description: 'Operations that succeed or fail together.',
  fields: (t) => ({
    operations: t.field({
      type: [OperationInput],
      required: true,
      description: `Operations, at most ${limits.operations}, in order. An operation may refer to entities that earlier ones create.`,
    }),
    ...requestFields(t),
  }),
});
