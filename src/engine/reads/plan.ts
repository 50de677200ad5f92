import type { Kind } from '../../ontology/vocabulary.ts';
import type { RelationReading } from '../graph/pattern.ts';
import type { Filter, Related } from './filter.ts';

/** A value that Neo4j stores in a property and that a page can be ordered by. */
export type Scalar = string | number | boolean | null;

/** A sort key. Names of properties are those in Neo4j, so `id` for the slug. */
export type KeySource =
  | { readonly property: string }
  /** A property of the relation that leads to the entity. */
  | { readonly ofEdge: string }
  /** How many related entities fit. */
  | { readonly count: Related }
  /** A property of the one entity that a relation leads to. */
  | { readonly of: RelationReading; readonly property: string };

/** One key of an order. */
export interface OrderKey {
  readonly by: KeySource;
  readonly type: 'string' | 'number' | 'boolean';
  readonly descending: boolean;
  /** Some entities lack it; they come last in both directions. */
  readonly nullable: boolean;
}

/** The bounds are the order's values at an entity; `null` if the page is open. */
export interface Page {
  readonly size: number;
  /** No size was given. */
  readonly byDefault?: true;
  /** Taken from the end of the list rather than from its start. */
  readonly backward: boolean;
  readonly after: readonly Scalar[] | null;
  readonly before: readonly Scalar[] | null;
}

/**
 * The selection of an entity of one kind. Its row is `[slug, …properties, …relations]`; `columns` and `prefetched` give
 * the position of each.
 */
export interface EntityPlan {
  readonly kind: Kind;
  readonly columns: Readonly<Record<string, number>>;
  /** Every selected relation, by response key. */
  readonly relations: Readonly<Record<string, RelationPlan>>;
  /**
   * The columns of those that the same statement reads; the others are cut off and left to a loader. Equal selections
   * under several keys are one column.
   */
  readonly prefetched: Readonly<Record<string, number>>;
}

/**
 * The selection of an entity of any kind. Its row is `[slug, …shared columns, labels, …columns of its kind]`; the plan
 * of each kind knows all of these columns.
 */
export interface AnyEntityPlan {
  readonly kind: 'Entity';
  readonly shared: Omit<EntityPlan, 'kind'>;
  readonly kinds: Readonly<Record<string, EntityPlan>>;
}

/** The columns from a position on, in their order, each under one name. */
export const columnsFrom = (
  from: number,
  columns: Readonly<Record<string, number>>,
): readonly (readonly [name: string, column: number])[] => {
  const names = new Map(Object.entries(columns).map(([name, column]) => [column, name]));
  return [...names]
    .filter(([column]) => column >= from)
    .sort(([left], [right]) => left - right)
    .map(([column, name]) => [name, column]);
};

/** The properties in the columns of a selection from a position on. */
export const propertiesFrom = (from: number, { columns }: Pick<EntityPlan, 'columns'>): readonly string[] =>
  columnsFrom(from, columns).map(([name]) => name);

/** Columns of these names, one after the other. */
export const numbered = (names: readonly string[], start: number): Readonly<Record<string, number>> =>
  Object.fromEntries(names.map((name, index) => [name, start + index]));

/** How many columns a row of such a plan has: the slug, the properties, the relations. */
export const widthOf = ({ columns, prefetched }: Omit<EntityPlan, 'kind'>): number =>
  1 + Object.keys(columns).length + new Set(Object.values(prefetched)).size;

export type TargetPlan = EntityPlan | AnyEntityPlan;

/** The row of an entity; its plan says what each column holds. */
export type EntityRow = readonly [slug: string, ...columns: readonly unknown[]];

/** The plans of all kinds that a target may be of, that of their shared selection first. */
export const plansIn = (plan: TargetPlan): readonly (EntityPlan | Omit<EntityPlan, 'kind'>)[] =>
  'kinds' in plan ? [plan.shared, ...Object.values(plan.kinds)] : [plan];

/** Whether the statement that reads such an entity reads any relation of it. */
export const hasPrefetched = (plan: TargetPlan): boolean =>
  plansIn(plan).some(({ prefetched }) => Object.keys(prefetched).length > 0);

/** Whether any relation of such an entity is selected, read by the same statement or not. */
export const selectsRelations = (plan: TargetPlan): boolean =>
  plansIn(plan).some(({ relations }) => Object.keys(relations).length > 0);

/** Whether a plan selects at most a number of properties, and no relation that a statement would read with them. */
export const isSlight = (plan: TargetPlan, most: number): boolean =>
  !hasPrefetched(plan) && plansIn(plan).every(({ columns }) => Object.keys(columns).length <= most);

/**
 * The selection of a relation beside its target. Its row is `[target, …order keys, …properties, …sources, own]`, or
 * only the row of the target if nothing of the edge is selected.
 */
export interface EdgePlan {
  readonly bare: boolean;
  /** Number of sort keys after the target, for cursors. */
  readonly keys: number;
  readonly columns: Readonly<Record<string, number>>;
  /** The sources of the relation, under their response keys. */
  readonly sources: Readonly<Record<string, { readonly plan: EntityPlan; readonly column: number }>>;
  /** Column with whether the relation has sources of its own. */
  readonly ownSources: number | null;
}

/** The row of a relation; its plan says what each column holds. */
export type EdgeRow = EntityRow | readonly [target: EntityRow, ...columns: readonly unknown[]];

export const nothingOfTheEdge: EdgePlan = { bare: true, keys: 0, columns: {}, sources: {}, ownSources: null };

