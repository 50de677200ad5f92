import { parse } from 'graphql/language/parser.js';
import { getOperationAST } from 'graphql/utilities/getOperationAST.js';
import type { Exchange, Question } from './exchange.ts';

/** Type of an operation; query if it cannot be parsed or found, so that the server reports the error. */
export function kindOf({ query, operationName }: Question): Exchange['kind'] {
  try {
    return getOperationAST(parse(query), operationName)?.operation ?? 'query';
  } catch {
    return 'query';
  }
}
