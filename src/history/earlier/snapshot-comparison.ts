import { byText } from '../../engine/graph/walk.ts';
import {
  type ComparedProperty,
  type ComparisonReads,
  comparedProperties,
  type SharedRow,
} from '../../engine/traversal/compare.ts';
import type { Pace } from '../memory/answer-plan.ts';
import type { GraphSnapshot } from '../memory/graph-snapshot.ts';
import { memoryNeighborhood } from '../memory/memory-reads.ts';
import { stepsOf } from './in-turns.ts';
import { snapshotDegree } from './snapshot-paths.ts';

/** Reads a state of the graph for a comparison, in turns. */
export const snapshotComparisonReads = (graph: GraphSnapshot, pace: Pace): ComparisonReads => ({
  adjacencies: (walk, wanted) => memoryNeighborhood(graph).adjacencies(walk, wanted),

  async shared({ ontology, relations, kinds }, slugs, limit) {
    const step = stepsOf(pace);
    const [one, ...others] = slugs
      .map((slug) => ({ slug, degree: snapshotDegree(graph, slug, relations) }))
      .sort((left, right) => left.degree - right.degree || byText(left.slug, right.slug));
    if (!one) return [];
    const isRelated = (slug: string, [far, type, starts]: SharedRow) =>
      ontology.symmetricRelations.includes(type)
        ? isEdge(graph, type, slug, far) || isEdge(graph, type, far, slug)
        : starts
          ? isEdge(graph, type, far, slug)
          : isEdge(graph, type, slug, far);
    const found = new Map<string, SharedRow>();
    for (const type of relations) {
      const isSymmetric = ontology.symmetricRelations.includes(type);
      for (const end of ['from', 'to'] as const) {
        for (const edge of graph.relationsAt(one.slug, type, end)) {
          await step();
          const far = graph.entity(end === 'from' ? edge.to : edge.from);
          if (!far || (kinds !== null && !kinds.includes(far.kind))) continue;
          const row: SharedRow = [far.slug, type, isSymmetric || edge.from === far.slug];
          if (others.every(({ slug }) => isRelated(slug, row))) found.set(row.join(' '), row);
        }
      }
    }
    return [...found.values()]
      .sort(
        ([left, type, starts], [right, otherType, otherStarts]) =>
          byText(type, otherType) || Number(otherStarts) - Number(starts) || byText(left, right),
      )
      .slice(0, limit);
  },
});

const isEdge = (graph: GraphSnapshot, type: string, from: string, to: string) =>
  graph.relationsAt(from, type, 'from').some((edge) => edge.to === to);

/** Properties that at least one of some entities has in a state of the graph. */
export const snapshotProperties = (graph: GraphSnapshot, slugs: readonly string[]): readonly ComparedProperty[] =>
  comparedProperties(
    graph.ontology,
    slugs.flatMap((slug) => {
      const held = graph.entity(slug);
      return held ? [[slug, ['Entity', held.kind], held.form] as const] : [];
    }),
  );
