import { lowerBoundOf } from '../../ontology/magnitude.ts';
import type { Kind } from '../../ontology/vocabulary.ts';
import type { StoredRelation } from '../graph/walk.ts';
import { encodeCursor } from './cursor.ts';
import {
  type AnswerOf,
  type ConnectionAnswer,
  type ConnectionPlan,
  type EdgePlan,
  type EdgeRow,
  type EntityPlan,
  type EntityRow,
  type FacetAnswer,
  type FacetPlan,
  type RelationPlan,
  type Scalar,
  type TargetPlan,
  type ToOnePlan,
  wholeAnswer,
  widthOf,
} from './plan.ts';

/** An entity as a view of its row: values are copied only when they are read. */
export class Entity {
  readonly plan: EntityPlan;
  readonly #row: EntityRow;

  constructor(plan: EntityPlan, row: EntityRow) {
    this.plan = plan;
    this.#row = row;
  }

  get kind(): Kind {
    return this.plan.kind;
  }

  get slug(): string {
    return this.#row[0];
  }

  /** The value of a property, `null` where absent; `undefined` if the plan did not ask for it. */
  value(property: string): unknown {
    const column = this.plan.columns[property];
    return column === undefined ? undefined : this.#row[column];
  }

  /** The plan of the relation under a response key, which may be any name, such as `constructor`. */
  planned(key: string): RelationPlan | undefined {
    const { relations } = this.plan;
    return Object.hasOwn(relations, key) ? relations[key] : undefined;
  }

  /** The result of the relation under a response key; `undefined` if the statement did not read it. */
  prefetched(key: string): RelationAnswer | undefined {
    const { prefetched } = this.plan;
    const column = Object.hasOwn(prefetched, key) ? prefetched[key] : undefined;
    const plan = this.planned(key);
    if (column === undefined || !plan) return undefined;
    return relationAnswer(plan, this.#row[column] as AnswerOf<typeof plan>, this);
  }
}

const isTargetAlone = (row: EdgeRow): row is EntityRow => typeof row[0] === 'string';

/** The row of the target in that of a relation. */
const targetRow = (row: EdgeRow): EntityRow => (isTargetAlone(row) ? row : row[0]);

/**
 * One relation of an entity, with its selected fields; without an entity if the list contains all entities of a kind.
 */
export class Edge {
  readonly node: Entity;
  readonly #plan: ConnectionPlan | ToOnePlan;
  readonly #row: EdgeRow;
  readonly #of: Entity | null;

  constructor(plan: ConnectionPlan | ToOnePlan, row: EdgeRow, of: Entity | null) {
    this.#plan = plan;
    this.#row = row;
    this.#of = of;
    this.node = targetEntity(plan.target, targetRow(row));
  }

