import type { Truncation } from '../../drawing/answers.ts';

/** Why a search was incomplete. */
const cutShort: Readonly<Record<string, string>> = {
  TIME_LIMIT: 'time limit reached',
  SEARCH_LIMIT: 'too many relations to follow',
};

/** A remark on the completeness of a path search, or undefined if it found all paths. */
export function remarkOn(found: number, truncated: Truncation | null | undefined): string | undefined {
  const reason = cutShort[truncated?.reason ?? ''];
  if (reason !== undefined) {
    return found === 0
      ? `Search incomplete (${reason}). No path found so far; there may be one.`
      : `Search incomplete (${reason}). There may be more paths.`;
  }
  if (found === 0) {
    return 'No path of up to four relations in this dataset. They may still be connected in reality.';
  }
  return truncated ? 'There are more paths than those shown.' : undefined;
}
