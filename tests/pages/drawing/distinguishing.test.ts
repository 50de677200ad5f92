import { describe, expect, it } from 'vitest';
import { distinguishingNames } from '../../../src/pages/drawing/distinguishing.ts';

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

  it('leave out what names of the same script share', () => {
    const names = distinguishingNames(
      named(
        ...['China-Kenya Joint Lab for Crops', 'China-Cuba Joint Lab on Brains', 'China-Chile Joint Lab on Ice'],
        ...['China-Serbia Joint Lab on Drugs', '中国 希腊 文物 实验室', '中国 古巴 大脑 实验室'],
        ...['中国 肯尼亚 作物 实验室', '中国 智利 极地 实验室'],
      ),
    );
    expect([...names.values()].slice(0, 5)).toEqual([
      ...['Kenya for Crops', 'Cuba on Brains', 'Chile on Ice', 'Serbia on Drugs', '希腊 文物'],
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
