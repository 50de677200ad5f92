import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPartialDate, periodOf } from '../../src/ontology/partial-date.ts';
import { runs } from '../setup/runs.ts';

describe('a partial date', () => {
  it.each(['2019', '2019-06', '2019-06-20', '2020-02-29', '0001'])('may be %s', (text) => {
    expect(isPartialDate(text)).toBe(true);
  });

  it.each([
    '',
    '19',
    '2019-6',
    '2019-13',
    '2019-00',
    '2019-02-30',
    '2023-02-29',
    '2019-06-20T00:00',
    '2019/06',
    ' 2019',
  ])('may not be %j', (text) => {
    expect(isPartialDate(text)).toBe(false);
  });

  it('may be any day of the calendar', () => {
    const day = fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
    fc.assert(fc.property(day, (date) => isPartialDate(date.toISOString().slice(0, 10))));
  });
});

describe('the period of a partial date', () => {
  it.each([
    ['2019', '2019', '2020'],
    ['2019-01', '2019', '2019-02'],
    ['2019-06', '2019-06', '2019-07'],
    ['2019-12', '2019-12', '2020'],
    ['2019-01-01', '2019', '2019-01-02'],
    ['2019-06-30', '2019-06-30', '2019-07'],
    ['2019-12-31', '2019-12-31', '2020'],
    ['2020-02-28', '2020-02-28', '2020-02-29'],
    ['9999', '9999', ':'],
    ['9999-12-31', '9999-12-31', ':'],
  ])('of %s reaches from %s until before %s', (text, from, until) => {
    expect(periodOf(text)).toEqual({ from, until });
  });

  it('holds a stored date exactly when the first day of that date lies in it', () => {
    const day = fc
      .date({ min: new Date('0001-01-01'), max: new Date('9998-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10));
    const partial = fc.tuple(day, fc.constantFrom(4, 7, 10)).map(([text, length]) => text.slice(0, length));
    const firstDay = (text: string) => (text.length === 4 ? `${text}-01-01` : text.length === 7 ? `${text}-01` : text);
    fc.assert(
      fc.property(partial, partial, (stored, operand) => {
        const { from, until } = periodOf(operand);
        expect(from <= stored && stored < until).toBe(firstDay(stored).startsWith(operand));
      }),
      runs(2000),
    );
    // Rarely equal by chance, so once more close together.
    const near = fc.tuple(
      fc.constantFrom('2019', '2020'),
      fc.constantFrom('-01', '-02', '-12'),
      fc.constantFrom('-01', '-02', '-29'),
      fc.constantFrom(4, 7, 10),
    );
    const close = near
      .map(([year, month, date, length]) => `${year}${month}${date}`.slice(0, length))
      .filter(isPartialDate);
    fc.assert(
      fc.property(close, close, (stored, operand) => {
        const { from, until } = periodOf(operand);
        expect(from <= stored && stored < until).toBe(firstDay(stored).startsWith(operand));
      }),
      runs(2000),
    );
  });
});
