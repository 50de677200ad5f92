import { relationTypes } from '../../src/cooperation/relations.ts';
import type { RelationType } from '../../src/ontology/vocabulary.ts';
import { seeds } from './seeds.ts';

/** A relation of the seeds, seen from one of its ends. */
export interface SeedStep {
  readonly relation: RelationType;
  readonly direction: 'FORWARD' | 'BACKWARD';
  readonly far: string;
}

/** What the server walks unless told otherwise. */
export const usualRelations = relationTypes.filter((type) => type !== 'CITES' && type !== 'STATED_AT');

export const allSlugs = Object.values(seeds.entities).flatMap((records) => records.map(({ id }) => id));

/** The seeds as a plain graph in memory: the model that walks are compared with. */
export function seedGraph(relations: readonly RelationType[] = usualRelations) {
  const steps = new Map<string, SeedStep[]>(allSlugs.map((slug) => [slug, []]));
  for (const { type, from, to } of seeds.relations) {
    if (!relations.includes(type)) continue;
    steps.get(from)?.push({ relation: type, direction: 'FORWARD', far: to });
    steps.get(to)?.push({ relation: type, direction: 'BACKWARD', far: from });
  }
  const stepsOf = (slug: string): readonly SeedStep[] => steps.get(slug) ?? [];

  return {
    stepsOf,
    degreeOf: (slug: string) => stepsOf(slug).length,
    /** Distances by plain breadth-first search. */
    distancesFrom(slugs: readonly string[], allows: (slug: string) => boolean = () => true) {
      const distances = new Map(slugs.map((slug) => [slug, 0]));
      for (const [slug, distance] of distances) {
        if (distance > 0 && !allows(slug)) continue;
        for (const { far } of stepsOf(slug)) if (!distances.has(far)) distances.set(far, distance + 1);
      }
      return distances;
    },
    /** All simple paths of up to a length, as texts of slugs and relations, with their scores. */
    pathsBetween(from: string, to: string, maxHops: number) {
      const found: { readonly text: string; readonly length: number; readonly score: number }[] = [];
      const walk = (slugs: readonly string[], text: string) => {
        const at = slugs.at(-1) ?? '';
        if (at === to) {
          const weights = slugs.slice(1, -1).map((slug) => Math.log(1 + stepsOf(slug).length));
          const sum = weights.reduce((total, weight) => total + weight, 0);
          found.push({ text, length: slugs.length - 1, score: weights.length === 0 ? 1 : weights.length / sum });
          return;
        }
        if (slugs.length > maxHops) return;
        for (const { relation, direction, far } of stepsOf(at)) {
          if (!slugs.includes(far)) walk([...slugs, far], `${text} ${relation} ${direction} ${far}`);
        }
      };
      walk([from], from);
      return found.sort((left, right) => left.length - right.length || right.score - left.score);
    },
  };
}
