import type { Ontology } from '../../ontology/ontology.ts';
import { NamedEntities, refuseEmpty } from '../arguments/walk-arguments.ts';
import { limitExceeded } from '../errors.ts';

/** Hops from the entities that changes or differences are around. */
export const depthBounds = { least: 0, most: 3, usual: 1 };

/** Maximum number of entities that changes or differences can be around. */
export const MOST_AROUND = 10;

/** The slugs of the argument `around`. @throws GraphQLError BAD_USER_INPUT, LIMIT_EXCEEDED */
export function slugsAround(ontology: Ontology, around: readonly string[]): readonly string[] {
  refuseEmpty({ around });
  if (around.length > MOST_AROUND) {
    throw limitExceeded(`\`around\` takes at most ${MOST_AROUND} ids; got ${around.length}.`);
  }
  return new NamedEntities(ontology).slugs(around);
}
