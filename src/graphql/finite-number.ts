import { badUserInput } from './errors.ts';

/**
 * The value, unless it is a computed number that left the range of a Float, which JSON would write as null.
 *
 * @param name what was computed, for the message
 * @throws GraphQLError BAD_USER_INPUT if it is too large
 */
export function finiteNumber<Value>(value: Value, name: string): Value {
  if (typeof value !== 'number' || Number.isFinite(value)) return value;
  throw badUserInput(`${name} is too large for a Float. Compute it of fewer or of smaller numbers.`);
}
