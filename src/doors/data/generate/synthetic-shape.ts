import { kebabCase } from '../../../ontology/letter-case.ts';
import { memoize } from '../../../ontology/memoize.ts';
import type { Ontology } from '../../../ontology/ontology.ts';
import type { Kind, RelationType } from '../../../ontology/vocabulary.ts';
import type { Random } from './random.ts';
import { syntheticName, type Word } from './synthetic-names.ts';

/** What the records of a synthetic graph are like, beside what its ontology says. */
export interface SyntheticShape {
  /** How many entities a kind has in a graph of a size. */
  countOf(kind: Kind, size: number): number;
  /** Average number of relations of a type per start entity, given how many entities there are at its ends. */
  averageOf(type: RelationType, starts: number, ends: number): number;
  /** The share of a relation's beginnings that lead to the first of its targets. */
  shareOfHub(type: RelationType): number;
  /** Whether the entities of a kind are each reached about as often as the others. */
  hasEvenTargets(kind: Kind): boolean;
  slugOf(kind: Kind, index: number): string;
  /** A name in English and one in another language. */
  nameOf(kind: Kind, index: number, random: Random): Word;
  /** Values that must be consistent with each other or with the slug. */
  ownValues(kind: Kind, index: number, random: Random): Readonly<Record<string, unknown>>;
}

/** The shape of a graph of which nothing more is known: its first kind has the most entities. */
export const anyShape = memoize(({ kindNames, provenance, slugPropertyOf }: Ontology): SyntheticShape => {
  const [first] = kindNames.filter((kind) => kind !== provenance?.kind);
  const slugOf = (kind: Kind, index: number) => `${kebabCase(kind)}-${index + 1}`;
  return {
    countOf: (kind, size) => Math.max(1, kind === first || kind === provenance?.kind ? size : Math.ceil(size / 4)),
    averageOf: () => 0.9,
    shareOfHub: () => 0,
    hasEvenTargets: (kind) => kind === first || kind === provenance?.kind,
    slugOf,
    nameOf: (_, index, random) => syntheticName([['% #', '%#']], index, random),
    ownValues(kind, index) {
      const origin = slugPropertyOf(kind);
      return origin === undefined ? {} : { [origin]: slugOf(kind, index) };
    },
  };
});