/** What entities are counted by: a property, whole or cut to a coarser value, or the far end of a relation. */
export type FacetSource =
  /** `ofEdge`: of the relation that leads to the entity. */
  | { readonly property: string; readonly by: 'value' | 'year' | 'month' | 'magnitude'; readonly ofEdge?: true }
  | { readonly relation: RelationReading; readonly target: TargetPlan };

/**
 * The most frequent values among all entities of a list. Its result is `[rows of [value or entity, count], valued,
 * without]`.
 */
export interface FacetPlan {
  readonly name: string;
  readonly source: FacetSource;
  readonly size: number;
  /** Whether to count the values outside the returned buckets. */
  readonly others: boolean;
  /** Count the entities that have no value. */
  readonly without: boolean;
}

export type FacetAnswer = readonly [
  rows: readonly (readonly [value: string | EntityRow, count: number])[],
  valued: number | null,
  without: number | null,
];

/** Which of a connection's parts are selected: nothing else is read. */
export interface ConnectionWants {
  readonly rows: boolean;
  readonly totalCount: boolean;
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

/**
 * A page of entities: of a kind, or at the far end of a relation. Its result is the rows if nothing else is selected,
 * otherwise `[rows, total, whether there are any before, whether there are any after, …facets]`.
 */
export interface ConnectionPlan {
  readonly shape: 'connection';
  /** The relation that leads to the entities; `null` if they are all of a kind. */
  readonly relation: RelationReading | null;
  readonly target: TargetPlan;
  readonly shared: boolean;
  readonly filter: Filter;
  readonly order: readonly OrderKey[];
  readonly page: Page;
  readonly edge: EdgePlan;
  readonly wants: ConnectionWants;
  /** Each `facets` that is selected, under its arguments. */
  readonly facets: Readonly<Record<string, readonly FacetPlan[]>>;
  /**
   * If an entity has more relations than this, or if more entities than this fit, the page is found by scanning the index
   * of the sort order and testing each entity, rather than by sorting all of them; `null` if that never pays.
   */
  readonly indexScanAbove: number | null;
  /** Whether the entities of the kind, or the relations of an entity, are so few that a statement may look at all of them. */
  readonly isScanCheap: boolean;
  /** Whether the relations of each entity of the list are so few, too. */
  readonly areTargetsScanCheap: boolean;
  /** Signature that a cursor of this list carries. */
  readonly signature: string;
}

/** The result of a connection of which more than the rows is selected; what is not selected is null. */
export type WholeAnswer = readonly [
  rows: readonly EdgeRow[],
  total: number | null,
  before: boolean,
  after: boolean,
  ...facets: readonly FacetAnswer[],
];

export type ConnectionAnswer = readonly EdgeRow[] | WholeAnswer;

export const wantsRowsAlone = ({ wants, page, facets }: Pick<ConnectionPlan, 'wants' | 'page' | 'facets'>): boolean =>
  Object.keys(facets).length === 0 &&
  !wants.totalCount &&
  !(wants.hasPreviousPage && page.after) &&
  !(wants.hasNextPage && page.before);

/** The result of a connection with a place for each part, whatever of it is selected. */
export const wholeAnswer = (plan: ConnectionPlan, answer: ConnectionAnswer): WholeAnswer =>
  wantsRowsAlone(plan) ? [answer as readonly EdgeRow[], null, false, false] : (answer as WholeAnswer);

/** The one target of a relation, if any. Its result is a list of at most one row. */
export interface ToOnePlan {
  readonly shape: 'toOne';
  readonly relation: RelationReading;
  readonly target: TargetPlan;
  readonly shared: boolean;
  readonly edge: EdgePlan;
  /** As that of a connection. */
  readonly isScanCheap: boolean;
}

/**
 * The selection of a relation. If it is `shared`, many entities are expected to lead to the same targets: then its rows
 * hold only their slugs, and a later block of the statement reads each distinct target once.
 */
export type RelationPlan = ConnectionPlan | ToOnePlan;

/** Such a relation is never read within the row of an entity, but by a fan-out of its own. */
export const hasFacets = (plan: RelationPlan): boolean =>
  plan.shape === 'connection' && Object.keys(plan.facets).length > 0;

/** Entities by slug. Its result is a list of rows, in no order, without the missing ones. */
export interface LookupPlan {
  readonly shape: 'lookup';
  readonly target: TargetPlan;
  readonly slugs: readonly string[];
}

/** One relation of several entities. Its result is a list of `[slug, result of the relation]`. */
export interface FanOutPlan {
  readonly shape: 'fanOut';
  /** `Entity` if they are of several kinds. */
  readonly kind: Kind | 'Entity';
  readonly relation: RelationPlan;
  readonly slugs: readonly string[];
}

/** Whatever can be read in one go. */
export type ReadPlan = ConnectionPlan | LookupPlan | FanOutPlan;

/** What a plan is known by, whatever entities it starts from. */
export const shapeOf = (plan: ReadPlan) =>
  plan.shape === 'connection' ? plan : plan.shape === 'lookup' ? plan.target : plan.relation;

/** The result of a plan. */
export type AnswerOf<Plan extends ReadPlan | RelationPlan> = Plan extends ConnectionPlan
  ? ConnectionAnswer
  : Plan extends ToOnePlan
    ? readonly EdgeRow[]
    : Plan extends LookupPlan
      ? readonly EntityRow[]
      : readonly (readonly [slug: string, answer: AnswerOf<RelationPlan>])[];
