import type { Properties, Property } from '../../ontology/vocabulary.ts';
import { builder } from '../builder.ts';
import { enumRef } from '../enumerations.ts';

/** An input as passed by GraphQL, validated against its type. */
export type MutationInput = Readonly<Record<string, unknown>>;

export const mutationInputRef = (name: string) => builder.inputRef<MutationInput>(name);
export type MutationInputRef = ReturnType<typeof mutationInputRef>;
export type InputFieldBuilder = Parameters<Parameters<MutationInputRef['implement']>[0]['fields']>[0];

const MilestoneInput = mutationInputRef('MilestoneInput');
MilestoneInput.implement({
  description: 'A step in the history of a laboratory or platform.',
  fields: (t) => ({
    date: t.field({ type: 'PartialDate', description: 'Date of the step, as precise as its source; null if unknown.' }),
    text: t.string({ required: true, description: 'What happened.' }),
    source: t.id({ description: 'ID or slug of the source.' }),
  }),
});

const scalars = {
  text: 'String',
  int: 'Int',
  float: 'Float',
  boolean: 'Boolean',
  date: 'PartialDate',
  url: 'URL',
  milestones: MilestoneInput,
} as const;

const inputTypeOf = ({ type, enumeration }: Property) =>
  enumeration ? enumRef(enumeration) : scalars[type as keyof typeof scalars];

const isList = ({ list, type }: Property) => list || type === 'milestones';

/** Properties as fields of an input. `partial`: all are optional. */
export const propertyInputs = (t: InputFieldBuilder, properties: Properties, { partial = false } = {}) =>
  Object.fromEntries(
    Object.entries(properties).map(([name, property]) => {
      const type = inputTypeOf(property);
      const { description } = property;
      const required = property.required && !partial;
      return [
        name,
        isList(property) ? t.field({ type: [type], required, description }) : t.field({ type, required, description }),
      ];
    }),
  );
