import type { Ontology } from '../../../ontology/ontology.ts';
import type { RelationType } from '../../../ontology/vocabulary.ts';

/** The label by which an end of a relation is found: its kind, or the shared label if it may be of any kind. */
export function endLabel({ kindsAt }: Ontology, type: RelationType, end: 'from' | 'to'): string {
  const [kind, ...others] = kindsAt(type, end);
  return kind === undefined || others.length > 0 ? 'Entity' : kind;
}
