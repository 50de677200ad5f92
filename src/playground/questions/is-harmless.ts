import { parse } from 'graphql/language/parser.js';

/** Whether a document has queries alone: a link must neither change data nor follow it. */
export function isHarmless(query: string): boolean {
  try {
    return parse(query).definitions.every(
      (definition) => definition.kind !== 'OperationDefinition' || definition.operation === 'query',
    );
  } catch {
    return false;
  }
}
