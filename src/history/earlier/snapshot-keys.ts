import {
  type GroupPath,
  type GroupSource,
  isPath,
  type Level,
  type PropertySource,
} from '../../engine/groups/group-keys.ts';
import type { Scalar } from '../../engine/reads/plan.ts';
import { getOrInsert } from '../../ontology/get-or-insert.ts';
import { fits } from '../memory/condition.ts';
import type { ConditionCache } from '../memory/condition-cache.ts';
import { followed, valueIn } from '../memory/followed.ts';
import type { GraphSnapshot, SnapshotEntity, SnapshotForm, SnapshotRelation } from '../memory/graph-snapshot.ts';

/** The value of a property; a date that is not known so exactly has none. */
export function snapshotKeyValue({ property, length }: PropertySource, held: { readonly form: SnapshotForm }): Scalar {
  const value = valueIn(held, property) as Scalar;
  if (length === undefined || value === null) return value;
  const text = String(value);
  return text.length >= length ? text.slice(0, length) : null;
}

/** Reads the keys of groups in one state, as `engine/groups/group-keys` writes them. */
export class SnapshotKeys {
  readonly #graph: GraphSnapshot;
  readonly #cache: ConditionCache;
  readonly #depths = new Map<string, number>();

  constructor(graph: GraphSnapshot, cache: ConditionCache) {
    this.#graph = graph;
    this.#cache = cache;
  }

  /** The values of a key that an entity has: one for each relation, or the different ones at the end of a path. */
  valuesOf(source: GroupSource, entity: SnapshotEntity): readonly Scalar[] {
    if (isPath(source)) return this.#atEnd(source, entity);
    if ('relation' in source)
      return [...followed(this.#graph, entity.slug, source.relation)].map(([, far]) => far.slug);
    const value = snapshotKeyValue(source, entity);
    return value === null ? [] : [value];
  }

  #atEnd({ level, steps, end }: GroupPath, entity: SnapshotEntity): readonly Scalar[] {
    let ends: readonly (readonly [at: SnapshotEntity, by: SnapshotRelation | null])[] = this.#climbed(
      entity,
      level,
    ).map((at) => [at, null] as const);
    for (const { relation, filter, level: climbed } of steps) {
      ends = ends.flatMap(([at]) =>
        [...followed(this.#graph, at.slug, relation)]
          .filter(([edge, far]) => fits(this.#graph, filter, far, edge, this.#cache))
          .flatMap(([edge, far]) => this.#climbed(far, climbed).map((above) => [above, edge] as const)),
      );
    }
    const values = ends.map(([at, by]) => {
      if (!end) return at.slug;
      return end.ofEdge ? by && snapshotKeyValue(end, by) : snapshotKeyValue(end, at);
    });
    return [...new Set(values)].filter((value) => value !== null);
  }

  /** What an entity is replaced by: those above it at a level, or itself. */
  #climbed(entity: SnapshotEntity, level: Level | null): readonly SnapshotEntity[] {
    if (!level) return [entity];
    return this.#above(entity, level).filter((above) => this.#depthOf(above, level) === level.below);
  }

  /** An entity and all above it, nearest first. */
  #above(entity: SnapshotEntity, { relation }: Level): readonly SnapshotEntity[] {
    const met = new Map([[entity.slug, entity]]);
    for (const slug of met.keys())
      for (const [, far] of followed(this.#graph, slug, { relation, reading: 'FORWARD' })) met.set(far.slug, far);
    return [...met.values()];
  }

  /** The number of steps of the shortest way to the top. */
  #depthOf(entity: SnapshotEntity, { relation }: Level): number {
    return getOrInsert(this.#depths, `${relation} ${entity.slug}`, () => {
      let depth = 0;
      const met = new Set([entity.slug]);
      for (let level: readonly string[] = [entity.slug]; level.length > 0; depth += 1) {
        const next: string[] = [];
        for (const slug of level) {
          const above = this.#graph.relationsAt(slug, relation, 'from');
          if (above.length === 0) return depth;
          next.push(...above.map(({ to }) => to).filter((to) => !met.has(to)));
        }
        for (const slug of next) met.add(slug);
        level = next;
      }
      return Number.POSITIVE_INFINITY;
    });
  }
}
