import type { RelationReading } from '../../engine/graph/pattern.ts';
import { byCodePoints } from './code-points.ts';
import { followed, valueIn } from './followed.ts';
import type { GraphSnapshot, SnapshotEntity, SnapshotRelation } from './graph-snapshot.ts';

/** Orders entities by their names, as statements do. */
export const byNameAndSlug = (left: SnapshotEntity, right: SnapshotEntity) =>
  byCodePoints(String(valueIn(left, 'name') ?? ''), String(valueIn(right, 'name') ?? '')) ||
  byCodePoints(left.slug, right.slug);

/** The sources of a relation, in the order of their names: its own or, if it has none, those of its start. */
export function sourcesOf(graph: GraphSnapshot, edge: SnapshotRelation): readonly SnapshotEntity[] {
  const { provenance } = graph.ontology;
  if (!provenance) return [];
  const own = valueIn(edge, provenance.property);
  const cited = { relation: provenance.relation, reading: 'FORWARD' } satisfies RelationReading;
  const found = Array.isArray(own)
    ? own.map((slug) => graph.entity(String(slug))).filter((one) => one?.kind === provenance.kind)
    : [...followed(graph, edge.from, cited)].map(([, far]) => far);
  return found.filter((one) => one !== undefined).sort(byNameAndSlug);
}

export const hasOwnSources = ({ ontology: { provenance } }: GraphSnapshot, edge: SnapshotRelation): boolean =>
  provenance !== null && valueIn(edge, provenance.property) !== null;
