import { pascalCase } from '../../ontology/letter-case.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { Kind, RelationType } from '../../ontology/vocabulary.ts';
import { part, type SchemaBase } from '../builder.ts';
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
  /** Its type is `<name>Input`. */
  readonly name: string;
  readonly description: string;
  readonly fields: (t: InputFieldBuilder) => ReturnType<typeof propertyInputs>;
}

/** Fields of a change as a whole, beside those of its operations. A transaction has them, and its operations do not. */
const requestFields = (t: InputFieldBuilder) => ({
  reason: t.string({
    description: `Reason of the change, for the change log; at most ${limits.reason} characters. Of a transaction, not of its operations.`,
  }),
  idempotencyKey: t.string({
    description:
      'Unique key of the request. Repeating it returns the first result and changes nothing. Of a transaction, not of its operations.',
  }),
  dryRun: t.boolean({
    defaultValue: false,
    description:
      'Whether to check the change only. Returns what would change, and all errors. Of a transaction, not of its operations.',
  }),
});

const expectedRevision = (t: InputFieldBuilder, whose: string) =>
  t.int({
    description: `Expected revision of ${whose}. If it has changed, fails with CONFLICT and its current state.`,
  });

const slug = ({ slugPropertyOf }: Ontology, t: InputFieldBuilder, kind: Kind) =>
  t.string({
    required: true,
    description: `Readable key: words of lower-case letters and digits, joined by hyphens. Unique across all kinds; cannot be changed.${slugPropertyOf(kind) ? ` It is the \`${slugPropertyOf(kind)}\` in lower case.` : ''}`,
  });

const existing = (t: InputFieldBuilder, what: string) =>
  t.id({ required: true, description: `ID or slug of ${what}.` });

const sources = (t: InputFieldBuilder, description: string) => t.idList({ description });

/** Sources do not cite sources. */
const cited = ({ provenance }: Ontology, t: InputFieldBuilder, kind: Kind) =>
  !provenance || kind === provenance.kind
    ? {}
    : { sources: sources(t, 'IDs or slugs of sources to cite, in addition to those already cited.') };

const revisionOfIt = (t: InputFieldBuilder) => ({ expectedRevision: expectedRevision(t, 'the entity') });

function entityInputs(base: SchemaBase, kind: Kind): readonly InputDefinition[] {
  const { ontology } = base;
  const properties = ontology.propertiesOf(kind);
  const noun = nounOf(ontology, kind);
  return [
    {
      name: `Create${kind}`,
      description: `The complete ${noun}. Where one is replaced, values left out are removed.`,
      fields: (t) => ({
        slug: slug(ontology, t, kind),
        ...propertyInputs(base, t, properties),
        ...cited(ontology, t, kind),
        ...revisionOfIt(t),
      }),
    },
    {
      name: `Update${kind}`,
      description: `Changes to ${ontology.kind(kind).one}. Fields left out keep their values; null or an empty list removes a value.`,
      fields: (t) => ({
        id: existing(t, `the ${noun}`),
        ...propertyInputs(base, t, properties, { partial: true }),
        ...cited(ontology, t, kind),
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

const endsOf = (ontology: Ontology, t: InputFieldBuilder, relation?: RelationType) => {
  const end = (name: 'from' | 'to') => {
    const [kind, ...others] = relation ? ontology.kindsAt(relation, name) : [];
    const whose = kind && others.length === 0 ? `the ${nounOf(ontology, kind)}` : 'the entity';
    return t.id({
      required: true,
      description: `ID or slug of ${whose} at the ${name === 'from' ? 'start' : 'end'} of the relation.`,
    });
  };
  return { from: end('from'), to: end('to') };
};

const revisionOfStart = (t: InputFieldBuilder) => ({ expectedRevision: expectedRevision(t, 'the start entity') });

const hasProperties = ({ edgePropertiesOf }: Ontology, relation: RelationType) =>
  Object.keys(edgePropertiesOf(relation)).length > 0;

/** Relations without properties share one. */
const linkInput = (base: SchemaBase, relation?: RelationType): InputDefinition => ({
  name: relation ? `Link${relationTypeName(relation)}` : 'Link',
  description: `The complete relation${relation ? ` ${relation}` : ''}, new or existing. Values left out are removed.`,
  fields: (t) => ({
    ...endsOf(base.ontology, t, relation),
    ...(relation && propertyInputs(base, t, base.ontology.edgePropertiesOf(relation))),
    ...(base.ontology.provenance && {
      sources: sources(t, 'IDs or slugs of sources. Default: those that the start entity cites.'),
    }),
    ...revisionOfStart(t),
  }),
});

const unlinkInput = (ontology: Ontology): InputDefinition => ({
  name: 'Unlink',
  description: 'The relation to delete, identified by its ends.',
  fields: (t) => ({ ...endsOf(ontology, t), ...revisionOfStart(t) }),
});

const definitions = part((base): readonly InputDefinition[] => {
  const { ontology } = base;
  return [
    ...ontology.kindNames.flatMap((kind) => entityInputs(base, kind)),
    deleteInput,
    linkInput(base),
    ...ontology.relationTypes
      .filter((relation) => hasProperties(ontology, relation))
      .map((relation) => linkInput(base, relation)),
    unlinkInput(ontology),
  ];
});

const inputs = part(
  (base) =>
    new Map(
      definitions(base).map(({ name, description, fields }) => {
        const ref = mutationInputRef(base, `${name}Input`);
        ref.implement({ description, fields: (t) => ({ ...fields(t), ...requestFields(t) }) });
        return [name, ref] as const;
      }),
    ),
);

/**
 * The name of the input of a mutation. An entity is created from the same input as it is replaced by; deletions of all
 * kinds share one, and so do those of all relations, and relations without properties.
 */
function definitionNameOf(ontology: Ontology, mutation: MutationDefinition): string {
  const { action, name } = mutation;
  if (action === 'UPSERT') return `Create${mutation.kind}`;
  const isShared =
    action === 'DELETE' || action === 'UNLINK' || (action === 'LINK' && !hasProperties(ontology, mutation.relation));
  return pascalCase(isShared ? action.toLowerCase() : name);
}

/** The input type of a mutation. */
export function inputRefOf(base: SchemaBase, mutation: MutationDefinition): MutationInputRef {
  const ref = inputs(base).get(definitionNameOf(base.ontology, mutation));
  if (!ref) throw new Error(`No input of ${mutation.name}.`);
  return ref;
}

const OperationInput = part((base) => {
  const { ontology } = base;
  const ref = mutationInputRef(base, 'OperationInput');
  ref.implement({
    isOneOf: true,
    description: 'An operation of a transaction: exactly one of these.',
    fields: (t) =>
      Object.fromEntries(
        mutationDefinitions(ontology).map((mutation) => [
          mutation.name,
          t.field({ type: inputRefOf(base, mutation), description: descriptionOf(ontology, mutation) }),
        ]),
      ),
  });
  return ref;
});

export const TransactionInput = part((base) => {
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
