import { parse } from 'graphql/language/parser.js';

/** The name of the first operation of a query, if it has one. */
export function firstName(query: string): string | undefined {
  try {
    const [first] = parse(query).definitions.filter(({ kind }) => kind === 'OperationDefinition');
    return first && 'name' in first ? first.name?.value : undefined;
  } catch {
    return undefined;
  }
}
