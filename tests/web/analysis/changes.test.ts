import { describe, expect, it } from 'vitest';
import { changesAsked, valueOfChange } from '../../../src/web/analysis/changes.ts';
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
});
