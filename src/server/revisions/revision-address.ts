import {
  type DocumentNode,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  print,
  separateOperations,
} from 'graphql';
import { asOfDirective } from '../../graphql/as-of/as-of-directive.ts';

/** Longer addresses are cut off by browsers and proxies. */
const LONGEST_ADDRESS = 8_000;

/** The same operation as of a revision. */
function asOf(operation: OperationDefinitionNode, revision: number): OperationDefinitionNode {
  const others = (operation.directives ?? []).filter(({ name }) => name.value !== asOfDirective);
  const argument = {
    kind: Kind.ARGUMENT,
    name: { kind: Kind.NAME, value: 'revision' },
    value: { kind: Kind.FLOAT, value: String(revision) },
  } as const;
  const directive = {
    kind: Kind.DIRECTIVE,
    name: { kind: Kind.NAME, value: asOfDirective },
    arguments: [argument],
  } as const;
  return { ...operation, directives: [...others, directive] };
}

/** Without the variables that nothing in the document uses any longer. */
function withUsedVariables(document: DocumentNode, operation: OperationDefinitionNode): OperationDefinitionNode {
  const text = print({
    ...document,
    definitions: document.definitions.map((one) =>
      one.kind === Kind.OPERATION_DEFINITION ? { ...one, variableDefinitions: [] } : one,
    ),
  });
  const isUsed = (name: string) => new RegExp(`\\$${name}\\b`).test(text);
  const variableDefinitions = (operation.variableDefinitions ?? []).filter(({ variable }) =>
    isUsed(variable.name.value),
  );
  return { ...operation, variableDefinitions };
}

/** The address that shows the same answer again, now and later; `null` if it would be too long. */
export function revisionAddress(
  endpoint: string,
  document: DocumentNode,
  operationName: string | null | undefined,
  variables: Readonly<Record<string, unknown>> | null | undefined,
  revision: number,
): string | null {
  const operation = getOperationAST(document, operationName);
  if (!operation) return null;
  const own = separateOperations(document)[operation.name?.value ?? ''] ?? document;
  const asked = asOf(operation, revision);
  const replaced = (one: OperationDefinitionNode): DocumentNode => ({
    ...own,
    definitions: own.definitions.map((each) => (each.kind === Kind.OPERATION_DEFINITION ? one : each)),
  });
  const shown = withUsedVariables(replaced(asked), asked);
  const text = print(replaced(shown));
  const declared = new Set(shown.variableDefinitions?.map(({ variable }) => variable.name.value));
  const parameters = new URLSearchParams({ query: text });
  const known = Object.fromEntries(Object.entries(variables ?? {}).filter(([name]) => declared.has(name)));
  if (Object.keys(known).length > 0) parameters.set('variables', JSON.stringify(known));
  const address = `${endpoint}?${parameters}`;
  return address.length > LONGEST_ADDRESS ? null : address;
}
