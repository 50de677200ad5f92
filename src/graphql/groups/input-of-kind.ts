import type { Ontology } from '../../ontology/ontology.ts';
import type { Kind } from '../../ontology/vocabulary.ts';
import { badUserInput } from '../errors.ts';
import { nameOfMany } from '../names.ts';

/**
 * What stands under the name of the grouped kind, where an argument takes one of several kinds.
 * @throws GraphQLError BAD_USER_INPUT if it stands under the name of another
 */
export function inputOfKind<Input>(ontology: Ontology, kind: Kind, input: unknown, where: string): Input {
  const [[name, given] = ['', null]] = Object.entries(input as Readonly<Record<string, Input>>);
  const { singular } = ontology.kind(kind);
  if (name === singular && given !== null) return given;
  throw badUserInput(
    `${where} must be for ${nameOfMany(ontology, kind)} here, but \`${name}\` is another kind. Use \`${singular}\`.`,
  );
}
