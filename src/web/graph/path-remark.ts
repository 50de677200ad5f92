import type { Truncation } from '../../drawing/answers.ts';

/** Why a search ended before it had looked everywhere. */
const cutShort: Readonly<Record<string, string>> = {
  TIME_LIMIT: 'it took too long',
  SEARCH_LIMIT: 'there was too much to look at',
};

/** What there is to say of a search for paths, beside the paths that it found; nothing where these are all. */
export function remarkOn(found: number, truncated: Truncation | null | undefined): string | undefined {
  const reason = cutShort[truncated?.reason ?? ''];
  if (reason !== undefined) {
    return found === 0
      ? `The search was cut short, since ${reason}, and had found no path until then. There may be one.`
      : `The search was cut short, since ${reason}. There may be more paths.`;
  }
  if (found === 0) {
    return 'No path of up to four relations leads from one to the other. That the graph holds none does not say that there is none.';
  }
  return truncated ? 'There are more paths than are shown.' : undefined;
}
