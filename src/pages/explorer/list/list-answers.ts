import type { Card, SourceCard } from '../../drawing/answers.ts';
import type { CountColumnSettings } from '../../views/settings.ts';
import { type Asked, ask } from '../api/ask.ts';
import { keyedResource } from '../api/resource.ts';
import type { Condition } from '../navigation/address.ts';
import { queryNamed, settings } from '../settings/known.ts';
import { conditionsOf, filterOf, type ListedKind, listedKind, listedTarget, orderOf, sortingOf } from './selection.ts';

export interface Bucket {
  readonly value: string;
  readonly count: number;
  readonly entity: Card | null;
}

export interface FacetAnswer {
  readonly by: string;
  readonly buckets: readonly Bucket[];
  readonly others: number;
  readonly without: number;
}

/** An entity of a list, with its columns. */
export type Row = Card & { readonly sources?: { readonly nodes: readonly SourceCard[] } };

/** The first related entities, and how many there are. */
export interface Related {
  readonly totalCount: number;
  readonly nodes: readonly Card[];
}

interface Connection {
  readonly totalCount: number;
  readonly facets?: readonly FacetAnswer[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly nodes: readonly Row[];
}

type Answer = Readonly<Record<string, Connection | { readonly totalCount: number }>>;

/** The first entities of a list, with its facets. */
export interface Listed {
  readonly totalCount: number;
  readonly facets: readonly FacetAnswer[];
  /** Numbers by alias, of values that are counted one by one. */
  readonly counts: Readonly<Record<string, number>>;
  readonly rows: readonly Row[];
  readonly next: string | null;
}

/** What a list shows. */
export interface ListView {
  readonly list: string;
  readonly where: readonly Condition[];
  readonly sort?: string | undefined;
  /** Names of the relations among its columns. */
  readonly counts: readonly string[];
}

/** Entities on a page of the list, and in a page of an export. */
const [PAGE, EXPORTED] = [50, 50];

/** Names of related entities in a cell of an export; the rest is counted. */
const MOST_NAMES = 20;

/** Most rows of an export. */
export const MOST_EXPORTED = 5_000;

function variablesOf(listed: ListedKind, { where, sort, counts }: ListView): Readonly<Record<string, unknown>> {
  const { kind } = listed;
  const shown = kind.list.counts.filter(({ name }) => counts.includes(name));
  return {
    filter: filterOf(listed, where),
    orderBy: orderOf(listed, sortingOf(sort)),
    ...Object.fromEntries(shown.map(({ name }) => [`with_${name}`, true])),
    ...Object.fromEntries(
      kind.list.counts.flatMap(({ name, field, where: narrow }) => {
        const target = listedTarget(kind, field);
        const conditions = conditionsOf(narrow);
        return target && conditions.length > 0 ? [[name, filterOf(target, conditions)]] : [];
      }),
    ),
  };
}

/** The query of a list, as the page sends it. @throws Error if there is no such list */
export function listAsked(view: ListView): Asked {
  const listed = listedKind(view.list);
  if (!listed) throw new Error(`There is no list ${view.list}.`);
  return { query: queryNamed(listed.kind.list.query), variables: { ...variablesOf(listed, view), first: PAGE } };
}

async function read(view: ListView, more: Readonly<Record<string, unknown>>): Promise<Listed> {
  const { query, variables } = listAsked(view);
  const { [view.list]: page, ...others } = await ask<Answer>({ query, variables: { ...variables, ...more } });
  const { totalCount, facets = [], pageInfo, nodes } = page as Connection;
  return {
    totalCount,
    facets,
    counts: Object.fromEntries(Object.entries(others).map(([alias, each]) => [alias, each.totalCount])),
    rows: nodes,
    next: pageInfo.hasNextPage ? pageInfo.endCursor : null,
  };
}

/** The first page of a list, by its view as JSON. */
export const firstPage = keyedResource((view) => read(JSON.parse(view) as ListView, {}));

/** The page after a cursor. @throws AskError */
export const nextPage = (view: ListView, after: string): Promise<Listed> => read(view, { after, withFacets: false });

/** All rows of a list, up to a bound. @throws AskError */
export async function allRows(view: ListView): Promise<readonly Row[]> {
  const rows: Row[] = [];
  let after: string | null = null;
  do {
    const page: Listed = await read(view, { after, withFacets: false, first: EXPORTED, names: MOST_NAMES });
    rows.push(...page.rows);
    after = page.next;
  } while (after !== null && rows.length < MOST_EXPORTED);
  return rows.slice(0, MOST_EXPORTED);
}

/** What a relation of a row leads to: the first ones, and how many there are. */
export const relatedOf = (row: Row, { name }: CountColumnSettings): Related =>
  (row[`count_${name}`] as Related | undefined) ?? { totalCount: 0, nodes: [] };

/** The sources of a row, if its kind has any. */
export function sourcesOf(row: Row): readonly SourceCard[] {
  const { cites } = settings().provenance ?? {};
  const sources = cites === undefined ? undefined : (row[cites] as Row['sources']);
  return sources?.nodes ?? [];
}
