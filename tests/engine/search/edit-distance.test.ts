import { expect, test } from 'vitest';
import { editDistance } from '../../../src/engine/search/edit-distance.ts';

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

test.each([
  ['serbia', 'siberia', 3, 3],
  ['kenya', 'kneya', 1, 1],
])('%j and %j are %i edits apart, if that is not more than %i', (from, to, edits, most) => {
  expect(editDistance(from, to, most)).toBe(edits);
  expect(editDistance(from, to, most - 1)).toBeGreaterThan(most - 1);
});

test('a word that is much longer is more edits apart than asked for', () => {
  expect(editDistance('lab', 'laboratories', 2)).toBeGreaterThan(2);
});
