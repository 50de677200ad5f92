import type { GraphQLCompositeType, GraphQLField } from 'graphql';
import { type Asking, asOfDirective, revisionAsked } from '../as-of/as-of-directive.ts';
import { type EarlierStates, earlierStatesOf } from '../declarations/earlier-states.ts';
import { onlyToday } from '../errors.ts';
import type { Share } from './heaviest-part.ts';

/** Cost of having an earlier state made, which counts as an expensive operation: few of them run at once. */
const STATE = 2_000;

/** Whether an operation asks about an earlier state. */
export function asksAboutPast(asking: Asking): boolean {
  try {
    return revisionAsked(asking) !== undefined;
  } catch {
    // The resolvers report what is wrong with its arguments.
    return false;
  }
}

/**
 * What a field declares of earlier states, where the operation asks about one.
 * @throws GraphQLError BAD_USER_INPUT if it answers of none
 */
export function declaredOf(
  { name: type }: GraphQLCompositeType,
  field: GraphQLField<unknown, unknown>,
): EarlierStates | undefined {
  const declared = earlierStatesOf(field);
  if (declared === false) throw onlyToday(type === 'Query' ? field.name : `${type}.${field.name}`);
  return declared;
}

/** Cost of an earlier state. */
export const asOfCost: Share = { key: `@${asOfDirective}`, cost: STATE, below: [] };
