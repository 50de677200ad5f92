import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellOf, cellValue } from '../../../../src/doors/data/files/csv-cell.ts';
import { guarded, unguarded } from '../../../../src/doors/data/files/formula-guard.ts';
import { runs } from '../../../setup/runs.ts';

const signs = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '﹦', '﹢', '﹣', '﹫'];
const text = fc.string({
  unit: fc.constantFrom(...signs, ';', '\t', '\r', '\n', ' ', "'", '"', 'a', '\\', ',', '国'),
  maxLength: 14,
});

/** What a program makes of a cell that splits it where it should not, and takes quotes and white space away. */
const pieces = (cell: string) => cell.split(/[;\t\r\n]/).map((piece) => piece.replace(/^["\s]+/, ''));

const isFormula = (piece: string) => signs.some((sign) => piece.startsWith(sign));

describe('the guard of a cell', () => {
  it('stands before everything that is taken for a formula', () => {
    for (const begin of [...signs, '\t', '\r', '\n']) expect(guarded(`${begin}1+1`)).toBe(`'${begin}1+1`);
    expect(guarded("'=1")).toBe("''=1");
    expect(guarded('Jinja;=1;-2; +3')).toBe("Jinja;'=1;'-2;' +3");
    expect(guarded('lines\n=1\r\n@x')).toBe("lines\n'=1\r'\n'@x");
    expect(guarded('a;"=1"')).toBe('a;\'"=1"');
  });

  it('stands before nothing else', () => {
    for (const plain of ["it's", 'a-b', 'x; y', 'one\n\ntwo', '"quoted"', 'a, =b']) expect(guarded(plain)).toBe(plain);
    expect(cellOf({ type: 'float', list: false }, -5)).toBe('-5');
  });

  it('leaves no formula in any part of a cell, and is taken away again exactly', () => {
    fc.assert(
      fc.property(text, (cell) => {
        const safe = guarded(cell);
        expect(pieces(safe).filter(isFormula)).toEqual([]);
        expect(unguarded(safe)).toBe(cell);
      }),
      runs(2_000),
    );
  });

  it('is taken away from the items of a list too', () => {
    const list = { type: 'text', list: true } as const;
    const filled = text.filter((item) => item.trim() !== '');
    fc.assert(
      fc.property(fc.array(filled, { minLength: 1, maxLength: 4 }), (items) => {
        const cell = cellOf(list, items);
        expect(pieces(cell).filter(isFormula)).toEqual([]);
        expect(cellValue(list, cell)).toEqual(items);
      }),
      runs(1_000),
    );
  });

  it('looks at each character once', () => {
    const begun = process.cpuUsage();
    for (const unit of ['\n', "'", ' ', ';=', '"\t']) unguarded(guarded(unit.repeat(200_000)));
    const { user, system } = process.cpuUsage(begun);
    // Looking at all that follows a line break for each of them takes minutes.
    expect(user + system).toBeLessThan(5_000_000);
  });
});
