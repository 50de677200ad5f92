import { memoize } from '../../../ontology/memoize.ts';
import type { Ontology } from '../../../ontology/ontology.ts';
import type { Kind, RelationType } from '../../../ontology/vocabulary.ts';
import { typesIn } from '../../graph/walk.ts';

/** The relations over which search finds entities by the names of others, as the ontology declares them. */
export interface SearchedRelations {
  /** From an entity to those by whose names it is found. */
  readonly related: readonly RelationType[];
  /** From those to others by whose names they are found too: wholes, groups and broader terms. */
  readonly whole: readonly RelationType[];
  /** The kinds of the entities by whose names others are found. */
  readonly kinds: readonly Kind[];
  /** The kinds that results are counted by. */
  readonly facets: readonly Kind[];
}

export const searchedRelations = memoize((ontology: Ontology): SearchedRelations => {
  const reach = (type: RelationType) => {
    const { searched, hierarchical } = ontology.relation(type);
    return searched ?? (hierarchical ? 'whole' : undefined);
  };
  const related = ontology.relationTypes.filter((type) => reach(type) === 'related');
  const whole = ontology.relationTypes.filter((type) => reach(type) === 'whole');
  const ends = [...related, ...whole].flatMap((type) => ontology.kindsAt(type, 'to'));
  return {
    related,
    whole,
    kinds: ontology.kindNames.filter((kind) => ends.includes(kind)),
    facets: ontology.kindNames.filter((kind) => ontology.kind(kind).searchFacet),
  };
});

/**
 * Completes a statement of `cypher/`. In it, `__RELATED__` and `__WHOLE__` stand for the relation types of search, and
 * `__FACETS(node)__` for a test that a node is of a kind that results are counted by.
 */
export function withSearchedRelations(ontology: Ontology, text: string): string {
  const { related, whole, facets } = searchedRelations(ontology);
  return text
    .replaceAll('__RELATED__', typesIn(related))
    .replaceAll('__WHOLE__', typesIn(whole))
    .replace(/__FACETS\((\w+)\)__/g, (_, node: string) =>
      facets.length > 0 ? `${node}:${facets.join('|')}` : 'false',
    );
}
