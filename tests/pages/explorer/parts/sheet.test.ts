import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Cell, csvOf } from '../../../../src/pages/drawing/csv.ts';
import { type Sheet, sortedRows } from '../../../../src/pages/explorer/parts/sheet.ts';

const cell: fc.Arbitrary<Cell> = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('a,b', 'say "no"', 'two\nlines', ' spaced ', '中国-肯尼亚', '=1+1', '-2 to 3', '-2+3', '-1|a'),
  fc.integer(),
  fc.constant(null),
  fc.constant(undefined),
);

const sheet: fc.Arbitrary<Sheet> = fc.integer({ min: 1, max: 4 }).chain((width) =>
  fc.record({
    name: fc.constant('Any'),
    columns: fc.array(fc.string({ minLength: 1 }), { minLength: width, maxLength: width }),
    rows: fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 8 }),
  }),
);

/** What another program reads in the only cell of a table. */
function readBack(text: string): string | undefined {
  const [, cells] = parse(csvOf({ columns: ['c'], rows: [[text]] }), { bom: true }) as string[][];
  return cells?.[0];
}

/** Texts that a spreadsheet would run. */
const formula = fc.oneof(
  fc.tuple(fc.constantFrom('=', '+', '@', '-A', '-(', '\t', '\r', '\n', '＝', '＋', '＠', '－A'), fc.string()),
  fc.tuple(
    fc.nat().map((number) => `-${number}`),
    fc.string(),
    fc.constantFrom('+', '-', '*', '/', '^', '&', '=', '<', '>', '(', ')', '"', "'", '|'),
    fc.string(),
  ),
);

/** Texts that are only read. */
const harmless = fc.oneof(
  fc.tuple(fc.constantFrom('a', '中', '1', '(', '"'), fc.string({ unit: 'grapheme' })),
  fc.tuple(
    fc.double({ noNaN: true, min: 0, max: 1e6 }).map((number) => `-${number.toFixed(2)}`),
    fc.constantFrom('', ' °C', ' to 3', '%', ' 个', ', about', ' per year'),
  ),
);

describe('a table as CSV', () => {
  it('is read back by another program as it was, but for an apostrophe before some cells', () => {
    fc.assert(
      fc.property(sheet, (one) => {
        // A row of one empty cell is an empty line, which readers pass over.
        const told = (rows: readonly (readonly string[])[]) =>
          rows.filter((cells) => cells.length > 1 || cells[0] !== '');
        const [, ...rows] = parse(csvOf(one), { bom: true, relax_column_count: true }) as string[][];
        const written = told(one.rows.map((cells) => cells.map((value) => String(value ?? ''))));
        const read = told(rows).map((cells, row) =>
          cells.map((text, column) => (text === `'${written[row]?.[column]}` ? text.slice(1) : text)),
        );
        expect(read).toEqual(written);
      }),
    );
  });

  it('has an apostrophe before whatever would run as a formula', () => {
    fc.assert(
      fc.property(formula, (parts) => {
        const text = parts.join('');
        expect(readBack(text)).toBe(`'${text}`);
      }),
    );
  });

  it('leaves everything else as it was', () => {
    fc.assert(
      fc.property(harmless, (parts) => {
        const text = parts.join('');
        expect(readBack(text)).toBe(text);
      }),
    );
  });

  it('begins with the mark by which spreadsheets know UTF-8', () => {
    expect(csvOf({ columns: ['名'], rows: [['肯尼亚']] })).toBe('\uFEFF名\r\n肯尼亚\r\n');
  });

  it('runs nothing in a spreadsheet, and leaves negative numbers alone', () => {
    const rows = [['=HYPERLINK("x")'], ['+1'], ['@SUM(1)'], ['-cmd'], ['-1+HYPERLINK(A2)'], [-5], ['-5 °C']];
    const lines = csvOf({ columns: ['c'], rows })
      .split('\r\n')
      .slice(1, -1);
    const guarded = ['"\'=HYPERLINK(""x"")"', "'+1", "'@SUM(1)", "'-cmd", "'-1+HYPERLINK(A2)"];
    expect(lines).toEqual([...guarded, '-5', '-5 °C']);
  });
});

describe('the rows of a table in the order of a column', () => {
  const one: Sheet = { name: 'x', columns: ['n'], rows: [[10], [null], [9], ['b'], ['a'], [undefined]] };

  it('put numbers by size, and nothing last, either way', () => {
    const numbers: Sheet = { name: 'x', columns: ['n'], rows: [[10], [null], [9], [100]] };
    expect(sortedRows(numbers, 0, false)).toEqual([2, 0, 3, 1]);
    expect(sortedRows(numbers, 0, true)).toEqual([3, 0, 2, 1]);
  });

  it('hold every row once', () => {
    expect([...sortedRows(one, 0, true)].sort()).toEqual([0, 1, 2, 3, 4, 5]);
  });
});
