import { describe, expect, it } from 'vitest';
import { remarkOn } from '../../../../src/pages/explorer/graph/path-remark.ts';

const truncated = (reason: string) => ({ reason, leftOut: [] });

describe('what is said of a search for paths', () => {
  it('is nothing where all are shown', () => {
    expect(remarkOn(2, null, 4)).toBeUndefined();
  });

  it('is that there is none only where all was looked at', () => {
    expect(remarkOn(0, null, 4)).toMatch(
      /^No path of up to 4 relations in this dataset; longer paths were not searched/,
    );
    for (const reason of ['TIME_LIMIT', 'SEARCH_LIMIT']) {
      expect(remarkOn(0, truncated(reason), 4)).toMatch(/^Search incomplete.*No path found so far/);
      expect(remarkOn(0, truncated(reason), 4)).not.toContain('in this dataset');
    }
  });

  it('is that there are more only where that is known', () => {
    expect(remarkOn(5, truncated('LIMIT'), 4)).toBe('There are more paths than those shown.');
    expect(remarkOn(2, truncated('TIME_LIMIT'), 4)).toBe(
      'Search incomplete (time limit reached). There may be more paths.',
    );
    expect(remarkOn(2, truncated('SEARCH_LIMIT'), 4)).toMatch(
      /too many relations to follow\)\. There may be more paths\.$/,
    );
  });
});
