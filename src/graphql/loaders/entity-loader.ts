import DataLoader from 'dataloader';
import type { TargetPlan } from '../../engine/reads/plan.ts';
import type { Entity } from '../../engine/reads/rows.ts';
import { memoize } from '../../ontology/memoize.ts';
import type { Reader } from './reader.ts';

/** Reads entities that many places of a response refer to at the same time. */
export interface EntityLoader {
  /**
   * One entity; `null` if it has been deleted. Entities of one plan share a read.
   * @throws GraphError if that read fails
   */
  load(plan: TargetPlan, slug: string): Promise<Entity | null>;
}

/** A loader over a reader. It caches no entities, so long-lived users see current data. */
export function createEntityLoader(reader: Reader): EntityLoader {
  const loaderOf = memoize(
    (plan: TargetPlan) =>
      new DataLoader<string, Entity | null>(
        async (slugs) => {
          const distinct = [...new Set(slugs)];
          const entities = await reader.entities(plan, distinct);
          const bySlug = new Map(distinct.map((slug, index) => [slug, entities[index] ?? null]));
          return slugs.map((slug) => bySlug.get(slug) ?? null);
        },
        { cache: false },
      ),
  );
  return { load: (plan, slug) => loaderOf(plan).load(slug) };
}
