import { parse } from 'graphql/language/parser.js';

/** The operation of a query that runs: the wanted one if it is there, else the first one; `undefined` if that has no name. */
export function chosenOperation(query: string, wanted?: string): string | undefined {
  try {
    const names = parse(query).definitions.flatMap((each) =>
      each.kind === 'OperationDefinition' ? [each.name?.value] : [],
    );
    return wanted !== undefined && names.includes(wanted) ? wanted : names[0];
  } catch {
    return wanted;
  }
}
