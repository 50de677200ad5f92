import { readFileSync } from 'node:fs';
import { buildSchema, getVariableValues, Kind, type OperationDefinitionNode, parse } from 'graphql';

/** The schema of the graph of the product, as it is printed. */
export const schema = buildSchema(readFileSync(new URL('../../../../schema.graphql', import.meta.url), 'utf8'));

/** What the API would refuse of the variables of a query. */
export function faultsOf(query: string, variables: object = {}): readonly string[] {
  const operation = parse(query).definitions.find(
    (definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION,
  );
  const { errors = [] } = getVariableValues(schema, operation?.variableDefinitions ?? [], { ...variables });
  return errors.map(({ message }) => message);
}
