import { foldText } from '../../../engine/search/folding.ts';
import { kebabCase } from '../../../ontology/letter-case.ts';

/** Leaves room for a number in the 200 characters of a slug. */
const LONGEST = 120;

/** The slug of a name, before it is made unique; that of its kind where the name has no Latin letters or digits. */
export function slugOf(name: string, kind: string): string {
  const slug = foldText(name)
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST)
    .replaceAll(/^-+|-+$/g, '');
  return slug === '' ? kebabCase(kind) : slug;
}

/** The slugs of a graph, unique over all kinds. */
export interface Slugs {
  /** Notes a slug that is in the data already. */
  reserve(slug: string): void;
  /** Whether more than one record has the slug in the data. */
  isShared(slug: string): boolean;
  /** A slug that no other record has: the base, or the base with the next number that is free. */
  make(base: string): string;
}

/** Slugs that are in the data come first, so that none of those that are made takes one of them. */
export function createSlugs(): Slugs {
  const reserved = new Map<string, number>();
  const made = new Set<string>();
  const numbers = new Map<string, number>();
  const isTaken = (slug: string) => reserved.has(slug) || made.has(slug);

  return {
    reserve: (slug) => void reserved.set(slug, (reserved.get(slug) ?? 0) + 1),
    isShared: (slug) => (reserved.get(slug) ?? 0) > 1,
    make(base) {
      let slug = base;
      let number = numbers.get(base) ?? 1;
      while (isTaken(slug)) {
        number += 1;
        slug = `${base}-${number}`;
      }
      numbers.set(base, number);
      made.add(slug);
      return slug;
    },
  };
}
