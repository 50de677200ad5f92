import { kindsAt } from '../ontology/fields.ts';
import type { RelationType } from '../ontology/relations.ts';

/** The label by which an end of a relation is looked up: its kind, or what all kinds share where it may be any. */
export function endLabel(type: RelationType, end: 'from' | 'to'): string {
  const [kind, ...others] = kindsAt(type, end);
  return kind === undefined || others.length > 0 ? 'Entity' : kind;
}
