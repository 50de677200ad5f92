import type { Ontology } from '../../../ontology/ontology.ts';
import type { RelationType } from '../../../ontology/vocabulary.ts';
import type { EntityName, RecordState } from '../change.ts';
import { isSymmetric, ownersOf } from '../check/relation-rules.ts';
import { isSameState } from './record-state.ts';
import { entityState, relationState, revisionOf, type StoredForm } from './stored-form.ts';

/** An entity as stored in the graph. */
export interface EntityInGraph extends EntityName {
  readonly stored: StoredForm;
}

/** A relation as stored in the graph. */
export interface RelationInGraph {
  readonly type: RelationType;
  readonly from: EntityName;
  readonly to: EntityName;
  /** What Neo4j finds it by, within the transaction. */
  readonly element: string;
  readonly stored: StoredForm;
}

interface Working<Affected> {
  /** Absent if it is created here. */
  readonly held: Affected | undefined;
  readonly before: RecordState | null;
  /** As it is by now; `null` once it is removed. */
  state: RecordState | null;
}

export interface WorkingEntity extends EntityName, Working<EntityInGraph> {
  /** As stored in the graph; for an entity created here, its first revision. */
  readonly revision: number;
}

export interface WorkingRelation extends Working<RelationInGraph> {
  readonly type: RelationType;
  readonly from: EntityName;
  readonly to: EntityName;
}

/** The writes that turn the graph into the working graph, without overlaps. */
export interface NetChanges {
  readonly removedRelations: readonly WorkingRelation[];
  readonly removedEntities: readonly WorkingEntity[];
  readonly createdEntities: readonly WorkingEntity[];
  readonly changedEntities: readonly WorkingEntity[];
  /** Entities of which only relations changed. */
  readonly touchedEntities: readonly WorkingEntity[];
  readonly createdRelations: readonly WorkingRelation[];
  readonly changedRelations: readonly WorkingRelation[];
}

/** The part of the graph that a change is about, in memory: operations are done to it one after another. */
export interface WorkingGraph {
  readonly ontology: Ontology;
  entity(slug: string): WorkingEntity | undefined;
  /** In either direction if it is symmetric. */
  relation(type: RelationType, from: string, to: string): WorkingRelation | undefined;
  /** All that are there, of the part that was read. */
  entities(): readonly WorkingEntity[];
  relations(): readonly WorkingRelation[];
  relationsAt(slug: string): readonly WorkingRelation[];
  addEntity(name: EntityName, state: RecordState): WorkingEntity;
  addRelation(type: RelationType, from: EntityName, to: EntityName, state: RecordState): void;
  /** Removes it and every relation at it. */
  removeEntity(entity: WorkingEntity): void;
  removeRelation(relation: WorkingRelation): void;
  netChanges(): NetChanges;
}

/** @param lastRevisions of slugs that were an entity before, which a new one goes on from */
export function createWorkingGraph(
  ontology: Ontology,
  heldEntities: readonly EntityInGraph[],
  heldRelations: readonly RelationInGraph[],
  lastRevisions: ReadonlyMap<string, number>,
): WorkingGraph {
  // Including removed ones; a slug or pair may have several, of which at most the last exists.
  const entities: WorkingEntity[] = [];
  const relations: WorkingRelation[] = [];
  const bySlug = new Map<string, WorkingEntity>();
  const byPair = new Map<string, WorkingRelation>();
  const byEnd = new Map<string, Set<WorkingRelation>>();
  const last = new Map(lastRevisions);

  const keyOf = (type: RelationType, from: string, to: string) =>
    [type, ...(isSymmetric(ontology, type) ? [from, to].sort() : [from, to])].join(' ');

  function keepEntity(entity: WorkingEntity): WorkingEntity {
    entities.push(entity);
    bySlug.set(entity.slug, entity);
    return entity;
  }

  const endsAt = (slug: string) => byEnd.get(slug) ?? new Set<WorkingRelation>();

  function keepRelation(relation: WorkingRelation): void {
    const { type, from, to } = relation;
    relations.push(relation);
    byPair.set(keyOf(type, from.slug, to.slug), relation);
    for (const { slug } of [from, to]) byEnd.set(slug, endsAt(slug).add(relation));
  }

  for (const held of heldEntities) {
    const { kind, slug, stored } = held;
    const state = entityState(ontology, kind, stored);
    keepEntity({ kind, slug, held, before: state, state, revision: revisionOf(stored) });
  }
  for (const held of heldRelations) {
    const { type, from, to, stored } = held;
    if (byPair.has(keyOf(type, from.slug, to.slug))) continue;
    const state = relationState(ontology, type, stored);
    keepRelation({ type, from, to, held, before: state, state });
  }

  function removeRelation(relation: WorkingRelation): void {
    const { type, from, to } = relation;
    relation.state = null;
    byPair.delete(keyOf(type, from.slug, to.slug));
    for (const { slug } of [from, to]) endsAt(slug).delete(relation);
  }

  return {
    ontology,
    entity: (slug) => bySlug.get(slug),
    relation: (type, from, to) => byPair.get(keyOf(type, from, to)),
    entities: () => [...bySlug.values()],
    relations: () => [...byPair.values()],
    relationsAt: (slug) => [...endsAt(slug)],
    addEntity: ({ kind, slug }, state) =>
      keepEntity({ kind, slug, held: undefined, before: null, state, revision: (last.get(slug) ?? 0) + 1 }),
    addRelation: (type, from, to, state) => keepRelation({ type, from, to, held: undefined, before: null, state }),
    removeEntity(entity) {
      for (const relation of endsAt(entity.slug)) removeRelation(relation);
      entity.state = null;
      bySlug.delete(entity.slug);
      if (entity.held) last.set(entity.slug, entity.revision + 1);
    },
    removeRelation,
    netChanges() {
      const removed = <Affected>({ before, state }: Working<Affected>) => before !== null && state === null;
      const created = <Affected>({ before, state }: Working<Affected>) => before === null && state !== null;
      const changed = <Affected>({ before, state }: Working<Affected>) =>
        before !== null && state !== null && !isSameState(before, state);
      const moved = relations.filter((relation) => removed(relation) || created(relation) || changed(relation));
      const touched = new Set(moved.flatMap((relation) => ownersOf(ontology, relation)).map(({ slug }) => slug));
      const stayed = ({ slug, before, state }: WorkingEntity) =>
        before !== null && state !== null && isSameState(before, state) && touched.has(slug);
      return {
        removedRelations: relations.filter(removed),
        removedEntities: entities.filter(removed),
        createdEntities: entities.filter(created),
        changedEntities: entities.filter(changed),
        touchedEntities: entities.filter(stayed),
        createdRelations: relations.filter(created),
        changedRelations: relations.filter(changed),
      };
    },
  };
}
