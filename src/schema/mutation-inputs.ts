import { edgePropertiesOf, kindsAt, propertiesOf } from '../ontology/fields.ts';
import { type Kind, kindNames } from '../ontology/kinds.ts';
import { pascalCase } from '../ontology/letter-case.ts';
import { provenance } from '../ontology/provenance.ts';
import { type RelationType, relationTypes } from '../ontology/relations.ts';
import { limits } from './limits.ts';
import { descriptionOf, type MutationDefinition, mutationDefinitions } from './mutation-definitions.ts';
import {
  type InputFieldBuilder,
  type MutationInputRef,
  mutationInputRef,
  propertyInputs,
} from './mutation-property-inputs.ts';
import { relationTypeName } from './names.ts';

/** What an operation takes, and in which words. */
interface InputDefinition {
  /** Its types are `<name>Input`, and `<name>Operation` in a transaction. */
  readonly name: string;
  readonly description: string;
  readonly fields: (t: InputFieldBuilder) => ReturnType<typeof propertyInputs>;
}

/** What is asked of a change as a whole, beside its operations. */
const requestFields = (t: InputFieldBuilder) => ({
  reason: t.string({ description: `Why, for the change log, in at most ${limits.reason} characters.` }),
  idempotencyKey: t.string({
    description:
      'Any text of your own. A second request of yours with it changes nothing, and is answered as the first.',
  }),
  dryRun: t.boolean({
    defaultValue: false,
    description: 'Change nothing, and answer what would be changed and what is against it.',
  }),
});

const expectedRevision = (t: InputFieldBuilder, whose: string) =>
  t.int({
    description: `Revision of ${whose}, as you read it. Where it has been changed since, this is refused and tells how it is now.`,
  });

const slug = (t: InputFieldBuilder, kind: Kind) =>
  t.string({
    required: true,
    description: `Readable key: words of small letters and digits, joined by hyphens; unique over all kinds, for good.${kind === 'Country' ? ' Of a country: its `code` in lower case.' : ''}`,
  });

const existing = (t: InputFieldBuilder, kind: string) =>
  t.id({ required: true, description: `Id or slug of the ${kind}.` });

const sources = (t: InputFieldBuilder, description: string) => t.idList({ description });

/** A source is no claim of ours, so it cites none. */
const cited = (t: InputFieldBuilder, kind: Kind) =>
  kind === provenance.kind
    ? {}
    : { sources: sources(t, 'Ids or slugs of sources that it rests on; those that it cites already stay.') };

const revisionOfIt = (t: InputFieldBuilder) => ({ expectedRevision: expectedRevision(t, 'the entity') });

function entityInputs(kind: Kind): readonly InputDefinition[] {
  const properties = propertiesOf(kind);
  return [
    {
      name: `Create${kind}`,
      description: `A new ${kind}.`,
      fields: (t) => ({ slug: slug(t, kind), ...propertyInputs(t, properties), ...cited(t, kind) }),
    },
    {
      name: `Update${kind}`,
      description: `What changes in a ${kind}: what is left out stays, and null or an empty list removes a value.`,
      fields: (t) => ({
        id: existing(t, kind),
        ...propertyInputs(t, properties, { partial: true }),
        ...cited(t, kind),
        ...revisionOfIt(t),
      }),
    },
    {
      name: `Upsert${kind}`,
      description: `A ${kind} as it should be, whether it is there or not: what is left out is removed.`,
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
  description: 'An entity to delete, with the relations that start at it.',
  fields: (t) => ({
    id: existing(t, 'entity'),
    detach: t.boolean({
      defaultValue: false,
      description:
        'Also delete the relations that lead to it from others; without this it is refused where there are any.',
    }),
    ...revisionOfIt(t),
  }),
};

const endsOf = (t: InputFieldBuilder, relation?: RelationType) => {
  const end = (name: 'from' | 'to') => {
    const [kind, ...others] = relation ? kindsAt(relation, name) : [];
    const whose = kind && others.length === 0 ? `the ${kind}` : 'the entity';
    return t.id({
      required: true,
      description: `Id or slug of ${whose} that it ${name === 'from' ? 'starts at' : 'leads to'}.`,
    });
  };
  return { from: end('from'), to: end('to') };
};

const revisionOfStart = (t: InputFieldBuilder) => ({ expectedRevision: expectedRevision(t, 'the entity at `from`') });

const linkInput = (relation: RelationType): InputDefinition => ({
  name: `Link${relationTypeName(relation)}`,
  description: `A relation ${relation} as it should be, whether it is there or not: what is left out is removed.`,
  fields: (t) => ({
    ...endsOf(t, relation),
    ...propertyInputs(t, edgePropertiesOf(relation)),
    sources: sources(t, 'Ids or slugs of sources of its own. Without them it rests on those that its `from` cites.'),
    ...revisionOfStart(t),
  }),
});

const unlinkInput: InputDefinition = {
  name: 'Unlink',
  description: 'A relation to delete, by its ends.',
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

/** Deletions are alike for all kinds and relations, and share their types. */
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
  description: 'One step of a transaction: exactly one of these.',
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
  description: 'Steps that are done all or none.',
  fields: (t) => ({
    operations: t.field({
      type: [OperationInput],
      required: true,
      description: `The steps, at most ${limits.operations}, in their order: one may name what an earlier one creates.`,
    }),
    ...requestFields(t),
  }),
});
