import { expect, test } from 'vitest';
import { editDistance } from '../../../src/graph/search/edit-distance.ts';

test.each([
  ['', '', 0],
  ['', 'lab', 3],
  ['laboratory', 'labratory', 1],
  ['kenya', 'kneya', 1],
  ['serbia', 'siberia', 3],
  ['agriculture', 'aquaculture', 3],
])('%j and %j are %i edits apart, in both directions', (from, to, edits) => {
  expect([editDistance(from, to), editDistance(to, from)]).toEqual([edits, edits]);
});
