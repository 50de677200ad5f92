import type { Ontology } from '../../ontology/ontology.ts';
import { isListed, type Properties, type Property } from '../../ontology/vocabulary.ts';
import { lazyType, lazyTypeFor, type SchemaBase } from '../builder.ts';
import { enumRef } from '../enumerations.ts';
import { nameOfOne, nounOf } from '../names.ts';
import { valueType } from '../scalars.ts';

/** An input as passed by GraphQL, validated against its type. */
export type MutationInput = Readonly<Record<string, unknown>>;

export const mutationInputRef = ({ builder }: SchemaBase, name: string) => builder.inputRef<MutationInput>(name);
export type MutationInputRef = ReturnType<typeof mutationInputRef>;
export type InputFieldBuilder = Parameters<Parameters<MutationInputRef['implement']>[0]['fields']>[0];

export const expectedRevision = (t: InputFieldBuilder, whose: string) =>
  t.int({
    description: `Expected revision of ${whose}. If it has changed, fails with CONFLICT and its current state.`,
  });

/** The kinds with a history in prose: `a laboratory or platform`. */
function ownersOfHistories(ontology: Ontology): string {
  const owners = ontology.kindNames.filter((kind) =>
    Object.values(ontology.propertiesOf(kind)).some(({ type }) => type === 'milestones'),
  );
  const names = owners.map((kind, index) => (index === 0 ? nameOfOne(ontology, kind) : nounOf(ontology, kind)));
  return names.join(' or ') || 'an entity';
}

const MilestoneInput = lazyType((base) => {
  const { ontology } = base;
  const { milestones } = ontology.definition;
  const ref = mutationInputRef(base, 'MilestoneInput');
  ref.implement({
    description: `A step in the history of ${ownersOfHistories(ontology)}.`,
    fields: (t) => ({
      date: t.field({
        type: 'PartialDate',
        description: 'Date of the step, as precise as its source; null if unknown.',
      }),
      ...(milestones && { type: t.field({ type: enumRef(base, milestones.type), description: 'Type of step.' }) }),
      text: t.string({ required: true, description: 'What happened.' }),
      ...(ontology.provenance && { source: t.id({ description: 'ID or slug of the source.' }) }),
    }),
  });
  return ref;
});

function inputTypeOf(base: SchemaBase, property: Property) {
  const { type } = property;
  if (type === 'identifiers' || type === 'locations') return itemInputs(base, type);
  return type === 'milestones' ? MilestoneInput(base) : valueType(base, property);
}

const isList = (property: Property) => property.list || isListed(property);

const itemInputs = lazyTypeFor((base, type: 'identifiers' | 'locations') => {
  const [name, description] =
    type === 'identifiers'
      ? (['IdentifierInput', 'An identifier in another system. Its `value` may also be its address.'] as const)
      : (['LocationInput', 'A place in WGS 84.'] as const);
  const ref = mutationInputRef(base, name);
  ref.implement({
    description,
    fields: (t) => propertyInputs(base, t, base.ontology.fieldsOfItems(type)),
  });
  return ref;
});

/** Properties as fields of an input. Their descriptions are at the fields that read them. `partial`: all are optional. */
export const propertyInputs = (
  base: SchemaBase,
  t: InputFieldBuilder,
  properties: Properties,
  { partial = false } = {},
) =>
  Object.fromEntries(
    Object.entries(properties).map(([name, property]) => {
      const type = inputTypeOf(base, property);
      const required = property.required && !partial;
      return [name, isList(property) ? t.field({ type: [type], required }) : t.field({ type, required })];
    }),
  );
