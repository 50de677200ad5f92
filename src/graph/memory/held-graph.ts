import { getOrInsert } from '../../ontology/get-or-insert.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { Kind, RelationType } from '../../ontology/vocabulary.ts';

/** The properties of a node or a relation, as Neo4j holds them. */
export type HeldForm = Readonly<Record<string, unknown>>;

export interface HeldEntity {
  readonly kind: Kind;
  readonly slug: string;
  readonly form: HeldForm;
}

export interface HeldRelation {
  readonly type: RelationType;
  readonly from: string;
  readonly to: string;
  readonly form: HeldForm;
}

/** An entity of a list, and the relation that leads to it. */
export interface Listed {
  readonly entity: HeldEntity;
  readonly edge: HeldRelation | null;
}

export type End = 'from' | 'to';

/** A state of the whole graph in memory. */
export interface HeldGraph {
  readonly ontology: Ontology;
  entity(slug: string): HeldEntity | undefined;
  /** All of a kind, or of any, in no order. */
  entities(kind: Kind | 'Entity'): Iterable<HeldEntity>;
  count(kind: Kind | 'Entity'): number;
  /** The relations of a type, in no order. */
  relations(type: RelationType): Iterable<HeldRelation>;
  /** The relations of a type of which an entity is this end. */
  relationsAt(slug: string, type: RelationType, end: End): readonly HeldRelation[];
}

/** Key by which two relations are the same. */
export const keyOf = ({ type, from, to }: Pick<HeldRelation, 'type' | 'from' | 'to'>): string =>
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

/** About how many bytes a record takes, with its places in maps and lists: measured with many. */
function bytesOf(form: HeldForm): number {
  let bytes = 8 * OBJECT_BYTES;
  for (const name in form) bytes += REFERENCE_BYTES + bytesOfValue(form[name]);
  return bytes;
}

const none: readonly never[] = [];

/** The relations of one type by the slug of one end. */
type Ends = Map<string, HeldRelation[]>;

/** Key by which two relations of one type are the same. */
const endsOf = ({ from, to }: Pick<HeldRelation, 'from' | 'to'>): string => `${from} ${to}`;

/** A state that is put together record by record. */
export class WholeGraph implements HeldGraph {
  readonly ontology: Ontology;
  readonly #entities = new Map<string, HeldEntity>();
  readonly #byKind = new Map<Kind, Map<string, HeldEntity>>();
  readonly #relations = new Map<RelationType, Map<string, HeldRelation>>();
  readonly #ends = { from: new Map<RelationType, Ends>(), to: new Map<RelationType, Ends>() };
  /** About how much memory it takes. */
  bytes = 0;

  constructor(ontology: Ontology) {
    this.ontology = ontology;
  }

  put(entity: HeldEntity): void {
    this.remove(entity.slug);
    this.#entities.set(entity.slug, entity);
    getOrInsert(this.#byKind, entity.kind, () => new Map()).set(entity.slug, entity);
    this.bytes += bytesOf(entity.form);
  }

  remove(slug: string): void {
    const held = this.#entities.get(slug);
    if (!held) return;
    this.#entities.delete(slug);
    this.#byKind.get(held.kind)?.delete(slug);
    this.bytes -= bytesOf(held.form);
  }

  putRelation(given: HeldRelation): void {
    const { type, from, to, form } = given;
    // Slugs are the same texts as those of the entities, which spares their copies.
    const relation = {
      type,
      from: this.#entities.get(from)?.slug ?? from,
      to: this.#entities.get(to)?.slug ?? to,
      form,
    };
    this.removeRelation(relation);
    getOrInsert(this.#relations, type, () => new Map()).set(endsOf(relation), relation);
    for (const end of ['from', 'to'] as const) {
      const ends = getOrInsert(this.#ends[end], type, () => new Map());
      getOrInsert(ends, relation[end], () => []).push(relation);
    }
    this.bytes += bytesOf(form);
  }

  removeRelation(relation: Pick<HeldRelation, 'type' | 'from' | 'to'>): void {
    const ofType = this.#relations.get(relation.type);
    const held = ofType?.get(endsOf(relation));
    if (!ofType || !held) return;
    ofType.delete(endsOf(relation));
    for (const end of ['from', 'to'] as const) {
      const ends = this.#ends[end].get(held.type);
      const left = (ends?.get(held[end]) ?? none).filter((one) => one !== held);
      if (left.length === 0) ends?.delete(held[end]);
      else ends?.set(held[end], left);
    }
    this.bytes -= bytesOf(held.form);
  }

  entity(slug: string): HeldEntity | undefined {
    return this.#entities.get(slug);
  }

  entities(kind: Kind | 'Entity'): Iterable<HeldEntity> {
    return (kind === 'Entity' ? this.#entities : this.#byKind.get(kind))?.values() ?? none;
  }

  count(kind: Kind | 'Entity'): number {
    return (kind === 'Entity' ? this.#entities : this.#byKind.get(kind))?.size ?? 0;
  }

  relations(type: RelationType): Iterable<HeldRelation> {
    return this.#relations.get(type)?.values() ?? none;
  }

  relationsAt(slug: string, type: RelationType, end: End): readonly HeldRelation[] {
    return this.#ends[end].get(type)?.get(slug) ?? none;
  }
}

/** What makes one state into another: records by slug and by key, `null` for those that the other lacks. */
export interface HeldDifference {
  readonly entities: ReadonlyMap<string, HeldEntity | null>;
  readonly relations: ReadonlyMap<string, HeldRelation | null>;
}

/** A state that shares with another one all but what differs. */
export class ChangedGraph implements HeldGraph {
  readonly ontology: Ontology;
  readonly #base: HeldGraph;
  readonly #difference: HeldDifference;
  readonly #byKind = new Map<Kind, HeldEntity[]>();
  readonly #left = new Map<Kind | 'Entity', number>();
  readonly #byType = new Map<RelationType, HeldRelation[]>();
  readonly #ends = new Map<string, HeldRelation[]>();
  /** About how much memory it takes beside the other state. */
  readonly bytes: number;

  constructor(base: HeldGraph, difference: HeldDifference) {
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

  entity(slug: string): HeldEntity | undefined {
    const changed = this.#difference.entities.get(slug);
    return changed === undefined ? this.#base.entity(slug) : (changed ?? undefined);
  }

  *entities(kind: Kind | 'Entity'): Iterable<HeldEntity> {
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

  *relations(type: RelationType): Iterable<HeldRelation> {
    const { relations } = this.#difference;
    for (const relation of this.#base.relations(type)) if (!relations.has(keyOf(relation))) yield relation;
    yield* this.#byType.get(type) ?? none;
  }

  relationsAt(slug: string, type: RelationType, end: End): readonly HeldRelation[] {
    const { relations } = this.#difference;
    const before = this.#base.relationsAt(slug, type, end);
    const kept = before.some((relation) => relations.has(keyOf(relation)))
      ? before.filter((relation) => !relations.has(keyOf(relation)))
      : before;
    const added = this.#ends.get(`${end} ${type} ${slug}`);
    return added ? [...kept, ...added] : kept;
  }
}
