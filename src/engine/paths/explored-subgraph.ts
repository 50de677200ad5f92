import { getOrInsert } from '../../ontology/get-or-insert.ts';
import type { Kind, RelationType } from '../../ontology/vocabulary.ts';
import { byText, relationKey, type StoredRelation } from '../graph/walk.ts';
import type { Entity } from '../reads/rows.ts';

/** A relation of an entity, seen from it. */
export interface ExploredStep {
  readonly relation: StoredRelation;
  readonly far: KnownEntity;
}

/** An entity that a search has met. */
export interface KnownEntity {
  readonly slug: string;
  readonly kind: Kind;
  /** Number of its relations, including those not read yet; 0 until they are counted. */
  readonly degree: number;
  /** All of its relations are known. */
  readonly expanded: boolean;
  readonly steps: readonly ExploredStep[];
  /** Its selected fields, if they were read with its relations. */
  readonly read: Entity | null;
}

interface Growing extends KnownEntity {
  degree: number;
  expanded: boolean;
  read: Entity | null;
  readonly steps: ExploredStep[];
}

/** The part of the graph that a search has read so far. */
export class ExploredSubgraph {
  readonly #entities = new Map<string, Growing>();
  readonly #relations = new Set<string>();

  entity(slug: string): KnownEntity | undefined {
    return this.#entities.get(slug);
  }

  /** Adds an entity; ignores one of unknown kind. */
  meet(slug: string, kind: Kind | undefined, degree: number, read: Entity | null = null): void {
    const known = this.#entities.get(slug);
    if (known) {
      known.read ??= read;
      known.degree ||= degree;
    } else if (kind) {
      this.#entities.set(slug, { slug, kind, degree, expanded: false, steps: [], read });
    }
  }

  /** Takes note of a relation of an entity that was met with another one; of one with itself it takes none. */
  relate(near: string, far: string, relation: RelationType, leads = true): void {
    const stored = leads ? { relation, from: near, to: far } : { relation, from: far, to: near };
    const start = this.#entities.get(stored.from);
    const end = this.#entities.get(stored.to);
    if (!start || !end || start === end || this.#relations.has(relationKey(stored))) return;
    this.#relations.add(relationKey(stored));
    start.steps.push({ relation: stored, far: end });
    end.steps.push({ relation: stored, far: start });
  }

  /** Takes note of how many relations an entity has that was met. */
  count(slug: string, degree: number): void {
    const entity = this.#entities.get(slug);
    if (entity) entity.degree = degree;
  }

  /** The neighbours of an entity, without duplicates. */
  nextTo(slug: string): readonly KnownEntity[] {
    return [...new Set(this.#entities.get(slug)?.steps.map(({ far }) => far))];
  }

  markExpanded(slug: string): void {
    const entity = this.#entities.get(slug);
    if (entity) entity.expanded = true;
  }

  /** The distances from an entity, in O(relations known). */
  distancesFrom(slug: string): ReadonlyMap<KnownEntity, number> {
    const start = this.#entities.get(slug);
    const distances = new Map<KnownEntity, number>(start ? [[start, 0]] : []);
    for (const [entity, distance] of distances) {
      for (const { far } of entity.steps) if (!distances.has(far)) distances.set(far, distance + 1);
    }
    return distances;
  }

  /** The unexpanded entities around an entity, by distance; those with the fewest relations first. */
  openAround(slug: string): ReadonlyMap<number, readonly KnownEntity[]> {
    const rings = new Map<number, KnownEntity[]>();
    for (const [entity, distance] of this.distancesFrom(slug)) {
      if (!entity.expanded) getOrInsert(rings, distance, () => []).push(entity);
    }
    for (const ring of rings.values()) ring.sort(byDegree);
    return rings;
  }
}

/** Orders by how many relations entities have, fewest first. */
export const byDegree = (left: KnownEntity, right: KnownEntity): number =>
  left.degree - right.degree || byText(left.slug, right.slug);
