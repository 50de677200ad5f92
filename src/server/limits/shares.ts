import { countMemory } from '../../engine/budgets/budgeted-cache.ts';
import type { MemoryLine } from '../../engine/budgets/memory-budget.ts';

/** The limit that was reached: that of the caller, or that of all callers together. */
export type Bound = 'CALLER' | 'ALL';

export interface ShareOptions {
  /** Maximum for one caller. */
  readonly each: number;
  /** Maximum for all callers together. */
  readonly all: number;
}

/**
 * A limited resource that callers share: connections, bytes, places. Only callers that hold a part of it are stored, so it
 * takes no more memory than they do.
 */
export interface Shares {
  /**
   * Takes an amount for a caller; an unidentified one counts towards all only.
   * @returns the limit that was reached, in which case nothing is taken; `undefined` if the amount was taken
   */
  take(caller: string | undefined, amount?: number): Bound | undefined;
  /** Gives back an amount. */
  give(caller: string | undefined, amount?: number): void;
  /** The amount that one caller holds. */
  heldBy(caller: string): number;
  /** The amount that all callers hold together. */
  readonly held: number;
}

/** @param line what is shared are bytes of this line */
export function createShares({ each, all }: ShareOptions, line?: MemoryLine): Shares {
  const shares = new Map<string, number>();
  let held = 0;

  const made: Shares = {
    take(caller, amount = 1) {
      if (held + amount > all) return 'ALL';
      const own = caller === undefined ? 0 : (shares.get(caller) ?? 0) + amount;
      if (own > each) return 'CALLER';
      held += amount;
      if (caller !== undefined) shares.set(caller, own);
      return undefined;
    },
    give(caller, amount = 1) {
      held -= amount;
      if (caller === undefined) return;
      const own = (shares.get(caller) ?? 0) - amount;
      if (own > 0) shares.set(caller, own);
      else shares.delete(caller);
    },
    heldBy: (caller) => shares.get(caller) ?? 0,
    get held() {
      return held;
    },
  };
  if (line) countMemory(line, made, () => held, all);
  return made;
}
