import type { FieldNode, OperationDefinitionNode, ValueNode } from 'graphql';
// Only the parser: the whole of graphql would be larger than the client.
import { Kind } from 'graphql/language/kinds.js';
import { parse } from 'graphql/language/parser.js';

const KEY = 'idempotencyKey';

const valueAt = (variables: object, name: string): unknown =>
  Object.hasOwn(variables, name) ? (variables as Record<string, unknown>)[name] : undefined;

const isKey = (value: unknown) => typeof value === 'string' && value !== '';

function carriesKey(value: ValueNode, variables: object): boolean {
  if (value.kind === Kind.VARIABLE) {
    const given = valueAt(variables, value.name.value);
    return typeof given === 'object' && given !== null && isKey(valueAt(given, KEY));
  }
  if (value.kind !== Kind.OBJECT) return false;
  const key = value.fields.find(({ name }) => name.value === KEY)?.value;
  if (key?.kind === Kind.VARIABLE) return isKey(valueAt(variables, key.name.value));
  return key?.kind === Kind.STRING && key.value !== '';
}

const isRepeatableField = ({ name, arguments: given = [] }: FieldNode, variables: object) =>
  name.value === '__typename' || given.some(({ value }) => carriesKey(value, variables));

const isRepeatableOperation = ({ operation, selectionSet }: OperationDefinitionNode, variables: object) =>
  operation !== 'mutation' ||
  selectionSet.selections.every((selected) => selected.kind === Kind.FIELD && isRepeatableField(selected, variables));

/**
 * Whether an operation is idempotent: it only reads, or each of its mutations has an `idempotencyKey`.
 */
export function isRepeatable(text: string, variables: object = {}): boolean {
  try {
    return parse(text, { noLocation: true }).definitions.every(
      (definition) => definition.kind !== Kind.OPERATION_DEFINITION || isRepeatableOperation(definition, variables),
    );
  } catch {
    // The server will report the syntax error.
    return false;
  }
}
