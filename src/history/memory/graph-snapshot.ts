import { getOrInsert } from '../../ontology/get-or-insert.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { Kind, RelationType } from '../../ontology/vocabulary.ts';
import { Columns } from './columnar/columns.ts';
import { RelationsByEnds } from './columnar/relations-by-ends.ts';
import { SharedValues } from './columnar/shared-values.ts';

/** The properties of a node or a relation, as Neo4j holds them. */
export type SnapshotForm = Readonly<Record<string, unknown>>;

export interface SnapshotEntity {
  readonly kind: Kind;
  readonly slug: string;
  readonly form: SnapshotForm;
}

export interface SnapshotRelation {
  readonly type: RelationType;
  readonly from: string;
  readonly to: string;
  readonly form: SnapshotForm;
}

/** An entity of a list, and the relation that leads to it. */
export interface Listed {
  readonly entity: SnapshotEntity;
  readonly edge: SnapshotRelation | null;
}

export type End = 'from' | 'to';

/** A state of the whole graph in memory. */
export interface GraphSnapshot {
  readonly ontology: Ontology;
  entity(slug: string): SnapshotEntity | undefined;
  /** All of a kind, or of any, in no order. */
  entities(kind: Kind | 'Entity'): Iterable<SnapshotEntity>;
  count(kind: Kind | 'Entity'): number;
  /** The relations of a type, in no order. */
  relations(type: RelationType): Iterable<SnapshotRelation>;
  /** The relations of a type of which an entity is this end. */
  relationsAt(slug: string, type: RelationType, end: End): readonly SnapshotRelation[];
}

/** Key by which two relations are the same. */
export const keyOf = ({ type, from, to }: Pick<SnapshotRelation, 'type' | 'from' | 'to'>): string =>
  `${type} ${from} ${to}`;

const OBJECT_BYTES = 64;
const REFERENCE_BYTES = 16;

function bytesOfValue(value: unknown): number {
  if (typeof value === 'string') return OBJECT_BYTES / 2 + value.length;
  if (!Array.isArray(value)) return REFERENCE_BYTES;
  let bytes = OBJECT_BYTES;
  for (const item of value) bytes += bytesOfValue(item);
  return bytes;
}

/** About how many bytes a record that differs takes, with its places in maps and lists: measured with many. */
function bytesOf(form: SnapshotForm): number {
  let bytes = 8 * OBJECT_BYTES;
  for (const name in form) bytes += REFERENCE_BYTES + bytesOfValue(form[name]);
  return bytes;
}

const none: readonly never[] = [];

/** Bytes of an entity beside its properties: its object, and its places in lists and in the map of slugs. */
const ENTITY_BYTES = 48 + 24 + 56;

/** The entities of one kind. */
interface OfKind {
  readonly columns: Columns;
  /** Also those that have been replaced or removed. */
  readonly put: SnapshotEntity[];
  count: number;
}

/**
 * A state that is put together record by record. Properties of entities are stored by columns, relations by their ends, and
 * equal values once.
 */
export class WholeGraph implements GraphSnapshot {
  readonly ontology: Ontology;
  readonly #shared = new SharedValues();
  /** Entities have small numbers, by which relations are stored and sorted. */
  readonly #numbers = new Map<string, number>();
  readonly #slugs: string[] = [];
  readonly #entities: (SnapshotEntity | undefined)[] = [];
  readonly #byKind = new Map<Kind, OfKind>();
  readonly #relations = new Map<RelationType, RelationsByEnds<SnapshotRelation>>();
  #count = 0;

  constructor(ontology: Ontology) {
    this.ontology = ontology;
  }

