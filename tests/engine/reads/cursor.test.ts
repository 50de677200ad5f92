import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeCursor, encodeCursor, InvalidCursor } from '../../../src/engine/reads/cursor.ts';
import type { OrderKey } from '../../../src/engine/reads/plan.ts';

const order: readonly OrderKey[] = [
  { by: { property: 'name' }, type: 'string', descending: false, nullable: false },
  { by: { property: 'year' }, type: 'number', descending: true, nullable: true },
  { by: { property: 'id' }, type: 'string', descending: false, nullable: false },
];

const values = fc.tuple(
  fc.string({ unit: 'binary' }),
  fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0)),
  fc.string(),
);

describe('a cursor', () => {
  it('gives back the values it was made of', () => {
    fc.assert(
      fc.property(values, (made) => {
        expect(decodeCursor(encodeCursor('labs name', made), 'labs name', order)).toEqual(made);
      }),
    );
  });

  it('is rejected by another list', () => {
    fc.assert(
      fc.property(values, (made) => {
        expect(() => decodeCursor(encodeCursor('labs name', made), 'areas name', order)).toThrow(InvalidCursor);
      }),
    );
  });

  it('is rejected if its values do not match the sort order', () => {
    for (const wrong of [
      ['a', 1],
      ['a', 1, null],
      [1, 1, 'a'],
      ['a', true, 'a'],
      ['a', 1, 'a', 'a'],
    ]) {
      expect(() => decodeCursor(encodeCursor('labs', wrong), 'labs', order)).toThrow('malformed');
    }
  });

  it('is rejected, never misread, if it is arbitrary text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (junk) => {
        expect(() => decodeCursor(junk, 'labs name', order)).toThrow(InvalidCursor);
      }),
    );
  });
});
