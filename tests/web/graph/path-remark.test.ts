import { describe, expect, it } from 'vitest';
import { remarkOn } from '../../../src/web/graph/path-remark.ts';

const truncated = (reason: string) => ({ reason, leftOut: [] });

describe('what is said of a search for paths', () => {
  it('is nothing where all are shown', () => {
    expect(remarkOn(2, null)).toBeUndefined();
  });

  it('is that there is none only where all was looked at', () => {
    expect(remarkOn(0, null)).toMatch(/^No path of up to four relations in this dataset/);
    for (const reason of ['TIME_LIMIT', 'SEARCH_LIMIT']) {
      expect(remarkOn(0, truncated(reason))).toMatch(/^Search incomplete.*No path found so far/);
      expect(remarkOn(0, truncated(reason))).not.toContain('in this dataset');
    }
  });

  it('is that there are more only where that is known', () => {
    expect(remarkOn(5, truncated('LIMIT'))).toBe('There are more paths than those shown.');
    expect(remarkOn(2, truncated('TIME_LIMIT'))).toBe(
      'Search incomplete (time limit reached). There may be more paths.',
    );
    expect(remarkOn(2, truncated('SEARCH_LIMIT'))).toMatch(
      /too many relations to follow\)\. There may be more paths\.$/,
    );
  });
});
