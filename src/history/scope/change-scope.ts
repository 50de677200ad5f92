import type { Followed } from '../../engine/changes/log/change-feed.ts';
import type { Pattern } from '../../engine/match/match-pattern.ts';
import type { Filter } from '../../engine/reads/filter.ts';
import type { Kind, RelationType } from '../../ontology/vocabulary.ts';

/** What finds entities in each state of the graph. */
export type WatchQuery =
  /** Those of a kind that fit. */
  | { readonly kind: Kind | 'Entity'; readonly filter: Filter }
  /** Those within some hops of others, which need not exist. */
  | { readonly around: readonly string[]; readonly depth: number; readonly relations: readonly RelationType[] }
  /** Sets of them that fit together. */
  | { readonly pattern: Pattern };

/** Which changes: those that concern one of the kinds, one of the entities, and what each question finds. */
export interface ChangeScope extends Pick<Followed, 'kinds' | 'ids'> {
  readonly questions: readonly WatchQuery[];
}
