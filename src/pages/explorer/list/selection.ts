import { inLine } from '../../drawing/words.ts';
import type { KindSettings } from '../../views/settings.ts';
import type { Condition } from '../navigation/address.ts';
import { type ListedKind, settings } from '../settings/known.ts';
import { say } from '../settings/say.tsx';

export { type ListedKind, listedKind } from '../settings/known.ts';

/** A filter of the GraphQL API. */
export type Filter = Readonly<Record<string, unknown>>;

/** A condition on a property that is neither a boolean nor a date. */
const conditionOn = (type: string | undefined, values: readonly string[]): Filter => ({
  in: type === 'int' || type === 'float' ? values.map(Number).filter(Number.isFinite) : values,
});

function propertyFilter(name: string, type: string | undefined, values: readonly string[]): Filter {
  if (type === 'boolean') {
    const [first] = values;
    return new Set(values).size > 1 ? {} : { [name]: { eq: first === 'true' } };
  }
  // A date is chosen by its year.
  if (type === 'date') return { or: values.map((year) => ({ [name]: { gte: year, lte: year } })) };
  return { [name]: conditionOn(type, values) };
}

const grouped = (where: readonly Condition[]): ReadonlyMap<string, readonly string[]> => {
  const values = new Map<string, string[]>();
  for (const { facet, value } of where) values.set(facet, [...(values.get(facet) ?? []), value]);
  return values;
};

/** Conditions that all hold. Those with alternatives stand apart, since there may be several. */
function together(parts: readonly Filter[]): Filter {
  const apart = parts.filter((part) => 'or' in part);
  const others: Filter = Object.assign({}, ...parts.filter((part) => !apart.includes(part)));
  return apart.length > 0 ? { ...others, and: apart } : others;
}

/** Conditions on what one relation leads to: which entities, with which properties, by which relation. */
function relatedFilter(
  field: KindSettings['fields'][string],
  target: KindSettings | undefined,
  conditions: readonly (readonly [property: string | undefined, values: readonly string[]])[],
): Filter {
  const isOfEdge = (property: string | undefined) => property !== undefined && Object.hasOwn(field.edge, property);
  const edge = conditions.flatMap(([property = '', values]) =>
    isOfEdge(property) ? [[property, { in: values }]] : [],
  );
  const parts = conditions
    .filter(([property]) => !isOfEdge(property))
    .map(([property, values]): Filter => {
      if (property === undefined) return { slug: { in: values } };
      if (target?.fields[property]) return { [property]: { some: { slug: { in: values } } } };
      return propertyFilter(property, target?.list.types[property], values);
    });
  return together([...parts, ...(edge.length > 0 ? [{ edge: Object.fromEntries(edge) }] : [])]);
}

/** The filter of a list that is narrowed by some values: all facets hold, each by any of its values. */
export function filterOf({ kind }: ListedKind, where: readonly Condition[]): Filter {
  const parts: Filter[] = [];
  const related = new Map<string, (readonly [string | undefined, readonly string[]])[]>();
  for (const [facet, values] of grouped(where)) {
    const [name = '', property] = facet.split('.');
    // The relation that leads here, where a list is counted at its other end.
    if (name === 'edge' && property !== undefined) parts.push({ edge: { [property]: { in: values } } });
    else if (kind.fields[name]) related.set(name, [...(related.get(name) ?? []), [property, values]]);
    else parts.push(propertyFilter(name, kind.list.types[name], values));
  }
  for (const [name, conditions] of related) {
    const field = kind.fields[name];
    if (field) parts.push({ [name]: { some: relatedFilter(field, settings().kinds[field.target], conditions) } });
  }
  return together(parts);
}

/** Values by facet as conditions. */
export const conditionsOf = (where: Readonly<Record<string, readonly string[]>>): readonly Condition[] =>
  Object.entries(where).flatMap(([facet, values]) => values.map((value) => ({ facet, value })));

/** Adds a value of a facet, or removes it if it is chosen. */
export function toggled(where: readonly Condition[], { facet, value }: Condition): readonly Condition[] {
  const others = where.filter((each) => each.facet !== facet || each.value !== value);
  return others.length < where.length ? others : [...where, { facet, value }];
}

/** How a list is sorted. */
export interface Sorting {
  readonly column: string;
  readonly isDescending: boolean;
}

export const sortingOf = (sort: string | undefined): Sorting =>
  sort?.startsWith('-')
    ? { column: sort.slice(1), isDescending: true }
    : { column: sort ?? 'name', isDescending: false };

/** The order of a list for the API: by the chosen column, then by name. */
export function orderOf({ kind }: ListedKind, { column, isDescending }: Sorting): readonly Filter[] {
  const direction = isDescending ? 'DESC' : 'ASC';
  const count = kind.list.counts.find(({ name }) => name === column);
  const byName = { name: 'ASC' };
  if (count) {
    const target = listedTarget(kind, count.field);
    const where = conditionsOf(count.where);
    const filter = target && where.length > 0 ? { filter: filterOf(target, where) } : {};
    return [{ [count.field]: { count: direction, ...filter } }, byName];
  }
  if (column === 'name') return [{ name: direction }];
  return Object.hasOwn(kind.list.types, column) ? [{ [column]: direction }, byName] : [byName];
}

/** The kind that a relation leads to. */
export function listedTarget(kind: KindSettings, field: string): ListedKind | undefined {
  const name = kind.fields[field]?.target;
  const target = name === undefined ? undefined : settings().kinds[name];
  return name !== undefined && target ? { name, kind: target } : undefined;
}

/** The conditions of the list behind a count of an entity. */
export function conditionsBehind(kind: KindSettings, count: KindSettings['list']['counts'][number], slug: string) {
  const reverse = kind.fields[count.field]?.reverse;
  if (reverse === undefined) return [];
  const where = conditionsOf(count.where).map(({ facet, value }) => ({
    facet: facet.replace(/^edge\./, `${reverse}.`),
    value,
  }));
  return [{ facet: reverse, value: slug }, ...where];
}

/** What a list can be ranked by, and what it is ranked by: headings of columns offer more. */
export function rankingsOf({ kind: { list } }: ListedKind, sort: string): ReadonlyMap<string, string> {
  const steps = list.facets.filter(({ type, by }) => by !== '' && (type === 'date' || type === 'number'));
  const offered = new Map([
    ['name', say('Name')],
    ...list.counts.map(({ name, title }) => [`-${name}`, title] as const),
    ...steps.flatMap(({ name, title, type }) => [
      [`-${name}`, inLine([title, type === 'date' ? say('latest first') : say('descending')])] as const,
      [name, inLine([title, type === 'date' ? say('earliest first') : say('ascending')])] as const,
    ]),
  ]);
  if (offered.has(sort)) return offered;
  const { column, isDescending } = sortingOf(sort);
  const known = [...list.counts, ...list.columns, ...list.facets].find(({ name }) => name === column);
  return offered.set(sort, `${known?.title ?? say('Name')} ${isDescending ? '↓' : '↑'}`);
}

/** Why a list is empty: only filters can be removed. */
export const nothingOf = (where: readonly Condition[]): string =>
  where.length === 0 ? say('Nothing to list.') : say('Nothing matches all of these filters. Remove one of them.');
