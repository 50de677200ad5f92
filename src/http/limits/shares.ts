/** Which bound a caller met: their own share, or what all callers have together. */
export type Bound = 'CALLER' | 'ALL';

export interface ShareOptions {
  /** Maximum for one caller. */
  readonly each: number;
  /** Maximum for all callers together. */
  readonly all: number;
}

/**
 * Something of which there is a limited amount, shared by callers: connections, bytes, places. It remembers only callers
 * that hold some of it, so it is no larger than what is held.
 */
export interface Shares {
  /**
   * Takes an amount for a caller; one that is not told apart counts towards all only.
   * @returns the bound that was met, in which case nothing is taken; nothing where the amount was taken
   */
  take(caller: string | undefined, amount?: number): Bound | undefined;
  /** Gives back an amount that was taken before. */
  give(caller: string | undefined, amount?: number): void;
  /** What one caller holds. */
  heldBy(caller: string): number;
  /** What all callers hold together. */
  readonly held: number;
}

export function createShares({ each, all }: ShareOptions): Shares {
  const shares = new Map<string, number>();
  let held = 0;

  return {
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
}
