import { describe, expect, it } from 'vitest';
import { fitToBudget } from '../../../src/doors/mcp/token-budget.ts';

const entities = (count: number, own: (n: number) => object = () => ({})) =>
  Array.from({ length: count }, (_, n) => ({ slug: `entity-${n}`, name: 'The name of an entity', ...own(n) }));

describe('an answer that is fitted to a budget', () => {
  it.each([
    ['equally long lists', () => 100],
    ['lists of different lengths', (n: number) => 100 - n],
  ])('is measured few times, however many lists it has: %s', (_, lengthOf) => {
    const whole = { rows: entities(100, (n) => ({ areas: entities(lengthOf(n)) })) };
    let measured = 0;
    const { value, leftOut } = fitToBudget(whole, 1_000, (kept) => {
      measured += 1;
      return kept;
    });
    expect(measured).toBeLessThan(60);
    expect(JSON.stringify(value).length).toBeGreaterThan(2_000);
    expect(leftOut.map(({ at }) => at).sort()).toEqual(['rows', 'rows[].areas']);
  });

  it('says beside each list how many it left out, and has no empty list in the place of one', () => {
    const whole = { rows: entities(2, () => ({ notes: ['x'.repeat(190), 'y'.repeat(190)], areas: entities(40) })) };
    const { value } = fitToBudget(whole, 200, (kept) => kept);
    const rows = value.rows as Record<string, unknown>[];
    for (const { areas = [], areasLeftOut, notes = [], notesLeftOut = 0 } of rows) {
      expect(Number(areasLeftOut) + (areas as unknown[]).length).toBe(40);
      expect(Number(notesLeftOut) + (notes as unknown[]).length).toBe(2);
    }
    expect(JSON.stringify(value)).not.toContain('[]');
  });

  it('has no half of a character at the end of a shortened text', () => {
    const whole = { texts: [{ text: `${'a'.repeat(1_999)}😀${'a'.repeat(5_000)}` }] };
    const { value } = fitToBudget(whole, 1_000, (kept) => kept);
    expect(value).toEqual({ texts: [{ text: `${'a'.repeat(1_999)}…` }] });
  });
});
