import { isKind, type Kind } from '../../ontology/kinds.ts';
import type { Row } from '../graph.ts';
import type { StoredRelation } from '../walk.ts';
import { encodeCursor } from './cursor.ts';
import {
  type ConnectionPlan,
  type EdgePlan,
  type EntityPlan,
  type FacetPlan,
  type RelationPlan,
  type Scalar,
  type TargetPlan,
  type ToOnePlan,
  wantsRowsAlone,
  widthOf,
} from './plan.ts';

/** An entity as a view of its row: values are copied only when they are read. */
export class Entity {
  readonly plan: EntityPlan;
  readonly #row: Row;

  constructor(plan: EntityPlan, row: Row) {
    this.plan = plan;
    this.#row = row;
  }

  get kind(): Kind {
    return this.plan.kind;
  }

  get slug(): string {
    return this.#row[0] as string;
  }

  /** The value of a property, `null` where absent; `undefined` if the plan did not ask for it. */
  value(property: string): unknown {
    const column = this.plan.columns[property];
    return column === undefined ? undefined : this.#row[column];
  }

  /** The result of the relation under a response key; `undefined` if the statement did not read it. */
  prefetched(key: string): RelationAnswer | undefined {
    const column = this.plan.prefetched[key];
    const plan = this.plan.relations[key];
    return column === undefined || !plan ? undefined : relationAnswer(plan, this.#row[column], this);
  }
}

/**
 * One relation of an entity, with its selected fields; without an entity if the list contains all entities of a kind.
 */
export class Edge {
  readonly node: Entity;
  readonly #plan: ConnectionPlan | ToOnePlan;
  readonly #row: Row;
  readonly #of: Entity | null;

  constructor(plan: ConnectionPlan | ToOnePlan, row: Row, of: Entity | null) {
    this.#plan = plan;
    this.#row = row;
    this.#of = of;
    this.node = targetEntity(plan.target, plan.edge.bare ? row : (row[0] as Row));
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
    const { order, signature } = this.#plan as ConnectionPlan;
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
    return (this.#row[wanted.column] as Row[]).map((row) => new Entity(wanted.plan, row));
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
  readonly #rows: readonly Row[];
  readonly #peeked: boolean;
  readonly #total: unknown;
  readonly #before: unknown;
  readonly #after: unknown;
  readonly #facets: readonly unknown[];
  readonly #of: Entity | null;
  #edges: readonly Edge[] | undefined;

  constructor(plan: ConnectionPlan, answer: Row, of: Entity | null = null) {
    this.#plan = plan;
    this.#of = of;
    const [rows, total, before, after, ...facets] = wantsRowsAlone(plan) ? [answer] : answer;
    const { size, backward } = plan.page;
    const read = rows as readonly Row[];
    this.#peeked = read.length > size;
    const page = this.#peeked ? read.slice(0, size) : read;
    this.#rows = backward ? page.toReversed() : page;
    this.#total = total;
    this.#before = before;
    this.#after = after;
    this.#facets = facets;
  }

  get edges(): readonly Edge[] {
    this.#edges ??= this.#rows.map((row) => new Edge(this.#plan, row, this.#of));
    return this.#edges;
  }

  get nodes(): readonly Entity[] {
    const { target, edge } = this.#plan;
    return this.#rows.map((row) => targetEntity(target, edge.bare ? row : (row[0] as Row)));
  }

  get totalCount(): number {
    return this.#total as number;
  }

  get hasPreviousPage(): boolean {
    return (this.#plan.page.backward && this.#peeked) || this.#before === true;
  }

  get hasNextPage(): boolean {
    return (!this.#plan.page.backward && this.#peeked) || this.#after === true;
  }

  /** The facets selected with these arguments. */
  facets(key: string): readonly Facet[] {
    const { facets } = this.#plan;
    const before = Object.keys(facets).indexOf(key);
    const wanted = facets[key];
    if (!wanted) throw new Error(`The facets ${key} were not read.`);
    const start = Object.values(facets).slice(0, before).flat().length;
    return wanted.map((plan, index) => readFacet(plan, this.#facets[start + index] as Row));
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

function readFacet({ name, source }: FacetPlan, [rows, valued, without]: Row): Facet {
  const buckets = (rows as readonly Row[]).map(([value, count]): FacetBucket => {
    const entity = 'relation' in source ? targetEntity(source.target, value as Row) : null;
    return { value: entity?.slug ?? (value as string), entity, count: count as number };
  });
  const shown = buckets.reduce((sum, { count }) => sum + count, 0);
  return { by: name, buckets, others: (valued as number) - shown, without: without as number };
}

/** The result of a relation field of an entity. */
export type RelationAnswer = Connection | Edge | null;

/** The entity of a target's row. @throws Error where Neo4j holds an entity without a kind */
export function targetEntity(plan: TargetPlan, row: Row): Entity {
  if (plan.kind !== 'Entity') return new Entity(plan, row);
  const labels = row[widthOf(plan.shared)] as readonly string[];
  const kindPlan = plan.kinds[labels.find(isKind) ?? ''];
  if (!kindPlan) throw new Error(`An entity has no label of the ontology: ${labels.join(', ')}.`);
  return new Entity(kindPlan, row);
}

/** Converts the result of a relation of an entity, in the shape of its plan. */
export function relationAnswer(plan: RelationPlan, answer: unknown, of: Entity): RelationAnswer {
  if (plan.shape === 'connection') return new Connection(plan, answer as Row, of);
  const [row] = answer as readonly Row[];
  return row === undefined ? null : new Edge(plan, row, of);
}
