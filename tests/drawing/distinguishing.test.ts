import { describe, expect, it } from 'vitest';
import { distinguishingNames } from '../../src/drawing/distinguishing.ts';

const named = (...names: readonly string[]) => names.map((name, index) => ({ id: String(index), kind: 'Lab', name }));

describe('the names on a crowded graph', () => {
  it('leave out what most of their kind share, and keep what tells them apart', () => {
    const names = distinguishingNames(
      named(
        'China-New Zealand Joint Lab on Water Research',
        'China-New Zealand Joint Lab on Food Safety',
        'China-Kenya Joint Lab for Crop Molecular Biology',
        'China-Cuba Joint Lab on Neurotechnology',
      ),
    );
    expect([...names.values()]).toEqual([
      'New Zealand on Water Research',
      'New Zealand on Food Safety',
      'Kenya for Crop Molecular Biology',
      'Cuba on Neurotechnology',
    ]);
  });

  it('stay whole where they would be alike, and where there are few', () => {
    const alike = named('China Lab One', 'China Lab', 'Lab China', 'China Lab Two');
    expect(new Set(distinguishingNames(alike).values()).size).toBe(4);
    expect([...distinguishingNames(named('China-Kenya Lab', 'China-Cuba Lab')).values()]).toEqual([
      'China-Kenya Lab',
      'China-Cuba Lab',
    ]);
  });
});
