import {
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';
import type { Kind } from '../../ontology/vocabulary.ts';

/** A field written by hand that is computed from the properties of an entity, described like a property. */
export interface ComputedField {
  readonly kind: Kind;
  readonly name: string;
  readonly description: string;
  readonly type: string;
  readonly list: boolean;
  /** Values of its enumeration. */
  readonly values: readonly string[];
}

/** Marks a field that is computed from the properties of a kind. */
export const computedFrom = (kind: Kind) => ({ computedFrom: kind });

const types: Readonly<Record<string, string>> = { Int: 'int', Float: 'float', Boolean: 'boolean' };

const isList = (type: GraphQLOutputType): boolean => isListType(isNonNullType(type) ? type.ofType : type);

/** The computed fields of a schema that have a plain value and need no arguments. */
export const computedFieldsOf = (schema: GraphQLSchema, kinds: readonly Kind[]): readonly ComputedField[] =>
  kinds.flatMap((kind) => {
    const object = schema.getType(kind);
    if (!isObjectType(object)) return [];
    return Object.values(object.getFields()).flatMap(({ name, description, type, args, extensions }) => {
      const value = getNamedType(type);
      if (extensions.computedFrom === undefined || !isLeafType(value) || args.some(isRequiredArgument)) return [];
      const values = isEnumType(value) ? value.getValues().map((each) => each.name) : [];
      const named = isEnumType(value) ? 'enumeration' : (types[value.name] ?? 'text');
      return [{ kind, name, description: description ?? '', type: named, list: isList(type), values }];
    });
  });

/** What is wrong with computed fields: one on another type would find none of the properties that it reads. */
export const misplacedFields = (schema: GraphQLSchema): readonly string[] =>
  Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .flatMap((type) =>
      Object.values(type.getFields())
        .filter(({ extensions }) => ![undefined, type.name].includes(extensions.computedFrom as string | undefined))
        .map(
          ({ name, extensions: { computedFrom: kind } }) =>
            `${type.name}.${name} is computed from properties of ${kind}: add it to ${kind}, or give \`computed\` the kind of its type.`,
        ),
    );
