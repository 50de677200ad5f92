import type { Example } from './example.ts';

/** What an address asks to be opened. */
export interface Linked {
  readonly query: string;
  readonly variables: string;
  readonly operationName?: string;
}

/** The question in an address: one of its own, or an example by its name; nothing where it has none. */
export function linkedIn(search: string, examples: readonly Example[]): Linked | undefined {
  const parameters = new URLSearchParams(search);
  const example = examples.find(({ name }) => name === parameters.get('example'));
  const query = parameters.get('query') ?? example?.query;
  if (query === undefined) return undefined;
  const operationName = parameters.get('operationName');
  return { query, variables: parameters.get('variables') ?? '', ...(operationName && { operationName }) };
}

/** The address that opens a question: short where it is an example as it stands. */
export function linkTo({ query, variables, operationName }: Linked, examples: readonly Example[]): string {
  const example = examples.find((each) => each.query.trim() === query.trim());
  if (example && variables.trim() === '') return `/graphql?example=${example.name}`;
  const parameters = new URLSearchParams({ query });
  if (variables.trim() !== '') parameters.set('variables', variables);
  if (operationName) parameters.set('operationName', operationName);
  return `/graphql?${parameters}`;
}
