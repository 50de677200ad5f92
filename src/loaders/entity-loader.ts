import DataLoader from 'dataloader';
import type { TargetPlan } from '../graph/plan.ts';
import type { Entity } from '../graph/rows.ts';
import type { Reader } from './reader.ts';

/** Reads entities that many places of an answer name at the same time. */
export interface EntityLoader {
  /** One entity; `null` where it is gone. Those of one plan are one read. @throws GraphError where that read fails */
  load(plan: TargetPlan, slug: string): Promise<Entity | null>;
}

/** A loader over a reader. It keeps no entity: what lives long sees them as they are. */
export function createEntityLoader(reader: Reader): EntityLoader {
  const loaders = new WeakMap<TargetPlan, DataLoader<string, Entity | null>>();

  function loaderOf(plan: TargetPlan): DataLoader<string, Entity | null> {
    const known = loaders.get(plan);
    if (known) return known;
    const loader = new DataLoader<string, Entity | null>(
      async (slugs) => {
        const distinct = [...new Set(slugs)];
        const entities = await reader.entities(plan, distinct);
        const bySlug = new Map(distinct.map((slug, index) => [slug, entities[index] ?? null]));
        return slugs.map((slug) => bySlug.get(slug) ?? null);
      },
      { cache: false },
    );
    loaders.set(plan, loader);
    return loader;
  }

  return { load: (plan, slug) => loaderOf(plan).load(slug) };
}
