import type { Truncation } from '../../drawing/answers.ts';
import { say } from '../settings/say.tsx';

/** Why a search was incomplete. */
const cutShort: Readonly<Record<string, string>> = {
  TIME_LIMIT: 'time limit reached',
  SEARCH_LIMIT: 'too many relations to follow',
};

/** A remark on the completeness of a path search of some length, or undefined if it found all paths. */
export function remarkOn(found: number, truncated: Truncation | null | undefined, hops: number): string | undefined {
  const reason = cutShort[truncated?.reason ?? ''];
  if (reason !== undefined) {
    return found === 0
      ? say('Search incomplete ({reason}). No path found so far; there may be one.', { reason: say(reason) })
      : say('Search incomplete ({reason}). There may be more paths.', { reason: say(reason) });
  }
  if (found === 0) {
    return say('No path of up to {hops} relations in this dataset; longer paths were not searched.', { hops });
  }
  return truncated ? say('There are more paths than those shown.') : undefined;
}
