import { countMemory } from '../../engine/budgets/budgeted-cache.ts';
import type { MemoryLine } from '../../engine/budgets/memory-budget.ts';

/** The limit that was reached: that of the caller, or that of all callers together. */
export type QuotaScope = 'CALLER' | 'ALL';

export interface QuotaOptions {
  /** Maximum for one caller. */
  readonly each: number;
  /** Maximum for all callers together. */
  readonly all: number;
}

/**
 * A limited resource that callers share: connections, bytes, places. Only callers that hold a part of it are stored, so it
 * takes no more memory than they do.
 */
export interface Quotas {
  /**
   * Takes an amount for a caller; an unidentified one counts towards all only.
   * @returns the limit that was reached, in which case nothing is taken; `undefined` if the amount was taken
   */
  take(caller: string | undefined, amount?: number): QuotaScope | undefined;
  /** Gives back an amount. */
  give(caller: string | undefined, amount?: number): void;
  /** The amount that one caller holds. */
  usedBy(caller: string): number;
  /** The amount that all callers hold together. */
  readonly used: number;
}

/** @param line what is shared are bytes of this line */
export function createQuotas({ each, all }: QuotaOptions, line?: MemoryLine): Quotas {
  const amounts = new Map<string, number>();
  let used = 0;

  const made: Quotas = {
    take(caller, amount = 1) {
      if (used + amount > all) return 'ALL';
      const own = caller === undefined ? 0 : (amounts.get(caller) ?? 0) + amount;
      if (own > each) return 'CALLER';
      used += amount;
      if (caller !== undefined) amounts.set(caller, own);
      return undefined;
    },
    give(caller, amount = 1) {
      used -= amount;
      if (caller === undefined) return;
      const own = (amounts.get(caller) ?? 0) - amount;
      if (own > 0) amounts.set(caller, own);
      else amounts.delete(caller);
    },
    usedBy: (caller) => amounts.get(caller) ?? 0,
    get used() {
      return used;
    },
  };
  if (line) countMemory(line, made, () => used, all);
  return made;
}