  /** The relation itself. The ends of a symmetric one may be swapped. */
  get stored(): StoredRelation | null {
    const { relation } = this.#plan;
    if (!relation || !this.#of) return null;
    const [near, far] = [this.#of.slug, this.node.slug];
    const isTurned = relation.reading === 'BACKWARD';
    return { relation: relation.relation, from: isTurned ? far : near, to: isTurned ? near : far };
  }

  get cursor(): string {
    if (this.#plan.shape !== 'connection') throw new Error('The one target of a relation has no cursor.');
    const { order, signature } = this.#plan;
    return encodeCursor(
      signature,
      order.map((_, index) => this.#row[1 + index] as Scalar),
    );
  }

  value(property: string): unknown {
    return this.#row[column(this.#plan.edge, property)];
  }

  sources(key: string): readonly Entity[] {
    const wanted = this.#plan.edge.sources[key];
    if (!wanted) throw new Error(`The sources under ${key} were not read.`);
    return (this.#row[wanted.column] as readonly EntityRow[]).map((row) => new Entity(wanted.plan, row));
  }

  get ownSources(): boolean {
    return this.#row[this.#plan.edge.ownSources ?? -1] === true;
  }
}

const column = (plan: EdgePlan, property: string) => {
  const found = plan.columns[property];
  if (found === undefined) throw new Error(`The property ${property} of the relation was not read.`);
  return found;
};

/** A page of entities, as Relay's connection. */
export class Connection {
  readonly #plan: ConnectionPlan;
  readonly #rows: readonly EdgeRow[];
  readonly #peeked: boolean;
  readonly #total: number | null;
  readonly #before: boolean;
  readonly #after: boolean;
  readonly #facets: readonly FacetAnswer[];
  readonly #of: Entity | null;
  #edges: readonly Edge[] | undefined;

  constructor(plan: ConnectionPlan, answer: ConnectionAnswer, of: Entity | null = null) {
    this.#plan = plan;
    this.#of = of;
    const [rows, total, before, after, ...facets] = wholeAnswer(plan, answer);
    const { size, backward } = plan.page;
    this.#peeked = rows.length > size;
    const page = this.#peeked ? rows.slice(0, size) : rows;
    this.#rows = backward ? page.toReversed() : page;
    this.#total = total;
    this.#before = before;
    this.#after = after;
    this.#facets = facets;
  }

  /** Whether there are more entries than the default page holds. */
  get isCut(): boolean {
    return this.#plan.page.byDefault === true && this.#peeked;
  }

  get edges(): readonly Edge[] {
    this.#edges ??= this.#rows.map((row) => new Edge(this.#plan, row, this.#of));
    return this.#edges;
  }

  get nodes(): readonly Entity[] {
    const { target } = this.#plan;
    return this.#rows.map((row) => targetEntity(target, targetRow(row)));
  }

  get totalCount(): number {
    if (this.#total === null) throw new Error('The total count was not read.');
    return this.#total;
  }

  get hasPreviousPage(): boolean {
    return (this.#plan.page.backward && this.#peeked) || this.#before;
  }

  get hasNextPage(): boolean {
    return (!this.#plan.page.backward && this.#peeked) || this.#after;
  }

  /** The facets selected with these arguments. */
  facets(key: string): readonly Facet[] {
    const { facets } = this.#plan;
    const before = Object.keys(facets).indexOf(key);
    const wanted = facets[key];
    if (!wanted) throw new Error(`The facets ${key} were not read.`);
    const start = Object.values(facets).slice(0, before).flat().length;
    return this.#facets.slice(start, start + wanted.length).flatMap((answer, index) => {
      const plan = wanted[index];
      return plan ? [readFacet(plan, answer)] : [];
    });
  }

  get startCursor(): string | null {
    return this.edges[0]?.cursor ?? null;
  }

  get endCursor(): string | null {
    return this.edges.at(-1)?.cursor ?? null;
  }
}

/** How often a value occurs in a list, or an entity is related to one of its entities. */
export interface FacetBucket {
  readonly value: string;
  readonly entity: Entity | null;
  readonly count: number;
}

/** The most frequent values of a list, and the count of all others. */
export interface Facet {
  readonly by: string;
  readonly buckets: readonly FacetBucket[];
  readonly others: number;
  readonly without: number;
}

function readFacet({ name, source }: FacetPlan, [rows, valued, without]: FacetAnswer): Facet {
  const isMagnitude = 'property' in source && source.by === 'magnitude';
  const buckets = rows.map(([value, count]): FacetBucket => {
    if (typeof value === 'string')
      return { value: isMagnitude ? lowerBoundOf(Number(value)) : value, entity: null, count };
    if (!('relation' in source)) throw new Error(`The facet ${name} has an entity for a value.`);
    const entity = targetEntity(source.target, value);
    return { value: entity.slug, entity, count };
  });
  const shown = buckets.reduce((sum, { count }) => sum + count, 0);
  return { by: name, buckets, others: (valued ?? shown) - shown, without: without ?? 0 };
}

/** The result of a relation field of an entity. */
export type RelationAnswer = Connection | Edge | null;

/** The entity of a target's row. @throws Error where Neo4j holds an entity without a kind */
export function targetEntity(plan: TargetPlan, row: EntityRow): Entity {
  if (!('kinds' in plan)) return new Entity(plan, row);
  const labels = row[widthOf(plan.shared)] as readonly string[];
  const kindPlan = plan.kinds[labels.find((label) => Object.hasOwn(plan.kinds, label)) ?? ''];
  if (!kindPlan) throw new Error(`An entity has no label of the ontology: ${labels.join(', ')}.`);
  return new Entity(kindPlan, row);
}

/** Converts the result of a relation of an entity, in the shape of its plan. */
export function relationAnswer(plan: RelationPlan, answer: AnswerOf<RelationPlan>, of: Entity): RelationAnswer {
  if (plan.shape === 'connection') return new Connection(plan, answer, of);
  const [row] = answer as AnswerOf<typeof plan>;
  return row === undefined ? null : new Edge(plan, row, of);
}
