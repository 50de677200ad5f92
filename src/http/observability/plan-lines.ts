import type { PlanStep } from '../../graph/graph.ts';

/** What a step is told to do, without the many words that are the same for every plan. */
const detailsOf = ({ arguments: details }: PlanStep) => (typeof details.Details === 'string' ? ` ${details.Details}` : '');

const countsOf = ({ dbHits, rows, arguments: { EstimatedRows: estimate } }: PlanStep) => {
  if (dbHits !== undefined) return ` (${dbHits} hits, ${rows ?? 0} rows)`;
  return typeof estimate === 'number' ? ` (about ${Math.round(estimate)} rows)` : '';
};

/** A plan as lines of text, each step before those that it takes its rows from, these further in. */
export function planLines(step: PlanStep, depth = 0): readonly string[] {
  const line = `${'  '.repeat(depth)}${step.operatorType.replace(/@.*/, '')}${detailsOf(step)}${countsOf(step)}`;
  return [line, ...step.children.flatMap((child) => planLines(child, depth + 1))];
}

/** How often Neo4j looked into its stores for a statement that was profiled. */
export const dbHitsOf = ({ dbHits = 0, children }: PlanStep): number =>
  children.reduce((hits, child) => hits + dbHitsOf(child), dbHits);
