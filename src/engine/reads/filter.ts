import type { Provenance } from '../../ontology/provenance.ts';
import type { Kind, RelationType } from '../../ontology/vocabulary.ts';
import type { RelationReading } from '../graph/pattern.ts';

export type Comparison = '=' | '<>' | '<' | '<=' | '>' | '>=';
export type TextMatch = 'CONTAINS' | 'STARTS WITH' | 'ENDS WITH';

/** The forms of a condition, by the key that each has and no other. */
export interface FilterForms {
  readonly all: { readonly all: readonly Filter[] };
  readonly any: { readonly any: readonly Filter[] };
  readonly not: { readonly not: Filter };
  readonly exists: { readonly property: string; readonly exists: boolean };
  readonly is: { readonly property: string; readonly is: Comparison | TextMatch | 'IN'; readonly value: unknown };
  /** The property is a list that holds the value. */
  readonly has: { readonly property: string; readonly has: unknown };
  /** The property is a list that holds any of the values. */
  readonly hasAny: { readonly property: string; readonly hasAny: readonly unknown[] };
  /** Some related entity fits. */
  readonly some: Related & { readonly some: true };
  /** A number of related entities fits. */
  readonly count: Related & { readonly count: Comparison; readonly value: number };
  /** The relation that leads to the entity fits. */
  readonly ofEdge: { readonly ofEdge: Filter };
  /** The entity fits. Those of its kind that do are found once, before any is tried: it is tried more often than there are of them. */
  readonly ahead: Ahead;
  /** Some source of the relation fits, or a number of them: its own or, if it has none, those that its start cites. */
  readonly source: {
    readonly source: Filter;
    readonly provenance: Provenance;
    readonly number?: readonly [Comparison, number];
  };
  readonly kinds: { readonly kinds: readonly string[] };
  /** Some item of a list fits: the names of the properties with one field of all items each, by field. */
  readonly items: { readonly items: Readonly<Record<string, string>>; readonly fit: Filter };
  /** It lies within some metres of a point, in WGS 84. */
  readonly around: {
    readonly around: { readonly latitude: number; readonly longitude: number };
    readonly metres: number;
  };
  /** The entity itself, or one that the relation reaches from it in up to `depth` steps, has the slug. */
  readonly reaches: { readonly reaches: RelationType; readonly slug: string; readonly depth?: number };
}

/** A condition on an entity or on a relation. Logic is two-valued: a value that is absent equals nothing. */
export type Filter = FilterForms[keyof FilterForms];

/** How a reader takes each form of a condition, in some context. A form that is missing is a compile error. */
export type FilterCases<Context, Result> = {
  readonly [Form in keyof FilterForms]: (filter: FilterForms[Form], context: Context) => Result;
};

/** Reads a condition by the case of its form. Each case itself folds the conditions within, of which it may not need all. */
export function foldFilter<Context, Result>(
  filter: Filter,
  cases: FilterCases<Context, Result>,
  context: Context,
): Result {
  if ('all' in filter) return cases.all(filter, context);
  if ('any' in filter) return cases.any(filter, context);
  if ('not' in filter) return cases.not(filter, context);
  if ('exists' in filter) return cases.exists(filter, context);
  if ('is' in filter) return cases.is(filter, context);
  if ('has' in filter) return cases.has(filter, context);
  if ('hasAny' in filter) return cases.hasAny(filter, context);
  if ('some' in filter) return cases.some(filter, context);
  if ('count' in filter) return cases.count(filter, context);
  if ('ofEdge' in filter) return cases.ofEdge(filter, context);
  if ('ahead' in filter) return cases.ahead(filter, context);
  if ('source' in filter) return cases.source(filter, context);
  if ('kinds' in filter) return cases.kinds(filter, context);
  if ('items' in filter) return cases.items(filter, context);
  if ('around' in filter) return cases.around(filter, context);
  return cases.reaches(filter, context);
}

interface Ahead {
  readonly ahead: Filter;
  readonly kind: Kind;
}

/** Entities at the far end of a relation that fit a filter. */
export interface Related {
  readonly relation: RelationReading;
  readonly filter: Filter;
  /** How often the relation is followed; `max` is `null` for any number. @default once */
  readonly hops?: Hops;
}

export interface Hops {
  readonly min: number;
  readonly max: number | null;
  /** The kind of the entities at the far end. */
  readonly kind: Kind | 'Entity';
}

/** A condition on what a hierarchy reaches in several steps. */
export type Closure = FilterForms['reaches'] | (Some & { readonly hops: Hops });

type Some = FilterForms['some'];

type OfSlugs = FilterForms['is'] & { readonly property: 'id'; readonly is: '=' | 'IN' };

/** A condition whose entities can be found without testing any of a list. */
export type FoundAhead = Ahead | Closure | OfSlugs | Some;

export const isClosure = (filter: Filter): filter is Closure =>
  'reaches' in filter || ('some' in filter && filter.hops !== undefined);

export const everything: Filter = { all: [] };
export const nothing: Filter = { any: [] };

/** Whether the filter trivially matches every entity. */
export const isEverything = (filter: Filter): boolean => 'all' in filter && filter.all.every(isEverything);

/** Whether it names by their slugs the entities that fit. */
export const isOfSlugs = (filter: Filter): filter is OfSlugs =>
  'is' in filter && filter.property === 'id' && (filter.is === '=' || filter.is === 'IN');

/** Whether it requires a relation to an entity that is named by its slug. */
export const leadsToNamed = (filter: Filter): filter is Some =>
  'some' in filter && !filter.hops && !isOfEdge(filter.filter) && requiredBy(filter.filter).some(isOfSlugs);

/** The conditions of which a filter requires each. */
export const requiredBy = (filter: Filter): readonly Filter[] =>
  'all' in filter ? filter.all.flatMap(requiredBy) : [filter];

/** The property whose text has to have some part, if a filter requires nothing else; otherwise `null`. */
export function partlyMatched(filter: Filter): string | null {
  if ('all' in filter) return filter.all.length === 1 && filter.all[0] ? partlyMatched(filter.all[0]) : null;
  return 'is' in filter && (filter.is === 'CONTAINS' || filter.is === 'ENDS WITH') ? filter.property : null;
}

/** The filters that a filter joins or negates; `undefined` if it is a single condition. */
export function operandsOf(filter: Filter): readonly Filter[] | undefined {
  if ('all' in filter) return filter.all;
  if ('any' in filter) return filter.any;
  if ('ahead' in filter) return [filter.ahead];
  return 'not' in filter ? [filter.not] : undefined;
}

/** Whether it says anything of the relation that leads to the entity. */
export const isOfEdge = (filter: Filter): boolean => operandsOf(filter)?.some(isOfEdge) ?? 'ofEdge' in filter;

/** Whether it says anything of other entities. */
export const isOfRelated = (filter: Filter): boolean =>
  operandsOf(filter)?.some(isOfRelated) ?? ('relation' in filter || 'reaches' in filter);

/** The comparison that holds where another one does not. */
export const opposite: Readonly<Record<Comparison, Comparison>> = {
  '=': '<>',
  '<>': '=',
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
};
