import type { RelationField } from '../../ontology/ontology.ts';
import type { Kind } from '../../ontology/vocabulary.ts';
import { type Meeting, reversed } from '../reads/degrees.ts';
import { type Filter, operandsOf } from '../reads/filter.ts';
import type { OrderKey } from '../reads/plan.ts';
import { averageFanOut, entityCount, expectedFanOut, expectedRelations, type Statistics } from '../reads/statistics.ts';
import { kindBeyond } from './selectivity.ts';

/** Looking at no more relations than this takes less time than Neo4j plans a new statement. */
const MOST_SCANNED = 300_000;

/** Entities of a kind on which a condition is tried: how many, and how they are met. */
interface Tried extends Pick<Meeting, 'via'> {
  readonly kind: Kind | 'Entity';
  readonly visits: number;
}

/** How many relations are looked at to try a condition, if a statement looks at all relations of each entity. */
function scannedFor(filter: Filter, { kind, visits, via }: Tried, statistics: Statistics): number {
  if ('ahead' in filter) {
    const all = { kind: filter.kind, visits: entityCount(statistics, filter.kind) };
    return scannedFor(filter.ahead, all, statistics);
  }
  const parts = operandsOf(filter);
  if (parts) return parts.reduce((sum, part) => sum + scannedFor(part, { kind, visits, via }, statistics), 0);
  if (!('relation' in filter)) return 0;
  const { relation } = filter;
  const far: Tried = {
    kind: kindBeyond(statistics.ontology, relation),
    visits: visits * averageFanOut(statistics, relation, kind),
    via: reversed(relation),
  };
  return visits * expectedRelations(statistics, kind, { via }) + scannedFor(filter.filter, far, statistics);
}

/** A list, as far as it says which relations are followed from its entities. */
interface Listed {
  /** The relation that leads to them; `null` for a list of all of a kind. */
  readonly relation: RelationField | null;
  /** The kind that the relation starts from, or that is listed. */
  readonly kind: Kind | 'Entity';
  readonly filter: Filter;
  readonly order: readonly OrderKey[];
}

/** Whether a statement may look at all relations of each entity that the conditions and orders of a list lead to. */
export function areConditionsScanCheap({ relation, kind, filter, order }: Listed, statistics: Statistics): boolean {
  const tried: Tried = relation
    ? { kind: relation.target, visits: expectedFanOut(statistics, relation, kind), via: reversed(relation) }
    : { kind, visits: entityCount(statistics, kind) };
  const counted = order.flatMap(({ by }): Filter[] => ('count' in by ? [{ some: true, ...by.count }] : []));
  return scannedFor({ all: [filter, ...counted] }, tried, statistics) <= MOST_SCANNED;
}
