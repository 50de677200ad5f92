import type { NamedEntities } from '../arguments/walk-arguments.ts';
import { badUserInput } from '../errors.ts';

/** Maximum number of entities that no path visits. */
export const MOST_AVOIDED = 100;

/** The slugs of the argument `avoid`. @throws GraphQLError BAD_USER_INPUT */
export function avoidedSlugs(named: NamedEntities, avoid: readonly string[] | null | undefined): readonly string[] {
  const slugs = named.slugs(avoid ?? []);
  if (slugs.length <= MOST_AVOIDED) return slugs;
  throw badUserInput(`\`avoid\` takes at most ${MOST_AVOIDED} entities; got ${slugs.length}. Use \`kinds\` instead.`);
}
