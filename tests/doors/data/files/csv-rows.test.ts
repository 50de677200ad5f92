import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CsvRow, readRows } from '../../../../src/doors/data/files/csv-rows.ts';

async function read(content: string | Uint8Array, delimiter = ',', size = 2 ** 18): Promise<CsvRow[]> {
  const bytes = Buffer.from(content);
  const pieces = (async function* () {
    for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
  })();
  const rows: CsvRow[] = [];
  for await (const chunk of readRows(pieces, delimiter)) rows.push(...chunk);
  return rows;
}

const cellsOf = (rows: readonly CsvRow[]) => rows.map((row) => ('cells' in row ? row.cells : row.fault.expected));

describe('reading rows', () => {
  it('numbers them and the lines at which they begin', async () => {
    expect(await read('a,b\r\n1,"x\r\ny"\r\n\r\n3,4')).toEqual([
      { row: 0, line: 1, cells: ['a', 'b'] },
      { row: 1, line: 2, cells: ['1', 'x\r\ny'] },
      { row: 2, line: 5, cells: ['3', '4'] },
    ]);
  });

  it('skips those without a value, which spreadsheets write with all their delimiters', async () => {
    expect(await read(',\na,b\n,\n"",\n , \n1,\n,\n')).toEqual([
      { row: 0, line: 2, cells: ['a', 'b'] },
      { row: 1, line: 6, cells: ['1', ''] },
    ]);
    expect(cellsOf(await read('a;b\n;\n"""";\n', ';'))).toEqual([
      ['a', 'b'],
      ['"', ''],
    ]);
  });

  it('reads over a byte order mark, and takes other delimiters', async () => {
    expect(cellsOf(await read('\ufeff"a";b\n1;2\n', ';'))).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]);
    expect(cellsOf(await read('a\tb^c\n', '\t'))).toEqual([['a', 'b^c']]);
    expect(cellsOf(await read('a]^b-\n"a"^"b"\n', '^'))).toEqual([
      ['a]', 'b-'],
      ['a', 'b'],
    ]);
  });

  it('reads the output of another library, in chunks of any size', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', '国', '😀', ';') });
    const table = fc
      .integer({ min: 2, max: 4 })
      .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1 }));
    await fc.assert(
      fc.asyncProperty(
        table,
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom('\n', '\r\n'),
        async (rows, size, end) => {
          const text = stringify(rows, { record_delimiter: end, quoted_match: /[\r\n]/ });
          const expected = parse(text, { record_delimiter: end, relax_column_count: true });
          expect(cellsOf(await read(text, ',', size))).toEqual(
            expected.filter((row) => row.some((each) => each.trim() !== '')),
          );
          expect(expected).toEqual(rows);
        },
      ),
    );
  });

  it.each([
    ['a quote that is not closed at the end', 'a,b\n1,"x\n2,3\n', [1, 2, 'a closing quote']],
    ['a quote within a cell without quotes', 'a,b\n1,x"y"\n', [1, 2, 'quotes around the whole cell']],
    ['text after a quote', 'a,b\n1,"x"y\n', [1, 2, 'quotes around the whole cell']],
  ] as const)('says where there is %s', async (_, text, [row, line, expected]) => {
    const rows = await read(text);
    expect(rows[1]).toMatchObject({ row, line, fault: { expected: expect.stringContaining(expected) } });
  });

  it.each([1, 7, 2 ** 18])('reads the rows after one with a stray quote, in chunks of %i bytes', async (size) => {
    const faults: readonly (readonly [row: string, expected: string])[] = [
      ['2,5" pipe', 'quotes around the whole cell'],
      ['2,"x"y" z', 'quotes around the whole cell'],
      ['2,"5 pipe', 'a closing quote'],
      ['2,"a\nb","5 pipe', 'a closing quote'],
      ['2,"a\r\nb",\r"5 pipe', 'quotes around the whole cell'],
    ];
    for (const [text, expected] of faults) {
      const rows = await read(`a,b\n${text}\n3,4\n5,"""6"""\n7,""\n`, ',', size);
      const below = 2 + text.split('\n').length;
      expect(rows).toEqual([
        { row: 0, line: 1, cells: ['a', 'b'] },
        { row: 1, line: 2, fault: expect.objectContaining({ expected: expect.stringContaining(expected) }), text },
        { row: 2, line: below, cells: ['3', '4'] },
        { row: 3, line: below + 1, cells: ['5', '"6"'] },
        { row: 4, line: below + 2, cells: ['7', ''] },
      ]);
    }
  });

  it('finds a quote that is not closed where much follows, and reads what follows', async () => {
    const lines = Array.from({ length: 20_000 }, (_, index) => `${index}${'x'.repeat(60)},""`);
    const rows = await read(`a,b\n"x\n${lines.join('\n')}\n`);
    expect(rows[1]).toMatchObject({ row: 1, line: 2, fault: { expected: 'a closing quote' }, text: '"x' });
    expect(rows.slice(2).every((row) => 'cells' in row)).toBe(true);
    expect(rows.at(-1)).toMatchObject({ row: 20_001, line: 20_002, cells: [`19999${'x'.repeat(60)}`, ''] });
  });

  it('goes on after a row that is no UTF-8 or too long', async () => {
    const long = 'x'.repeat(2 ** 20);
    const content = Buffer.concat([
      Buffer.from('a,b\n1,'),
      Buffer.from([0xff, 0x0a]),
      Buffer.from(`2,${long}\n3,"${long}\n4,5\n`),
    ]);
    expect(cellsOf(await read(content))).toEqual([
      ['a', 'b'],
      'text in UTF-8',
      'a row of at most 1 MB',
      'a row of at most 1 MB',
      ['4', '5'],
    ]);
  });

  it('reads a cell of nearly the whole length that a row may have', async () => {
    const long = '"'.repeat(2 ** 18);
    const [row] = await read(`${stringify([[long, 'x\ny']])}`);
    expect(row).toMatchObject({ cells: [long, 'x\ny'] });
  });

  it('finds no row in nothing', async () => {
    expect(await read('')).toEqual([]);
    expect(await read('\r\n \n')).toEqual([]);
  });
});
