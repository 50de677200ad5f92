import { memoize } from '../../ontology/memoize.ts';
import type { Scope } from '../graph/scope.ts';
import {
  type AnswerOf,
  columnsFrom,
  type EntityPlan,
  type EntityRow,
  type RelationPlan,
  type TargetPlan,
  wantsRowsAlone,
  widthOf,
} from './plan.ts';

/**
 * Targets that many entities share are read once. In the answer of a statement their rows hold slugs alone, and each
 * block after it lists the rows of the distinct targets of one relation:
 *
 *     WITH <rows> AS b0
 *     WITH b0, COLLECT { UNWIND <slugs in b0> AS slug … } AS b1
 *     WITH b0, b1, COLLECT { UNWIND <slugs in b1> AS slug … } AS b2
 *
 * Afterwards each slug is replaced by its row, so that the answer has the form of one without blocks.
 */

/** A relation whose targets a row holds, with their column and the kind of the entities that have this column. */
interface Held {
  readonly relation: RelationPlan;
  readonly column: number;
  readonly onlyFor: { readonly kind: string; readonly labels: number } | null;
}

const prefetchedOf = ({ relations, prefetched }: Omit<EntityPlan, 'kind'>, onlyFor: Held['onlyFor'], from = 0) =>
  columnsFrom(from, prefetched).map(
    ([key, column]): Held => ({ relation: relations[key] as RelationPlan, column, onlyFor }),
  );

/** The relations in the row of a target that lead to shared ones, at once or below. */
const heldBy = memoize((plan: TargetPlan): readonly Held[] => {
  const all = 'kinds' in plan ? heldByAny(plan) : prefetchedOf(plan, null);
  return all.filter(({ relation }) => leadsToShared(relation));
});

function heldByAny({ shared, kinds }: Extract<TargetPlan, { readonly kind: 'Entity' }>): readonly Held[] {
  const labels = widthOf(shared);
  const added = Object.values(kinds).flatMap((plan) => prefetchedOf(plan, { kind: plan.kind, labels }, labels));
  return [...prefetchedOf(shared, null), ...added];
}

/** Whether a relation leads to shared targets, at once or below. */
const leadsToShared = (plan: RelationPlan): boolean => plan.shared || heldBy(plan.target).length > 0;

/** Targets that one block of a statement reads. */
export interface SharedTargets {
  readonly relation: RelationPlan;
  /** The clauses that list the slugs of the targets, with repetitions, and the expression of a slug. */
  readonly clauses: string;
  readonly slug: string;
}

/** The shared targets in the answer of a relation, without those that lie below other shared ones. */
export function sharedInAnswer(
  plan: RelationPlan,
  answer: string,
  scope: Scope,
  before = '',
): readonly SharedTargets[] {
  if (!leadsToShared(plan)) return [];
  const row = scope.variable('x');
  const clauses = `${before}UNWIND ${hasRowsAlone(plan) ? answer : `${answer}[0]`} AS ${row} `;
  const target = plan.edge.bare ? row : `${row}[0]`;
  return plan.shared ? [{ relation: plan, clauses, slug: target }] : sharedInRow(plan.target, target, scope, clauses);
}

/** The shared targets in the row of a target. */
export function sharedInRow(plan: TargetPlan, row: string, scope: Scope, before: string): readonly SharedTargets[] {
  return heldBy(plan).flatMap(({ relation, column, onlyFor }) => {
    const value = `${row}[${column}]`;
    const answer = onlyFor
      ? `CASE WHEN '${onlyFor.kind}' IN ${row}[${onlyFor.labels}] THEN ${value} ELSE [] END`
      : value;
    return sharedInAnswer(relation, onlyFor ? `(${answer})` : answer, scope, before);
  });
}

const hasRowsAlone = (plan: RelationPlan) => plan.shape === 'toOne' || wantsRowsAlone(plan);

/** The rows of the targets of each shared relation, by slug. */
export type SharedRows = ReadonlyMap<RelationPlan, ReadonlyMap<string, EntityRow>>;

type Changeable = unknown[];

/** Replaces the slugs of shared targets in the answer of a relation by their rows. */
export function fillInAnswer(plan: RelationPlan, answer: AnswerOf<RelationPlan>, shared: SharedRows): void {
  if (!leadsToShared(plan)) return;
  const rows = (hasRowsAlone(plan) ? answer : answer[0]) as Changeable;
  if (!plan.shared) {
    for (const row of rows)
      fillInRow(plan.target, (plan.edge.bare ? row : (row as Changeable)[0]) as EntityRow, shared);
    return;
  }
  const known = shared.get(plan);
  let kept = 0;
  for (const row of rows) {
    const target = known?.get((plan.edge.bare ? row : (row as Changeable)[0]) as string);
    // Deleted by another transaction between two blocks.
    if (!target) continue;
    if (!plan.edge.bare) (row as Changeable)[0] = target;
    rows[kept] = plan.edge.bare ? target : row;
    kept += 1;
  }
  rows.length = kept;
}

/** Replaces the slugs of shared targets in the row of a target by their rows. */
export function fillInRow(plan: TargetPlan, row: EntityRow, shared: SharedRows): void {
  for (const { relation, column, onlyFor } of heldBy(plan)) {
    if (onlyFor && !(row[onlyFor.labels] as readonly string[]).includes(onlyFor.kind)) continue;
    fillInAnswer(relation, row[column] as AnswerOf<RelationPlan>, shared);
  }
}
