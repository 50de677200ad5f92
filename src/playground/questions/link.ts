import type { Example } from './example.ts';

type Known = Pick<Example, 'name' | 'query'>;

/** A query in an address. */
export interface Linked {
  readonly query: string;
  readonly variables: string;
  readonly operationName?: string;
}

/** The query in an address: its text, or an example by name; undefined if there is none. */
export function linkedIn(search: string, examples: readonly Known[]): Linked | undefined {
  const parameters = new URLSearchParams(search);
  const example = examples.find(({ name }) => name === parameters.get('example'));
  const query = parameters.get('query') ?? example?.query;
  if (query === undefined) return undefined;
  const operationName = parameters.get('operationName');
  return { query, variables: parameters.get('variables') ?? '', ...(operationName && { operationName }) };
}

/** The address of a query; short for unchanged examples. */
export function linkTo({ query, variables, operationName }: Linked, examples: readonly Known[]): string {
  const example = examples.find((each) => each.query.trim() === query.trim());
  if (example && variables.trim() === '') return `/graphql?example=${example.name}`;
  const parameters = new URLSearchParams({ query });
  if (variables.trim() !== '') parameters.set('variables', variables);
  if (operationName) parameters.set('operationName', operationName);
  return `/graphql?${parameters}`;
}
