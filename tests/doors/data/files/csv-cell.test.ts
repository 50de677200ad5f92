import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kindNames } from '../../../../src/cooperation/kinds.ts';
import { cooperation } from '../../../../src/cooperation/ontology.ts';
import { cellOf, cellValue, csvRow, joinList, splitList } from '../../../../src/doors/data/files/csv-cell.ts';
import { readRows } from '../../../../src/doors/data/files/csv-rows.ts';
import { validRecord } from '../../../engine/changes/arbitrary-record.ts';
import { runs } from '../../../setup/runs.ts';

const { propertiesOf } = cooperation;

/** Text as it comes into tables: separators, quotes, line breaks, white space, signs, Chinese. */
const text = fc.string({
  unit: fc.oneof(
    fc.constantFrom(';', ',', '"', '\n', '\r', '\\', "'", '=', '-', '+', '@', ' ', '\t', '国', '＝', '\ufeff', '😀'),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
  ),
  minLength: 1,
  maxLength: 12,
});
const filled = text.filter((value) => value.trim() !== '');

describe('a cell', () => {
  it.each(kindNames)('gives back every value that a property of %s can have', (kind) => {
    fc.assert(
      fc.property(validRecord(propertiesOf(kind)), (made) => {
        // As a file says it: no format but JavaScript's own tells -0 from 0.
        const record = JSON.parse(JSON.stringify(made));
        for (const [name, property] of Object.entries(propertiesOf(kind)))
          expect([name, cellValue(property, cellOf(property, record[name]))]).toEqual([name, record[name]]);
      }),
      runs(40),
    );
  });

  it('gives back every text and every list of texts', () => {
    const [one, many] = [
      { type: 'text', list: false },
      { type: 'text', list: true },
    ] as const;
    fc.assert(
      fc.property(filled, fc.array(filled, { minLength: 1, maxLength: 4 }), (value, values) => {
        expect(cellValue(one, cellOf(one, value))).toBe(value);
        expect(cellValue(many, cellOf(many, values))).toEqual(values);
      }),
    );
  });

  it('takes white space around the items of a list away, and items that are empty', () => {
    expect(splitList(' KE; CN ;;\tTH;')).toEqual(['KE', 'CN', 'TH']);
    expect(splitList('a\\;b;c\\\\;\\ d\\ ')).toEqual(['a;b', 'c\\', ' d ']);
    expect(joinList(['a;b', 'c\\', ' d '])).toBe('a\\;b;c\\\\;\\ d\\ ');
    expect(splitList('a|b;c', '|')).toEqual(['a', 'b;c']);
  });

  it.each([
    ['int', '12', 12],
    ['int', ' -7 ', -7],
    ['int', '2019.0', 2019],
    ['int', '1,000', '1,000'],
    ['int', '1e3', '1e3'],
    ['int', '0x10', '0x10'],
    ['float', '1.5e3', 1500],
    ['float', '.5', 0.5],
    ['float', 'NaN', 'NaN'],
    ['float', '0.10000000000000001', 0.1],
    ['float', '123456789012345680000', 123_456_789_012_345_680_000],
    ['float', '9007199254740993', '9007199254740993'],
    ['float', '0.1234567890123456789', '0.1234567890123456789'],
    ['float', '1e-400', '1e-400'],
    ['float', 'Infinity', 'Infinity'],
    ['boolean', 'TRUE', true],
    ['boolean', 'false', false],
    ['boolean', 'yes', 'yes'],
    ['date', ' 2019-06 ', '2019-06'],
    ['text', '12', '12'],
    ['text', ' x ', ' x '],
    ['milestones', '[{"text":"x"}]', [{ text: 'x' }]],
    ['milestones', 'x', 'x'],
    ['text', ' \t', undefined],
  ] as const)('of type %s that says %j stands for %j', (type, cell, value) => {
    expect(cellValue({ type, list: false }, cell)).toEqual(value);
  });
});

describe('a row', () => {
  it('is read as it was written', async () => {
    const rows = fc.integer({ min: 1, max: 4 }).chain((width) =>
      fc.array(fc.array(fc.oneof(text, fc.constant('')), { minLength: width, maxLength: width }), {
        minLength: 1,
        maxLength: 5,
      }),
    );
    await fc.assert(
      fc.asyncProperty(rows, fc.integer({ min: 1, max: 7 }), async (cells, size) => {
        const file = Buffer.from(cells.map(csvRow).join(''));
        const pieces = (async function* () {
          for (let start = 0; start < file.length; start += size) yield file.subarray(start, start + size);
        })();
        const read = [];
        for await (const chunk of readRows(pieces, ',')) read.push(...chunk);
        const first = cells[0]?.[0] ?? '';
        // A mark of the byte order at the very beginning is none of the text.
        if (first.startsWith('\ufeff') && !/[",\r\n]|^\s|\s$/.test(first)) return;
        expect(read.map((row) => ('cells' in row ? row.cells : row.fault))).toEqual(
          cells.filter((row) => row.some((each) => each.trim() !== '')),
        );
      }),
    );
  });
});
