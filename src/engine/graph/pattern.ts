import type { RelationField } from '../../ontology/ontology.ts';

/** A relation and the end from which it is read. */
export type RelationReading = Pick<RelationField, 'relation' | 'reading'>;

/** The pattern of a relation between two nodes; any of the names may be empty. `hops` repeats it, as in `*1..3`. */
export function pattern(
  { relation, reading }: RelationReading,
  near: string,
  edge: string,
  far: string,
  hops: '' | `*${string}` = '',
): string {
  const arrow = `[${edge}:${relation}${hops}]`;
  if (reading === 'FORWARD') return `(${near})-${arrow}->(${far})`;
  if (reading === 'BACKWARD') return `(${near})<-${arrow}-(${far})`;
  return `(${near})-${arrow}-(${far})`;
}
