import type { Card } from '../../drawing/answers.ts';
import { queryNamed } from '../settings/known.ts';
import { nameOf } from '../settings/name-columns.ts';
import { ask } from './ask.ts';
import { arrived, keyedResource } from './resource.ts';

/** A card of an entity; none if there is no such entity. */
const cardOf = keyedResource(async (slug) => {
  const { neighborhood } = await ask<{ neighborhood: { readonly nodes: readonly Card[] } | null }>({
    query: queryNamed('named'),
    variables: { of: [slug], limit: 1 },
  });
  return neighborhood?.nodes[0];
});

/** The entity of a slug, once it is loaded. */
export const cardNamed = (slug: string): Card | undefined => arrived(cardOf(slug));

/** The name of an entity; its slug until that is loaded. */
export function nameNamed(slug: string): string {
  const card = cardNamed(slug);
  return card ? nameOf(card) : slug;
}
