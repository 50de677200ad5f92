import { Kind, type OperationDefinitionNode, parse } from 'graphql';

/** The operations of a document; none if it cannot be parsed. */
function operationsIn(query: string): readonly OperationDefinitionNode[] {
  try {
    return parse(query).definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  } catch {
    return [];
  }
}

/** Type of the operation that runs; query if there is none, so that the server reports the error. */
export function operationType(query: string, name: string | undefined): 'query' | 'mutation' | 'subscription' {
  const operations = operationsIn(query);
  return (operations.find((operation) => operation.name?.value === name) ?? operations[0])?.operation ?? 'query';
}

/** Name of the operation that runs if none is chosen. */
export const firstName = (query: string): string | undefined => operationsIn(query)[0]?.name?.value;

/** Whether a document has queries alone: a link must neither change data nor follow it. */
export function isHarmless(query: string): boolean {
  const operations = operationsIn(query);
  return operations.length > 0 && operations.every(({ operation }) => operation === 'query');
}
