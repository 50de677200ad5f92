import type { GraphQLResolveInfo, OperationDefinitionNode } from 'graphql';
import { asOfDirective, revisionAsked } from '../as-of/as-of-directive.ts';
import type { Share } from './heaviest-part.ts';

/** Cost of having an earlier state made, which counts as an expensive operation: few of them run at once. */
const STATE = 2_000;

/** Cost of an earlier state, if the operation asks about one. */
export function asOfCost(
  operation: OperationDefinitionNode,
  schema: GraphQLResolveInfo['schema'],
  variableValues: GraphQLResolveInfo['variableValues'],
): readonly Share[] {
  try {
    const asked = revisionAsked({ schema, operation, variableValues });
    return asked ? [{ key: `@${asOfDirective}`, cost: STATE, below: [] }] : [];
  } catch {
    // The resolvers report what is wrong with its arguments.
    return [];
  }
}
