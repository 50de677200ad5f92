import {
  type DocumentNode,
  type GraphQLInputType,
  type GraphQLSchema,
  getNullableType,
  isEnumType,
  isInputType,
  isNonNullType,
  isScalarType,
  Kind,
  typeFromAST,
  valueFromASTUntyped,
} from 'graphql';

/** How a variable is filled. */
export type Control = 'choice' | 'boolean' | 'integer' | 'number' | 'text' | 'json';

/** A variable of an operation, as a form shows it. */
export interface Variable {
  readonly name: string;
  /** Its type as it is written. */
  readonly type: string;
  readonly isRequired: boolean;
  readonly control: Control;
  /** Values to choose from. */
  readonly choices: readonly string[];
  /** Value where it is left out. */
  readonly usual: unknown;
}

const controls: Readonly<Record<string, Control>> = { Boolean: 'boolean', Int: 'integer', Float: 'number' };

function controlOf(type: GraphQLInputType): Control {
  const named = getNullableType(type);
  if (isEnumType(named)) return 'choice';
  if (!isScalarType(named)) return 'json';
  return controls[named.name] ?? (named.name === 'JSON' ? 'json' : 'text');
}

/** The variables of an operation; of the first one without a name. */
export function variablesOf(
  document: DocumentNode,
  schema: GraphQLSchema,
  operationName: string | undefined,
): readonly Variable[] {
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const operation = operations.find(({ name }) => name?.value === operationName) ?? operations[0];
  return (operation?.variableDefinitions ?? []).flatMap(({ variable, type: written, defaultValue }) => {
    const type = typeFromAST(schema, written);
    if (!isInputType(type)) return [];
    const named = getNullableType(type);
    return [
      {
        name: variable.name.value,
        type: String(type),
        isRequired: isNonNullType(type) && defaultValue === undefined,
        control: controlOf(type),
        choices: isEnumType(named) ? named.getValues().map(({ name }) => name) : [],
        usual: defaultValue && valueFromASTUntyped(defaultValue),
      },
    ];
  });
}

/** The value of what was typed, which is `undefined` if the variable is left out. No value if it is no JSON where JSON is expected. */
export function readTyped(control: Control, text: string): { readonly value: unknown } | undefined {
  if (text.trim() === '') return { value: undefined };
  if (control === 'boolean') return { value: text === 'true' };
  if (control === 'integer' || control === 'number') return { value: Number(text) };
  if (control !== 'json') return { value: text };
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** A value as it stands in the form. */
export const textOfValue = (value: unknown): string =>
  value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);

/** The values in the editor of variables; undefined if its text is not an object in JSON. */
export function valuesIn(text: string): Readonly<Record<string, unknown>> | undefined {
  if (text.trim() === '') return {};
  try {
    const values: unknown = JSON.parse(text);
    return typeof values === 'object' && values !== null && !Array.isArray(values) ? { ...values } : undefined;
  } catch {
    return undefined;
  }
}

/** The same values with one changed, or left out. */
export function textWith(values: Readonly<Record<string, unknown>>, name: string, value: unknown): string {
  const { [name]: _, ...others } = values;
  const after = value === undefined ? others : { ...values, [name]: value };
  return Object.keys(after).length === 0 ? '' : JSON.stringify(after, null, 2);
}
