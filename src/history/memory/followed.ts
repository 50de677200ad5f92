import type { RelationReading } from '../../engine/graph/pattern.ts';
import { byCodePoints } from './code-points.ts';
import { propertyOf } from './columnar/columns.ts';
import type { GraphSnapshot, SnapshotEntity, SnapshotForm, SnapshotRelation } from './graph-snapshot.ts';

/** A property, `null` if it is absent. */
export const valueIn = ({ form }: { readonly form: SnapshotForm }, property: string): unknown =>
  propertyOf(form, property);

/** Order of two values of one type as Neo4j has it: texts by their code points. */
export function compareValues(left: unknown, right: unknown): number {
  if (typeof left === 'string' && typeof right === 'string') return byCodePoints(left, right);
  return Number(left) - Number(right);
}

/** The relations of an entity that a reading follows, each with its far end. */
export function* followed(
  graph: GraphSnapshot,
  slug: string,
  { relation, reading }: RelationReading,
): Generator<readonly [edge: SnapshotRelation, far: SnapshotEntity]> {
  if (reading !== 'BACKWARD') {
    for (const edge of graph.relationsAt(slug, relation, 'from')) {
      const far = graph.entity(edge.to);
      if (far) yield [edge, far];
    }
  }
  if (reading === 'FORWARD') return;
  for (const edge of graph.relationsAt(slug, relation, 'to')) {
    // A relation of an entity with itself is one, from whichever end it is read.
    if (reading === 'BOTH' && edge.from === edge.to) continue;
    const far = graph.entity(edge.from);
    if (far) yield [edge, far];
  }
}
