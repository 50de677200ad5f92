import { parse } from 'graphql/language';
import type { Exchange, Question } from './exchange.ts';

/** Type of an operation; query if it cannot be parsed or found, so that the server reports the error. */
export function kindOf({ query, operationName }: Question): Exchange['kind'] {
  try {
    const operations = parse(query).definitions.flatMap((each) => (each.kind === 'OperationDefinition' ? [each] : []));
    const wanted = operations.find(({ name }) => operationName === undefined || name?.value === operationName);
    return wanted?.operation ?? 'query';
  } catch {
    return 'query';
  }
}
