import type { Ontology } from '../../../ontology/ontology.ts';
import type { RelationType } from '../../../ontology/vocabulary.ts';

export const isSymmetric = ({ relation }: Ontology, type: RelationType): boolean => relation(type).symmetric === true;

export const isToOne = ({ relation }: Ontology, type: RelationType): boolean => relation(type).toOne === true;

interface RelationEnds<End> {
  readonly type: RelationType;
  readonly from: End;
  readonly to: End;
}

/** The entities that a relation belongs to: its start, or both ends if it is symmetric. */
export const ownersOf = <End>(ontology: Ontology, relation: RelationEnds<End>): readonly End[] =>
  isSymmetric(ontology, relation.type) ? [relation.from, relation.to] : [relation.from];

/**
 * The existing path from the target of a link back to its start, which the link would close to a cycle; `undefined` if
 * there is none.
 */
export function wayBack(
  from: string,
  to: string,
  targetsOf: (slug: string) => Iterable<string>,
): readonly string[] | undefined {
  const reached = new Map<string, string | undefined>([[to, undefined]]);
  for (const [slug] of reached) {
    if (slug === from) break;
    for (const next of targetsOf(slug)) if (!reached.has(next)) reached.set(next, slug);
  }
  if (!reached.has(from)) return undefined;
  const way: string[] = [];
  for (let slug: string | undefined = from; slug !== undefined; slug = reached.get(slug)) way.unshift(slug);
  return way;
}
