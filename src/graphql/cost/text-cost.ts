import { type GraphQLSchema, isEnumType, isInputObjectType, isInterfaceType, isObjectType } from 'graphql';
import { propertyLength, recordLength, type Statistics } from '../../engine/reads/statistics.ts';
import { expectedLength } from '../../engine/reads/text-lengths.ts';
import { memoize } from '../../ontology/memoize.ts';
import type { Kind, RelationType } from '../../ontology/vocabulary.ts';

/** Characters of a response key and its value that the cost of writing a value covers. */
const COVERED = 100;

/** Further characters that cost as much as another value. */
const CHARACTERS_PER_VALUE = 50;

/** Additional cost of a long text. */
export const textCost = (characters: number): number => Math.max(0, characters - COVERED) / CHARACTERS_PER_VALUE;

/** Owner of the text. */
export interface TextOwner {
  readonly kind: Kind | 'Entity' | undefined;
  /** The relation of the edge, which can have properties. */
  readonly relation: RelationType | undefined;
  /** An introspection type. */
  readonly isIntrospection: boolean;
}

/** Expected length of a value of a type; 0 if unknown. */
export function valueLength(
  { kind, relation, isIntrospection }: TextOwner,
  name: string,
  typeName: string,
  schema: GraphQLSchema,
  statistics: Statistics,
): number {
  if (isIntrospection) return name === 'description' ? descriptionLength(schema) : 0;
  if (typeName === 'JSON') return recordLength(statistics);
  if (kind) return propertyLength(statistics, kind, name);
  return relation ? expectedLength(statistics.texts, relation, name) : 0;
}

/** Average length of a description in the schema. */
const descriptionLength = memoize((schema: GraphQLSchema): number => {
  const described = Object.values(schema.getTypeMap()).flatMap((type) => {
    if (isEnumType(type)) return [type, ...type.getValues()];
    if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) return [type];
    const fields = Object.values(type.getFields());
    return [type, ...fields, ...fields.flatMap((field) => ('args' in field ? field.args : []))];
  });
  return described.reduce((sum, { description }) => sum + (description?.length ?? 0), 0) / described.length;
});
