import { capitalized, labelled } from '../../drawing/words.ts';
import type { GroupKeySettings } from '../../views/settings.ts';
import { type Asked, ask } from '../api/ask.ts';
import { keyedResource } from '../api/resource.ts';
import { filterOf, type ListedKind, listedKind } from '../list/selection.ts';
import { addressOfList, type Condition, type View } from '../navigation/address.ts';
import { textIn } from '../navigation/form.ts';
import { queryNamed, settings } from '../settings/known.ts';

interface Named {
  readonly __typename: string;
  readonly slug: string;
  readonly name: string;
  readonly nameZh?: string | null;
}

/** The value of a key. */
export interface KeyValue {
  readonly value: string | null;
  readonly entity: Named | null;
}

/** A group with its values in the order of the keys of the page. */
export interface Group {
  readonly size: number;
  readonly keys: readonly KeyValue[];
}

/** What is grouped, and what is counted. */
export interface Grouping {
  readonly of: ListedKind;
  readonly where: readonly Condition[];
  /** One key or two. */
  readonly keys: readonly GroupKeySettings[];
  /** The relation whose different entities are counted; entities of the group themselves if there is none. */
  readonly distinct: GroupKeySettings | undefined;
}

/** Groups on a page of the API, and most pages. */
const [PAGE, MOST_PAGES] = [100, 10];

const withKeys = () => Object.values(settings().kinds).filter(({ groups }) => groups.keys.length > 0);

/** Kinds that can be grouped. */
export const groupedKinds = () => withKeys().map(({ list, full }) => ({ field: list.field, title: capitalized(full) }));

/** The kind that is grouped if none is chosen: the first that stands out, else the first. */
export const firstKind = (): string | undefined =>
  (withKeys().find(({ highlight }) => highlight !== null) ?? withKeys()[0])?.list.field;

/** Relations whose entities can be counted. */
export const countedRelations = ({ kind: { groups } }: ListedKind): readonly GroupKeySettings[] =>
  groups.keys.filter(({ type, through }) => type === 'entity' && through === undefined);

/** What the page of groups shows; `undefined` if the graph has nothing to group. */
export function groupingOf({ list, where, form }: View): Grouping | undefined {
  const of = listedKind(list) ?? listedKind(firstKind());
  const { keys = [] } = of?.kind.groups ?? {};
  const named = (name: string) => keys.find((key) => key.name === name);
  // What the list is narrowed by has one value, and makes one group.
  const open = keys.filter(({ name }) => where.every(({ facet }) => facet !== name));
  // A number or a date often differs from entity to entity, so that each would be a group of its own.
  const telling = open.find(({ type }) => type !== 'number') ?? open[0] ?? keys[0];
  const by = named(textIn(form.by)) ?? telling;
  const per = named(textIn(form.per));
  if (!of || !by) return undefined;
  return {
    of,
    where,
    keys: per && per !== by ? [by, per] : [by],
    distinct: countedRelations(of).find(({ name }) => name === textIn(form.value)),
  };
}

/** Variables of the query: keys of the kind itself stand apart from those that follow a relation. */
export function groupsAsked({ of, where, keys, distinct }: Grouping): Asked {
  const own = keys.filter(({ through }) => through === undefined);
  const following = keys.filter(({ through }) => through !== undefined);
  return {
    query: queryNamed(of.kind.groups.query),
    variables: {
      ...(own.length > 0 && { by: own.map(({ by }) => by) }),
      ...(following.length > 0 && {
        keys: following.map(({ name, by }) => ({ [name.split('.')[0] ?? '']: { by } })),
      }),
      ...(where.length > 0 && { filter: filterOf(of, where) }),
      ...(distinct && { of: distinct.by, withDistinct: true }),
      first: PAGE,
    },
  };
}

interface Answer {
  readonly [field: string]: {
    readonly totalCount: number;
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    readonly nodes: readonly {
      readonly count: number;
      readonly distinct?: number;
      readonly keys: readonly KeyValue[];
    }[];
  };
}

/** Groups, with the number of those that are too many to be read. */
export interface Groups {
  readonly groups: readonly Group[];
  readonly leftOut: number;
}

/** Answers name keys of the kind first; the page names them in its order. */
function inOrderOf(keys: readonly GroupKeySettings[], values: readonly KeyValue[]): readonly KeyValue[] {
  const answered = [...keys.filter(({ through }) => !through), ...keys.filter(({ through }) => through)];
  return keys.map((key) => values[answered.indexOf(key)] ?? { value: null, entity: null });
}

async function read(grouping: Grouping): Promise<Groups> {
  const { query, variables } = groupsAsked(grouping);
  const groups: Group[] = [];
  let [after, total]: [string | null, number] = [null, 0];
  for (let count = 0; count < MOST_PAGES; count += 1) {
    const answer: Answer = await ask<Answer>({ query, variables: { ...variables, after } });
    const page = answer[`${grouping.of.kind.list.field}GroupBy`];
    if (!page) break;
    groups.push(
      ...page.nodes.map((group) => ({
        size: group.distinct ?? group.count,
        keys: inOrderOf(grouping.keys, group.keys),
      })),
    );
    [after, total] = [page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null, page.totalCount];
    if (after === null) break;
  }
  return { groups, leftOut: Math.max(0, total - groups.length) };
}

const groupings = new Map<string, Grouping>();

const loaded = keyedResource((key) => {
  const grouping = groupings.get(key);
  return grouping ? read(grouping) : Promise.resolve({ groups: [], leftOut: 0 });
});

/** The groups of a grouping. */
export function groupsOf(grouping: Grouping) {
  // A query is the same in either order of its keys, but its groups are not.
  const key = JSON.stringify([groupsAsked(grouping), grouping.keys.map(({ name }) => name)]);
  groupings.set(key, grouping);
  return loaded(key);
}

/** Title of a key: that of the relation it follows, and its own. */
export const titleOfKey = ({ title, through }: GroupKeySettings): string =>
  through === undefined ? title : labelled(through, title);

/**
 * Address of the list behind a number; `undefined` where a value is not recorded, since lists are not narrowed by that, or where
 * the kind is narrowed to other values of the same facet: a list has the entities with any of them, not those with two.
 */
export function listBehind({ of, where, keys }: Grouping, values: readonly KeyValue[]): string | undefined {
  let conditions = where;
  for (const [index, { value }] of values.entries()) {
    const facet = keys[index]?.name ?? '';
    const same = conditions.filter((each) => each.facet === facet);
    if (value === null || (same.length > 0 && same.every((each) => each.value !== value))) return undefined;
    conditions = [...conditions.filter((each) => each.facet !== facet), { facet, value }];
  }
  return addressOfList(of.kind.list.field, conditions);
}
