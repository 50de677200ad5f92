import type { ExecutionResult, FormattedExecutionResult } from 'graphql';

/** A result as its client may see it: without the internal parts of errors, such as the HTTP status. */
export function plainResult({ errors, data, extensions }: ExecutionResult): FormattedExecutionResult {
  return {
    ...(errors ? { errors: errors.map((error) => plainError(error)) } : {}),
    ...(data === undefined ? {} : { data }),
    ...(extensions === undefined ? {} : { extensions: without(extensions, 'http') }),
  };
}

function plainError(error: NonNullable<ExecutionResult['errors']>[number]) {
  const { extensions, ...formatted } = error.toJSON();
  return { ...formatted, ...(extensions ? { extensions: without(extensions, 'http', 'unexpected') } : {}) };
}

const without = (extensions: Readonly<Record<string, unknown>>, ...names: readonly string[]) =>
  Object.fromEntries(Object.entries(extensions).filter(([name]) => !names.includes(name)));
