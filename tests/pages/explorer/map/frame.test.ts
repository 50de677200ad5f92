import { describe, expect, it } from 'vitest';
import { frameOfText, textOfFrame, whole } from '../../../../src/pages/explorer/map/frame.ts';
import { pointAt } from '../../../../src/pages/explorer/map/world.ts';

describe('the visible part of the map in an address', () => {
  it('is read as it was written, and shows the same place in the middle', () => {
    const frame = frameOfText('36.8~-1.3~4');
    const [x, y] = pointAt(36.8, -1.3) ?? [];
    expect(frame.x + frame.width / 2).toBeCloseTo(x ?? 0, 3);
    expect(frame.y).toBeLessThan(y ?? 0);
    expect(frame.width).toBeCloseTo(whole.width / 4, 3);
    expect(textOfFrame(frame)).toBe('36.8~-1.3~4');
  });

  it('is absent for the whole world, as which is shown what cannot be read', () => {
    expect(textOfFrame(whole)).toBe('');
    for (const text of [undefined, '', '1~2', 'a~b~c', '1~2~0', '1~2~-3', '1~2~Infinity', '~~', '1~2~3~4']) {
      expect(frameOfText(text)).toEqual(whole);
    }
  });

  it('stays within the world and its limits', () => {
    const { x, y, width } = frameOfText('179~89~1000');
    expect(width).toBeCloseTo(whole.width / 16, 3);
    expect(x + width).toBeLessThanOrEqual(whole.width);
    expect(y).toBeGreaterThanOrEqual(0);
  });
});
