import { addressOf, firstView, type Step, stepKey, type View } from './address.ts';

/** Whether a step is still in effect after a later one. Only the last path search is. */
const outlasts = (step: Step, later: Step) =>
  step.do !== 'drop' && later.do !== 'drop' && (step.do !== 'paths' || later.do !== 'paths');

/** Adds a step, unless it is already in effect. */
export function withStep(view: View, step: Step): View {
  const key = stepKey(step);
  const at = view.steps.findLastIndex((known) => stepKey(known) === key);
  const isThere = at !== -1 && view.steps.slice(at + 1).every((later) => outlasts(step, later));
  const { relation: _relation, path: _path, at: _at, places: _places, ...rest } = view;
  return { ...rest, page: 'graph', steps: isThere ? view.steps : [...view.steps, step] };
}

/** Removes the last step. */
export function withoutLastStep(view: View): View {
  const { relation: _relation, path: _path, at: _at, places: _places, ...rest } = view;
  return { ...rest, steps: view.steps.slice(0, -1) };
}

/** Address of a graph that steps build. */
export const addressOfGraph = (...steps: readonly Step[]): string => addressOf(steps.reduce(withStep, firstView));
