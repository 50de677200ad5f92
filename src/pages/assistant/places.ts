import type { Card } from '../drawing/answers.ts';
import { isObject, type Values } from '../drawing/result/tables.ts';
import type { Group } from './answer.ts';
import { fieldWithPlaces } from './language.ts';

/** A place in degrees. */
export interface Place {
  readonly latitude: number;
  readonly longitude: number;
}

/** Places of entities, by slug. */
export type Places = ReadonlyMap<string, Place>;

/** What stands at one place. */
export interface Spot extends Place {
  readonly cards: readonly Card[];
  /** How many entities are counted there: those of its groups, else its own. */
  readonly count: number;
}

/** Entities of which places are asked for at once; a list of the schema has no more. */
const MOST = 100;

const placeOf = (locations: unknown): Place | undefined => {
  const [first] = Array.isArray(locations) ? locations : [];
  if (!isObject(first) || typeof first.latitude !== 'number' || typeof first.longitude !== 'number') return undefined;
  return { latitude: first.latitude, longitude: first.longitude };
};

/** The places that a response names, one for each entity. */
export function placesIn(value: unknown): Places {
  const found = new Map<string, Place>();
  const visit = (each: unknown): void => {
    if (Array.isArray(each)) for (const item of each) visit(item);
    if (!isObject(each)) return;
    const place = placeOf(each.locations);
    if (typeof each.slug === 'string' && place) found.set(each.slug, place);
    for (const inner of Object.values(each)) visit(inner);
  };
  visit(value);
  return found;
}

/** A query for the places of entities; `undefined` if they cannot have any. */
export function placesAsked(
  cards: readonly Card[],
): { readonly query: string; readonly variables: Values } | undefined {
  const byField = new Map<string, string[]>();
  for (const { __typename, slug } of cards) {
    const field = fieldWithPlaces(__typename);
    if (field !== undefined) byField.set(field, [...(byField.get(field) ?? []), slug]);
  }
  if (byField.size === 0) return undefined;
  const fields = [...byField.keys()].map(
    (field) =>
      `${field}(first: ${MOST}, filter: {slug: {in: $${field}}}) { nodes { slug locations { latitude longitude } } }`,
  );
  const declared = [...byField.keys()].map((field) => `$${field}: [String!]`);
  return {
    query: `query Places(${declared.join(', ')}) { ${fields.join(' ')} }`,
    variables: Object.fromEntries([...byField].map(([field, slugs]) => [field, slugs.slice(0, MOST)])),
  };
}

/** What is drawn on the map: groups by what they have in common, else the entities themselves. */
export const placedCards = (cards: readonly Card[], groups: readonly Group[]): readonly Card[] => {
  const ofGroups = groups.flatMap(({ card }) => card ?? []);
  return ofGroups.length > 0 ? ofGroups : cards;
};

/** Entities together where they have the same place, the largest number first. */
export function spotsOf(cards: readonly Card[], groups: readonly Group[], places: Places): readonly Spot[] {
  const counts = new Map(groups.flatMap(({ card, count }) => (card ? [[card.slug, count] as const] : [])));
  const spots = new Map<string, Spot>();
  for (const card of placedCards(cards, groups)) {
    const place = places.get(card.slug);
    if (!place) continue;
    const key = `${place.latitude.toFixed(1)} ${place.longitude.toFixed(1)}`;
    const spot = spots.get(key) ?? { ...place, cards: [], count: 0 };
    spots.set(key, { ...spot, cards: [...spot.cards, card], count: spot.count + (counts.get(card.slug) ?? 1) });
  }
  return [...spots.values()].toSorted((a, b) => b.count - a.count);
}
