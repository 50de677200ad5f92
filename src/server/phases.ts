import type { Plugin } from 'graphql-yoga';

/**
 * The phases of a request, in the order in which it meets them:
 *
 * - `identify`: which request it is, and who sends it;
 * - `admit`: whether that caller may send it now, to this server;
 * - `route`: what is not GraphQL is answered here by its door;
 * - `receive`: its body is read, and what it waits for or finds without taking a place among those that run;
 * - `queue`: it takes such a place;
 * - `parse`: its text becomes a valid document;
 * - `plan`: what it costs, and whether it has to wait for expensive ones;
 * - `execute`: who answers it;
 * - `finish`: the result gets its final form;
 * - `record`: the result is logged, counted and stored;
 * - `respond`: the response is tagged, compressed, and continued while it is live.
 */
export const phases = [
  'identify',
  'admit',
  'route',
  'receive',
  'queue',
  'parse',
  'plan',
  'execute',
  'finish',
  'record',
  'respond',
] as const;

export type Phase = (typeof phases)[number];

/** A plugin that says in which phase it acts first. Its later hooks run among those of its phase too. */
export interface RequestPlugin extends Plugin {
  readonly phase: Phase;
}

/** Plugins in the order of their phases; those of one phase keep their order. */
export const inPhases = (plugins: readonly (RequestPlugin | undefined)[]): RequestPlugin[] =>
  phases.flatMap((phase) => plugins.flatMap((plugin) => (plugin?.phase === phase ? plugin : [])));
