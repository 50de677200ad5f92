import type { Step, View } from './address.ts';
import { stepKey } from './address.ts';

/** Whether what a step does still stands after another one. Of paths, those asked for last are told. */
const outlasts = (step: Step, later: Step) =>
  step.do !== 'drop' && later.do !== 'drop' && (step.do !== 'paths' || later.do !== 'paths');

/** Puts a step on the graph, unless it was taken before and what came later has changed nothing of it. */
export function withStep(view: View, step: Step): View {
  const key = stepKey(step);
  const at = view.steps.findLastIndex((known) => stepKey(known) === key);
  const isThere = at !== -1 && view.steps.slice(at + 1).every((later) => outlasts(step, later));
  const { relation: _relation, path: _path, ...rest } = view;
  return { ...rest, page: 'graph', steps: isThere ? view.steps : [...view.steps, step] };
}

/** Takes the last step back. */
export function withoutLastStep(view: View): View {
  const { relation: _relation, path: _path, ...rest } = view;
  return { ...rest, steps: view.steps.slice(0, -1) };
}
