import {
  coerceInputValue,
  GraphQLError,
  type GraphQLInputType,
  type GraphQLSchema,
  getVariableValues,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  Kind,
  type OperationDefinitionNode,
  type TypeNode,
  typeFromAST,
  type VariableDefinitionNode,
} from 'graphql';
import { getOrInsert } from '../../ontology/get-or-insert.ts';
import { memoize } from '../../ontology/memoize.ts';
import { limitExceeded } from '../errors.ts';
import { reasonAgainst } from '../exact-numbers.ts';
import { limits } from '../limits.ts';
import { quotedValue, shortReason } from './quoted-value.ts';

export type VariableValues = Readonly<Record<string, unknown>>;

/** The coerced variables of an operation, or at most `limits.variableErrors` errors. */
export type Variables =
  | { readonly coerced: VariableValues; readonly errors?: undefined }
  | { readonly errors: readonly GraphQLError[]; readonly coerced?: undefined };

/** The name of a type in a document, without its lists and exclamation marks. */
export const namedTypeOf = (type: TypeNode): string =>
  type.kind === Kind.NAMED_TYPE ? type.name.value : namedTypeOf(type.type);

/** Thrown to stop coercion early. */
class EnoughErrors extends Error {}

/** The depth is limited by `checkVariables`. */
function lookups(value: unknown, type: GraphQLInputType): number {
  if (isNonNullType(type)) return lookups(value, type.ofType);
  if (typeof value !== 'object' || value === null) return 0;
  if (isListType(type)) {
    const items = Array.isArray(value) ? value : [value];
    return items.reduce((sum: number, item) => sum + lookups(item, type.ofType), 0);
  }
  if (!isInputObjectType(type) || Array.isArray(value)) return 0;
  const fields = type.getFields();
  let sum = Object.keys(fields).length;
  for (const [name, inside] of Object.entries(value)) {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (field) sum += lookups(inside, field.type);
  }
  return sum;
}

/** The definitions of variables with a value, with their types. */
function givenOf(schema: GraphQLSchema, definitions: readonly VariableDefinitionNode[], values: VariableValues) {
  return definitions.flatMap((definition) => {
    const name = definition.variable.name.value;
    const type = typeFromAST(schema, definition.type);
    const value = Object.hasOwn(values, name) ? values[name] : null;
    // Missing and null values are left to graphql, which reports them briefly.
    return value === null || !isInputType(type) ? [] : [{ definition, name, type, value }];
  });
}

const placeOf = (name: string, path: readonly (string | number)[]) =>
  path.reduce<string>((place, key) => place + (typeof key === 'number' ? `[${key}]` : `.${key}`), name);

const isNumeric = (value: unknown): value is string =>
  typeof value === 'string' && value.length > 0 && Number.isFinite(Number(value));

/** Coerces values as graphql does, but stops after some errors and quotes only the start of a value. */
function errorsOf(
  schema: GraphQLSchema,
  definitions: readonly VariableDefinitionNode[],
  values: VariableValues,
  hideSuggestions: boolean,
): readonly GraphQLError[] {
  const given = givenOf(schema, definitions, values);
  if (given.reduce((sum, { value, type }) => sum + lookups(value, type), 0) > limits.variableFields) {
    return [
      limitExceeded(
        `The objects in the variables have more than ${limits.variableFields} fields, including missing ones. Split the request.`,
      ),
    ];
  }
  const errors: GraphQLError[] = [];
  const quotes = new Map<unknown, string>();
  const quote = (value: unknown) => getOrInsert(quotes, value, () => quotedValue(value));
  try {
    for (const { definition, name, type, value } of given) {
      const onError = (path: readonly (string | number)[], invalid: unknown, error: GraphQLError) => {
        if (errors.length >= limits.variableErrors) throw new EnoughErrors();
        const place = path.length > 0 ? ` at "${placeOf(name, path)}"` : '';
        const reason = (isNumeric(invalid) ? reasonAgainst(invalid) : undefined) ?? shortReason(error.message);
        const message = `Variable "$${name}" got invalid value ${quote(invalid)}${place}; ${reason}`;
        errors.push(new GraphQLError(message, { nodes: definition, originalError: error }));
      };
      coerceInputValue(value, type, onError, hideSuggestions);
    }
  } catch (error) {
    if (!(error instanceof EnoughErrors)) throw error;
    const message = `The variables have more than ${limits.variableErrors} errors; the first are shown.`;
    errors.push(new GraphQLError(message, { nodes: definitions[0] ?? null }));
  }
  return errors;
}

const noValues: VariableValues = {};

const readOf = memoize((_: OperationDefinitionNode) => new WeakMap<VariableValues, Variables>());

/**
 * Coerces the variables of an operation once for the whole server, in time linear in their size. Call it after
 * `checkVariables`, which limits their depth and number.
 */
export function readVariables(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  given: VariableValues | null | undefined,
  { hideSuggestions = false }: { readonly hideSuggestions?: boolean } = {},
): Variables {
  const values = given ?? noValues;
  return getOrInsert(readOf(operation), values, () => {
    const definitions = operation.variableDefinitions ?? [];
    const errors = errorsOf(schema, definitions, values, hideSuggestions);
    if (errors.length > 0) return { errors };
    return getVariableValues(schema, definitions, values, {
      maxErrors: limits.variableErrors,
      hideSuggestions,
    }) as Variables;
  });
}
