import type { Metric } from '../../engine/groups/group-metrics.ts';
import type { Scalar } from '../../engine/reads/plan.ts';
import { aggregateOf, percentileOf } from '../memory/aggregates.ts';
import { byCodePoints } from '../memory/code-points.ts';
import { fits } from '../memory/condition.ts';
import type { ConditionCache } from '../memory/condition-cache.ts';
import { valueIn } from '../memory/followed.ts';
import type { GraphSnapshot, SnapshotEntity } from '../memory/graph-snapshot.ts';
import type { SnapshotKeys } from './snapshot-keys.ts';

const aggregates = { min: 'MIN', max: 'MAX', sum: 'SUM', avg: 'AVG' } as const;

/** Computes what groups of entities show, as `engine/groups/group-metrics` has it aggregated. */
export class SnapshotMetrics {
  readonly #graph: GraphSnapshot;
  readonly #keys: SnapshotKeys;
  readonly #cache: ConditionCache;
  readonly #step: () => Promise<void> | undefined;

  /** @param step is called for each entity that is looked at */
  constructor(graph: GraphSnapshot, keys: SnapshotKeys, cache: ConditionCache, step: () => Promise<void> | undefined) {
    this.#graph = graph;
    this.#keys = keys;
    this.#cache = cache;
    this.#step = step;
  }

  async value(metric: Metric, entities: readonly SnapshotEntity[]): Promise<Scalar> {
    switch (metric.measure) {
      case 'running':
        throw new Error('Running counts are added to the groups.');
      case 'count': {
        const { filter } = metric;
        if (!filter) return entities.length;
        const fitting = await this.#each(entities, (entity) =>
          fits(this.#graph, filter, entity, null, this.#cache) ? [entity] : [],
        );
        return fitting.length;
      }
      case 'distinct': {
        const values = await this.#each(entities, (entity) => this.#keys.valuesOf(metric.of, entity));
        return new Set(values).size;
      }
      case 'newest': {
        const dated = await this.#each(entities, (entity) => {
          const date = valueIn(entity, metric.date);
          return date === null ? [] : [[String(date), entity.slug] as const];
        });
        const [first, ...others] = dated;
        if (!first) return null;
        return others.reduce((newest, one) => {
          const order = byCodePoints(one[0], newest[0]) || byCodePoints(one[1], newest[1]);
          return order > 0 ? one : newest;
        }, first)[1];
      }
      default:
        return this.#ofValues(metric, entities);
    }
  }

  async #ofValues(
    metric: Extract<Metric, { readonly property: string }>,
    entities: readonly SnapshotEntity[],
  ): Promise<Scalar> {
    // Sums of fractions depend on their order.
    const isInOrder = 'float' in metric && metric.float;
    const ordered = isInOrder ? entities.toSorted((left, right) => byCodePoints(left.slug, right.slug)) : entities;
    const values = await this.#each(ordered, (entity) => {
      const value = valueIn(entity, metric.property) as Scalar;
      return value === null ? [] : [value];
    });
    if (metric.measure === 'percentile') return percentileOf(values.map(Number), metric.at);
    return aggregateOf(aggregates[metric.measure], values);
  }

  async #each<Value>(
    entities: readonly SnapshotEntity[],
    read: (entity: SnapshotEntity) => readonly Value[],
  ): Promise<readonly Value[]> {
    const all: Value[] = [];
    for (const entity of entities) {
      await this.#step();
      for (const value of read(entity)) all.push(value);
    }
    return all;
  }
}
