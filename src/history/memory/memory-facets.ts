import type { EntityRow, FacetAnswer, FacetPlan, TargetPlan } from '../../engine/reads/plan.ts';
import { magnitudeOf } from '../../ontology/magnitude.ts';
import { compareValues, followed, valueIn } from './followed.ts';
import type { GraphSnapshot, Listed, SnapshotEntity } from './graph-snapshot.ts';
import { byNameAndSlug } from './snapshot-sources.ts';

type Source = Extract<FacetPlan['source'], { readonly property: string }>;

/** A value of a property, whole or cut to a coarser one; null if there is none. */
function bucketOf(value: unknown, by: Source['by']): unknown {
  if (value === null) return null;
  if (by === 'year') return String(value).slice(0, 4);
  if (by === 'month') return String(value).length > 4 ? String(value).slice(0, 7) : null;
  if (by === 'magnitude') return magnitudeOf(Number(value));
  return value;
}

function countOf<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** Counts the values of a list whose entities come one by one. */
export interface FacetCount {
  add(listed: Listed): void;
  /** The most frequent values, as `engine/reads/lists/facets` has them counted. */
  answer(row: (plan: TargetPlan, entity: SnapshotEntity) => EntityRow): FacetAnswer;
}

export function facetCount(graph: GraphSnapshot, { source, size, others, without }: FacetPlan): FacetCount {
  let valued = 0;
  let lacking = 0;
  const answered = (rows: FacetAnswer[0]): FacetAnswer => [rows, others ? valued : null, without ? lacking : null];

  if ('relation' in source) {
    const { relation, target } = source;
    const counts = new Map<SnapshotEntity, number>();
    return {
      add({ entity: { slug } }) {
        const before = valued;
        for (const [, far] of followed(graph, slug, relation)) {
          countOf(counts, far);
          valued += 1;
        }
        if (valued === before) lacking += 1;
      },
      answer(row) {
        const sorted = [...counts].sort(([left, one], [right, other]) => other - one || byNameAndSlug(left, right));
        return answered(sorted.slice(0, size).map(([entity, count]) => [row(target, entity), count]));
      },
    };
  }
  const counts = new Map<unknown, number>();
  return {
    add({ entity, edge }) {
      const value = source.ofEdge ? edge && valueIn(edge, source.property) : valueIn(entity, source.property);
      const bucket = bucketOf(value, source.by);
      if (bucket === null) lacking += 1;
      else {
        valued += 1;
        countOf(counts, bucket);
      }
    },
    answer() {
      const sorted = [...counts].sort(([left, one], [right, other]) => other - one || compareValues(left, right));
      return answered(sorted.slice(0, size).map(([value, count]) => [String(value), count]));
    },
  };
}
