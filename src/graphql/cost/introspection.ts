import { getIntrospectionQuery, Kind, type OperationDefinitionNode, parse } from 'graphql';

/** The whole introspection that tools send, with all that may be asked for. */
export const wholeIntrospection = parse(
  getIntrospectionQuery({
    descriptions: true,
    directiveIsRepeatable: true,
    inputValueDeprecation: true,
    oneOf: true,
    schemaDescription: true,
    specifiedByUrl: true,
  }),
);

/**
 * Maximum cost of an introspection, as a multiple of that of a whole one. It grows with the schema, so that no ontology and no
 * maximum for other operations shuts out the tools that read it.
 */
export const INTROSPECTION_ALLOWANCE = 2;

/** Whether an operation asks about the schema alone. */
export const isIntrospection = ({ operation, selectionSet }: OperationDefinitionNode): boolean =>
  operation === 'query' &&
  selectionSet.selections.every((field) => field.kind === Kind.FIELD && field.name.value.startsWith('__'));
