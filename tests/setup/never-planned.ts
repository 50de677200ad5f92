import type { StatementTiers } from '../../src/engine/planning/statement-tiers.ts';

/** Every statement is new, so that everything is read by parts. */
export const neverPlanned: StatementTiers = {
  isPlanned: () => false,
  knows: () => false,
  learn: () => {},
  plan: async () => {},
};
