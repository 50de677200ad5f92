import type { Card } from '../../drawing/answers.ts';
import { type Asked, ask } from '../api/ask.ts';
import { arrived, keyedResource, singleResource } from '../api/resource.ts';
import { filterOf, type ListedKind, listedKind } from '../list/selection.ts';
import type { Condition } from '../navigation/address.ts';
import type { Place } from '../panels/item-texts.ts';
import { yearOf } from '../settings/dates.ts';
import { queryNamed, settings } from '../settings/known.ts';

/** An entity at one of its places. */
export interface Placed {
  readonly entity: Card;
  readonly place: Place;
  readonly year: number | undefined;
}

/** What is drawn at its places. */
export interface Placing {
  readonly of: ListedKind;
  readonly where: readonly Condition[];
}

export interface Places {
  readonly placed: readonly Placed[];
  /** Number of entities, with and without a known place. */
  readonly all: number;
  /** Number of entities with a known place that are too many to be drawn. */
  readonly leftOut: number;
}

/** Most entities that are drawn. */
const MOST = 3_000;

/** How many entities of each kind have a known place, by the field of the kind. */
const counts = singleResource(() =>
  ask<Readonly<Record<string, { readonly totalCount: number }>>>({ query: queryNamed('placed') }),
);

/** Kinds that have entities with a known place, and the shown one. Without the others until that is loaded. */
export function placedKinds(shown: string | undefined): readonly { readonly field: string; readonly title: string }[] {
  const places = settings().map?.places ?? [];
  if (places.length === 0) return [];
  const known = arrived(counts());
  return places.flatMap(({ kind }) => {
    const { list, full = '' } = settings().kinds[kind] ?? {};
    const isPlaced = list && (list.field === shown || (known?.[list.field]?.totalCount ?? 0) > 0);
    return isPlaced ? [{ field: list.field, title: full }] : [];
  });
}

/** What the address wants to be drawn at its places; `undefined` if it is what the map counts. */
export function placingOf(list: string | undefined, where: readonly Condition[]): Placing | undefined {
  const of = listedKind(list);
  return of && settings().map?.places.some(({ kind }) => kind === of.name) ? { of, where } : undefined;
}

/** The query of places, as the page sends it. */
export function placesAsked({ of, where }: Placing): Asked {
  const { query = '' } = settings().map?.places.find(({ kind }) => kind === of.name) ?? {};
  return { query: queryNamed(query), variables: { filter: filterOf(of, where) } };
}

interface Page {
  readonly nodes: readonly (Card & { readonly locations: readonly Place[] })[];
  readonly totalCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

async function readPlaces({ query, variables }: Asked, field: string): Promise<Places> {
  const placed: Placed[] = [];
  let [after, all, known, read]: [string | null, number, number, number] = [null, 0, 0, 0];
  do {
    const answer: Readonly<Record<string, Page>> = await ask({ query, variables: { ...variables, after } });
    const page: Page | undefined = answer[field];
    for (const entity of page?.nodes ?? []) {
      placed.push(...entity.locations.map((place) => ({ entity, place, year: yearOf(entity) })));
    }
    all = answer.all?.totalCount ?? 0;
    known = page?.totalCount ?? 0;
    read += page?.nodes.length ?? 0;
    after = page?.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null && read < MOST);
  return { placed, all, leftOut: Math.max(0, known - read) };
}

const loaded = keyedResource((key) => {
  const [asked, field] = JSON.parse(key) as readonly [Asked, string];
  return readPlaces(asked, field);
});

/** The entities of a kind at their places. */
export const placesOf = (placing: Placing) =>
  loaded(JSON.stringify([placesAsked(placing), placing.of.kind.list.field]));

/** Entities of up to a year. What has no year is left out where there is one. */
export const upTo = <Item extends { readonly year: number | undefined }>(
  items: readonly Item[],
  year: number | undefined,
): readonly Item[] =>
  year === undefined ? items : items.filter((each) => each.year !== undefined && each.year <= year);

/** Entities that are drawn as one circle. */
export interface Cluster {
  readonly x: number;
  readonly y: number;
  readonly members: readonly Placed[];
}

/**
 * Entities whose places are nearer to each other than a distance, as clusters in the middle of them, the largest first. The
 * same entities always make the same clusters.
 */
export function clustersOf(
  placed: readonly Placed[],
  pointOf: (place: Place) => readonly [number, number] | null,
  distance: number,
): readonly Cluster[] {
  const sites = new Map<string, { x: number; y: number; members: Placed[] }>();
  for (const each of placed) {
    const point = pointOf(each.place);
    if (!point) continue;
    const key = point.map((part) => part.toFixed(2)).join(' ');
    const site = sites.get(key) ?? { x: point[0], y: point[1], members: [] };
    site.members.push(each);
    sites.set(key, site);
  }
  const clusters: { x: number; y: number; members: Placed[] }[] = [];
  const ordered = [...sites.values()].toSorted((a, b) => b.members.length - a.members.length || a.x - b.x || a.y - b.y);
  for (const site of ordered) {
    const near = clusters.find(({ x, y }) => Math.hypot(x - site.x, y - site.y) < distance);
    if (near) near.members.push(...site.members);
    else clusters.push({ ...site, members: [...site.members] });
  }
  return clusters.toSorted((a, b) => b.members.length - a.members.length);
}
