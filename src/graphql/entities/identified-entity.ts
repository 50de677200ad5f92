import type { Identified, IdentifierKey } from '../../engine/search/identified.ts';
import { faultOfIdentifier, LONGEST_IDENTIFIER, plainIdentifier } from '../../ontology/identifiers.ts';
import type { Identification } from '../../ontology/vocabulary.ts';
import { quotedValue } from '../arguments/quoted-value.ts';
import { badUserInput } from '../errors.ts';

/** An identifier as it is recorded. @throws GraphQLError BAD_USER_INPUT on what is no identifier of its scheme */
export function checkedIdentifier(
  identification: Identification,
  { scheme, value: given }: IdentifierKey,
): IdentifierKey {
  const value = plainIdentifier(identification, scheme, given.slice(0, LONGEST_IDENTIFIER + 1));
  const fault = value.length > LONGEST_IDENTIFIER ? 'shorter' : faultOfIdentifier(identification, scheme, value);
  if (fault) throw badUserInput(`\`value\` must be ${fault}; got ${quotedValue(given)}.`);
  return { scheme, value };
}

/**
 * The entity that an identifier stands for, of those that have it, exact matches first.
 * @throws GraphQLError BAD_USER_INPUT if it is that of several alike
 */
export function theOne(
  [first, second]: readonly Identified[],
  { scheme, value }: IdentifierKey,
): Identified | undefined {
  if (first && second && first.match === second.match) {
    throw badUserInput(
      `${scheme} ${value} is an identifier of several entities, such as ${first.slug} and ${second.slug}. Pass the \`id\` of one.`,
    );
  }
  return first;
}
