import { describe, expect, it } from 'vitest';
import {
  cellOfChange,
  changesAsked,
  type Difference,
  madeBy,
  valueOfChange,
} from '../../../../src/pages/explorer/analysis/changes.ts';
import { textOfValue } from '../../../../src/pages/explorer/panels/text-of-value.ts';
import '../cooperation-settings.ts';

const begins = { sequence: 7, at: '2024-03-02T10:00:00.000Z' };
const whole = { to: '', around: [], kind: undefined };

describe('what changed since a date', () => {
  it('is asked from the beginning of the day', () => {
    expect(changesAsked({ ...whole, from: '2024-05-01' }, begins).variables).toEqual({
      from: { at: '2024-05-01T00:00:00Z' },
    });
  });

  it('is asked from the first recorded change where the day lies before it', () => {
    expect(changesAsked({ ...whole, from: '2024-03-02' }, begins).variables).toEqual({ from: { revision: 7 } });
  });

  it('ends with a day that has passed, and now otherwise', () => {
    const { variables } = changesAsked(
      { from: '2024-05-01', to: '2024-06-01', around: ['ke'], kind: 'COUNTRY' },
      begins,
    );
    expect(variables).toEqual({
      from: { at: '2024-05-01T00:00:00Z' },
      to: { at: '2024-06-01T23:59:59Z' },
      around: ['ke'],
      kinds: ['COUNTRY'],
    });
    const today = new Date(Date.now() + 60_000).toISOString().slice(0, 10);
    expect(changesAsked({ ...whole, from: '2024-05-01', to: today }, begins).variables).not.toHaveProperty('to');
  });
});

describe('a value that changed', () => {
  it('is said in words, of kinds and of relations', () => {
    expect(valueOfChange('Lab', 'status', 'ESTABLISHED')).toBe('Established');
    expect(valueOfChange('Lab', 'inScope', false)).toBe('No');
    expect(valueOfChange('Lab', 'recognisedDate', '2020-09')).toBe('Sep 2020');
    expect(valueOfChange('HOSTED_BY', 'role', 'LEAD')).toBe('Lead');
    expect(valueOfChange('Lab', 'name', 'PLANNED')).toBe('PLANNED');
    expect(valueOfChange('Lab', 'alsoKnownAs', ['One', 'Two'])).toBe('One; Two');
    expect(valueOfChange('Lab', 'status', null)).toBe('–');
    expect(valueOfChange('Lab', 'alsoKnownAs', [])).toBe('–');
  });

  it('is said in words in a table too, but for dates and numbers', () => {
    expect(cellOfChange('Lab', 'status', 'ESTABLISHED')).toBe('Established');
    expect(cellOfChange('Lab', 'inScope', true)).toBe('Yes');
    expect(cellOfChange('Lab', 'recognisedDate', '2020-09')).toBe('2020-09');
    expect(cellOfChange('Lab', 'yearRecognised', 2020)).toBe(2020);
    expect(cellOfChange('Lab', 'status', null)).toBe('');
  });
});

describe('a record with parts', () => {
  it('is said in words, not as it is stored', () => {
    const place = { latitude: -0.37, longitude: 35.28, precision: 'CITY', place: 'Kericho', side: 'PARTNER' };
    expect(textOfValue([place], 'locations')).toBe('Kericho: 0.37° S, 35.28° E (city)');
    const identifier = { scheme: 'GEONAMES', value: '192950', match: 'EXACT', rule: 'ISO 3166-1 code' };
    expect(textOfValue([identifier, { ...identifier, scheme: 'UN_M49' }], 'identifiers')).toBe(
      'GeoNames: 192950; UN M49: 192950',
    );
    expect(textOfValue([{ date: '2024-05', text: 'Opened' }, { text: 'Moved' }], 'milestones')).toBe(
      'May 2024: Opened; Moved',
    );
  });
});

describe('a difference', () => {
  const [ana, bo] = (['Ana', 'Bo'] as const).map((author) => ({ at: '2026-01-31T10:00:00Z', author, reason: null }));
  const difference = { relation: null, entity: null, from: null, to: null, properties: [], changes: [] };
  const changes = [
    { ...ana, action: 'CREATED' },
    { ...bo, action: 'UPDATED' },
  ] as Difference['changes'];

  it('is made by who created the record, not by who changed it after that', () => {
    expect(madeBy({ ...difference, action: 'CREATED', changes }).map(({ author }) => author)).toEqual(['Ana']);
  });

  it('is made by all who gave its properties their values, each once', () => {
    const properties = [ana, bo, ana].map((change, index) => ({ name: `p${index}`, before: 1, after: 2, change }));
    const made = madeBy({ ...difference, action: 'UPDATED', properties, changes } as Difference);
    expect(made.map(({ author }) => author)).toEqual(['Ana', 'Bo']);
  });
});
