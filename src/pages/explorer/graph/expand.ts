import { go } from '../navigation/navigation.ts';
import { withStep } from '../navigation/steps.ts';

/** Adds the neighbours of an entity to the graph, and opens its details. */
export const expand = (slug: string): void =>
  go((now) => ({ ...withStep(now, { do: 'open', slug }), picked: slug, also: [] }));
