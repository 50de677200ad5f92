import { say } from '../../drawing/say.ts';
import type { Example } from './example.ts';

type Known = Pick<Example, 'name' | 'query'>;

/** A query in an address. */
export interface Linked {
  readonly query: string;
  readonly variables: string;
  readonly operationName?: string;
}

/** A query that says which example there is not. */
const notThere = (name: string) =>
  say('# There is no example {name}. Choose one from the cookbook.', { name: JSON.stringify(name) });

/** The query in an address: its text, or an example by name; undefined if there is none. */
export function linkedIn(
  { search, hash }: Pick<Location, 'search' | 'hash'>,
  examples: readonly Known[],
): Linked | undefined {
  const inFragment = new URLSearchParams(hash.slice(1));
  const parameters = inFragment.has('query') ? inFragment : new URLSearchParams(search);
  const named = parameters.get('example');
  const example = examples.find(({ name }) => name === named);
  const query = parameters.get('query') ?? example?.query ?? (named === null ? undefined : notThere(named));
  if (query === undefined) return undefined;
  const operationName = parameters.get('operationName');
  return { query, variables: parameters.get('variables') ?? '', ...(operationName && { operationName }) };
}

/** Maximum length of a query in an address that is sent, in characters: many servers and proxies refuse longer ones. */
const MOST_SENT = 7_000;

/** The address of a query; short for unchanged examples. A long query is in the fragment, which is not sent. */
export function linkTo({ query, variables, operationName }: Linked, examples: readonly Known[]): string {
  const example = examples.find((each) => each.query.trim() === query.trim());
  if (example && variables.trim() === '') return `graphql?example=${example.name}`;
  const parameters = new URLSearchParams({ query });
  if (variables.trim() !== '') parameters.set('variables', variables);
  if (operationName) parameters.set('operationName', operationName);
  const text = String(parameters);
  return `graphql${text.length > MOST_SENT ? '#' : '?'}${text}`;
}
