import type { PlanStep } from '../../engine/graph/graph.ts';

/** The details of a step, without the arguments that are the same in every plan. */
const detailsOf = ({ arguments: details }: PlanStep) =>
  typeof details.Details === 'string' ? ` ${details.Details}` : '';

const countsOf = ({ dbHits, rows, arguments: { EstimatedRows: estimate } }: PlanStep) => {
  if (dbHits !== undefined) return ` (${dbHits} hits, ${rows ?? 0} rows)`;
  return typeof estimate === 'number' ? ` (about ${Math.round(estimate)} rows)` : '';
};

/** A plan as lines of text: each step is followed by those that it takes its rows from, indented. */
export function planLines(step: PlanStep, depth = 0): readonly string[] {
  const line = `${'  '.repeat(depth)}${step.operatorType.replace(/@.*/, '')}${detailsOf(step)}${countsOf(step)}`;
  return [line, ...step.children.flatMap((child) => planLines(child, depth + 1))];
}

/** Number of database hits of a profiled statement. */
export const dbHitsOf = ({ dbHits = 0, children }: PlanStep): number =>
  children.reduce((hits, child) => hits + dbHitsOf(child), dbHits);
