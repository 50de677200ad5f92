import type { Filter } from '../../engine/reads/filter.ts';
import { getOrInsert } from '../../ontology/get-or-insert.ts';

/** Finding something takes more work than it may. */
export class SearchLimitExceeded extends Error {
  override readonly name = 'SearchLimitExceeded';
}

/**
 * Conditions on related entities that are decided already: nested ones lead to the same entities in ever more ways, and each
 * is decided once for each entity.
 */
export class ConditionCache {
  readonly #answers = new Map<Filter, Map<string, boolean>>();
  readonly #most: number;
  #steps = 0;

  /** @param most relations that are followed for one entity, in which nobody else has a turn; by default without a maximum */
  constructor(most = Number.POSITIVE_INFINITY) {
    this.#most = most;
  }

  /** Another entity is looked at. */
  begin(): void {
    this.#steps = 0;
  }

  /** A relation is followed. @throws SearchLimitExceeded */
  step(): void {
    this.#steps += 1;
    if (this.#steps > this.#most) {
      throw new SearchLimitExceeded('The conditions lead to too many related entities.');
    }
  }

  /** Whether a condition holds for an entity. */
  once(filter: Filter, slug: string, decide: () => boolean): boolean {
    return getOrInsert(
      getOrInsert(this.#answers, filter, () => new Map()),
      slug,
      decide,
    );
  }
}