  /** About how much memory it takes. */
  get bytes(): number {
    let bytes = this.#shared.bytes + ENTITY_BYTES * this.#entities.length;
    for (const { columns } of this.#byKind.values()) bytes += columns.bytes;
    for (const relations of this.#relations.values()) bytes += relations.bytes;
    return bytes;
  }

  put({ kind, slug, form }: SnapshotEntity): void {
    this.remove(slug);
    const ofKind = getOrInsert(this.#byKind, kind, () => ({ columns: new Columns(), put: [], count: 0 }));
    const entity = { kind, slug: this.#shared.text(slug), form: ofKind.columns.add(this.#shared.values(form)) };
    this.#entities[this.#numberFor(entity.slug)] = entity;
    ofKind.put.push(entity);
    ofKind.count += 1;
    this.#count += 1;
  }

  remove(slug: string): void {
    const removed = this.entity(slug);
    if (!removed) return;
    this.#entities[this.#numberFor(slug)] = undefined;
    const ofKind = this.#byKind.get(removed.kind);
    if (ofKind) ofKind.count -= 1;
    this.#count -= 1;
  }

  putRelation({ type, from, to, form }: SnapshotRelation): void {
    const ofType = getOrInsert(this.#relations, type, () => this.#relationsOf(type));
    ofType.put({ type, from, to, form: this.#shared.form(form) });
  }

  #relationsOf(type: RelationType): RelationsByEnds<SnapshotRelation> {
    const slugs = { numberOf: (slug: string) => this.#numberFor(slug), slugAt: (at: number) => this.#slugs[at] ?? '' };
    return new RelationsByEnds(slugs, (from, to, form) => ({ type, from, to, form }));
  }

  removeRelation(relation: Pick<SnapshotRelation, 'type' | 'from' | 'to'>): void {
    this.#relations.get(relation.type)?.remove(relation);
  }

  /** Gives free what was only needed to put records, once all are there; others have their turn meanwhile. */
  async seal(): Promise<void> {
    this.#shared.seal();
    for (const { columns } of this.#byKind.values()) columns.trim();
    for (const relations of this.#relations.values()) {
      relations.index();
      await new Promise((resolve) => void setImmediate(resolve));
    }
  }

  /** Ends of relations have numbers too, also while the entity is not there. */
  #numberFor(slug: string): number {
    return getOrInsert(this.#numbers, slug, () => {
      this.#slugs.push(slug);
      return this.#entities.push(undefined) - 1;
    });
  }

  entity(slug: string): SnapshotEntity | undefined {
    const number = this.#numbers.get(slug);
    return number === undefined ? undefined : this.#entities[number];
  }

  *entities(kind: Kind | 'Entity'): Generator<SnapshotEntity> {
    const put = kind === 'Entity' ? this.#entities : (this.#byKind.get(kind)?.put ?? none);
    for (const entity of put) if (entity && this.entity(entity.slug) === entity) yield entity;
  }

  count(kind: Kind | 'Entity'): number {
    return kind === 'Entity' ? this.#count : (this.#byKind.get(kind)?.count ?? 0);
  }

  relations(type: RelationType): Iterable<SnapshotRelation> {
    return this.#relations.get(type)?.all() ?? none;
  }

  relationsAt(slug: string, type: RelationType, end: End): readonly SnapshotRelation[] {
    return (this.#numbers.has(slug) && this.#relations.get(type)?.at(slug, end)) || none;
  }
}

/** What makes one state into another: records by slug and by key, `null` for those that the other lacks. */
export interface SnapshotDifference {
  readonly entities: ReadonlyMap<string, SnapshotEntity | null>;
  readonly relations: ReadonlyMap<string, SnapshotRelation | null>;
}

/** A state that shares with another one all but what differs. */
export class ChangedGraph implements GraphSnapshot {
  readonly ontology: Ontology;
  readonly #base: GraphSnapshot;
  readonly #difference: SnapshotDifference;
  readonly #byKind = new Map<Kind, SnapshotEntity[]>();
  readonly #left = new Map<Kind | 'Entity', number>();
  readonly #byType = new Map<RelationType, SnapshotRelation[]>();
  readonly #ends = new Map<string, SnapshotRelation[]>();
  /** About how much memory it takes beside the other state. */
  readonly bytes: number;

  constructor(base: GraphSnapshot, difference: SnapshotDifference) {
    this.ontology = base.ontology;
    this.#base = base;
    this.#difference = difference;
    let bytes = 0;
    const leave = (kind: Kind | 'Entity') => this.#left.set(kind, (this.#left.get(kind) ?? 0) + 1);
    for (const [slug, entity] of difference.entities) {
      const before = base.entity(slug);
      if (before) for (const kind of ['Entity', before.kind]) leave(kind);
      if (entity) getOrInsert(this.#byKind, entity.kind, () => []).push(entity);
      bytes += OBJECT_BYTES + (entity ? bytesOf(entity.form) : 0);
    }
    for (const relation of difference.relations.values()) {
      bytes += OBJECT_BYTES + (relation ? bytesOf(relation.form) : 0);
      if (!relation) continue;
      getOrInsert(this.#byType, relation.type, () => []).push(relation);
      for (const end of ['from', 'to'] as const)
        getOrInsert(this.#ends, `${end} ${relation.type} ${relation[end]}`, () => []).push(relation);
    }
    this.bytes = bytes;
  }

  entity(slug: string): SnapshotEntity | undefined {
    const changed = this.#difference.entities.get(slug);
    return changed === undefined ? this.#base.entity(slug) : (changed ?? undefined);
  }

  *entities(kind: Kind | 'Entity'): Iterable<SnapshotEntity> {
    const { entities } = this.#difference;
    for (const entity of this.#base.entities(kind)) if (!entities.has(entity.slug)) yield entity;
    if (kind === 'Entity') for (const changed of this.#byKind.values()) yield* changed;
    else yield* this.#byKind.get(kind) ?? none;
  }

  count(kind: Kind | 'Entity'): number {
    const added =
      kind === 'Entity'
        ? [...this.#byKind.values()].reduce((sum, { length }) => sum + length, 0)
        : (this.#byKind.get(kind)?.length ?? 0);
    return this.#base.count(kind) - (this.#left.get(kind) ?? 0) + added;
  }

  *relations(type: RelationType): Iterable<SnapshotRelation> {
    const { relations } = this.#difference;
    for (const relation of this.#base.relations(type)) if (!relations.has(keyOf(relation))) yield relation;
    yield* this.#byType.get(type) ?? none;
  }

  relationsAt(slug: string, type: RelationType, end: End): readonly SnapshotRelation[] {
    const { relations } = this.#difference;
    const before = this.#base.relationsAt(slug, type, end);
    const kept = before.some((relation) => relations.has(keyOf(relation)))
      ? before.filter((relation) => !relations.has(keyOf(relation)))
      : before;
    const added = this.#ends.get(`${end} ${type} ${slug}`);
    return added ? [...kept, ...added] : kept;
  }
}
