import type { CDPSession } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { explorer } from '../setup/explorer.ts';
import { silkgraph } from '../setup/silkgraph.ts';

const app = silkgraph();
const seen = explorer(() => app.graph);

/** How long something may take until it is seen. */
const slow = { timeout: 60_000 };

type Finger = readonly [number, number];

/** Moves fingers from where they touch to where they are lifted, in steps. */
async function moveFingers(hand: CDPSession, from: readonly Finger[], to: readonly Finger[]): Promise<void> {
  const steps = 8;
  for (let step = 0; step <= steps; step += 1) {
    const touchPoints = from.map(([x, y], id) => {
      const [toX, toY] = to[id] ?? [x, y];
      return { id, x: x + ((toX - x) * step) / steps, y: y + ((toY - y) * step) / steps };
    });
    await hand.send('Input.dispatchTouchEvent', { type: step === 0 ? 'touchStart' : 'touchMove', touchPoints });
  }
  await hand.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
}

// Long where a machine has much else to do; seconds where it has not.
describe('the explorer on a phone', { timeout: 240_000 }, () => {
  let hand: CDPSession;

  beforeEach(async ({ skip }) => {
    if (!seen.isThere) skip('there is no Chrome or Chromium on this machine');
    const { page } = seen;
    page.setDefaultTimeout(slow.timeout);
    await page.setViewportSize({ width: 390, height: 844 });
    hand = await page.context().newCDPSession(page);
    await hand.send('Emulation.setTouchEmulationEnabled', { enabled: true, maxTouchPoints: 2 });
  });

  const topOfPanel = async () => (await seen.page.locator('.panel:has(> .close)').boundingBox())?.y ?? 0;

  it('shows what was chosen in the graph above the panel that tells of it', async () => {
    const { page } = seen;
    await seen.open('/graph?do=open~ke');
    const { neighborhood } = await app.data('{ neighborhood(of: ["ke"]) { nodes { slug } } }');
    const places = new Map<string, number>();
    for (const { slug } of neighborhood.nodes) places.set(slug, (await seen.placeOf(slug)).y);
    const [lowest = ''] = [...places].toSorted(([, one], [, other]) => other - one)[0] ?? [];
    const { x, y } = await seen.placeOf(lowest);
    await moveFingers(hand, [[x, y]], [[x, y]]);
    await page.getByRole('region', { name: 'Details' }).waitFor();
    expect(page.url()).toContain(`pick=${lowest}`);
    expect(await topOfPanel()).toBeLessThan(y);
    const isAbove = async () => {
      const place = await seen.placeOf(lowest);
      return place.y > 60 && place.y < (await topOfPanel()) - 20;
    };
    await expect.poll(isAbove, slow).toBe(true);
    await seen.open(new URL(page.url()).hash.slice(1));
    await expect.poll(isAbove, slow).toBe(true);
  });

  it('shows what was chosen on the map above the panel that tells of it', async () => {
    const { page } = seen;
    await seen.open('/map');
    const circle = page.getByRole('button', { name: /^South Africa:/ });
    await circle.scrollIntoViewIfNeeded();
    const { x, y, width, height } = (await circle.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    const middle: Finger = [x + width / 2, y + height / 2];
    await moveFingers(hand, [middle], [middle]);
    await page.locator('.panel h2', { hasText: 'South Africa' }).waitFor();
    expect(await topOfPanel()).toBeLessThan(y);
    const bottom = async () => {
      const box = await circle.boundingBox();
      return (box?.y ?? 0) + (box?.height ?? 0);
    };
    await expect.poll(async () => (await bottom()) - (await topOfPanel()), slow).toBeLessThan(0);
  });

  it('names countries on the map only where no name covers a circle', async () => {
    const { page } = seen;
    await seen.open('/map');
    await page.locator('.country-names text').first().waitFor(slow);
    const covering = await page.evaluate(() => {
      const boxOf = (element: Element) => element.getBoundingClientRect();
      const circles = [...document.querySelectorAll('.world [role=button] circle:not(.target)')].map(boxOf);
      return [...document.querySelectorAll('.country-names text')].flatMap((name) => {
        const { left, right, top, bottom } = boxOf(name);
        // A line is higher than its letters.
        const covers = circles.some(({ x, y, width, height }) => {
          const [middleX, middleY] = [x + width / 2, y + height / 2];
          const away = [
            middleX - Math.min(right, Math.max(left, middleX)),
            middleY - Math.min(bottom - 3, Math.max(top + 3, middleY)),
          ] as const;
          return Math.hypot(...away) < width / 2 - 2;
        });
        return covers ? [name.textContent] : [];
      });
    });
    expect(covering).toEqual([]);
  });

  it('zooms the map between two fingers, and moves what is zoomed by one', async () => {
    const { page } = seen;
    await seen.open('/map');
    const room = page.locator('.world-room');
    await room.locator('.sea').waitFor();
    const { y = 0 } = (await room.boundingBox()) ?? {};
    const frame = async () =>
      ((await room.locator('.world').getAttribute('viewBox')) ?? '').split(' ').map(Number) as [number, number, number];
    const [, , whole] = await frame();

    await moveFingers(
      hand,
      [
        [170, y + 150],
        [230, y + 150],
      ],
      [
        [110, y + 150],
        [290, y + 150],
      ],
    );
    await expect.poll(async () => whole / (await frame())[2], slow).toBeCloseTo(3, 1);
    await expect.poll(() => page.url(), slow).toContain('at=');

    const [before] = await frame();
    // The room is scrolled first, as far as it goes.
    for (const _ of [1, 2, 3]) await moveFingers(hand, [[330, y + 150]], [[60, y + 150]]);
    await expect.poll(async () => (await frame())[0], slow).toBeGreaterThan(before);
    const { left, most } = await room.evaluate((element) => ({
      left: element.scrollLeft,
      most: element.scrollWidth - element.clientWidth,
    }));
    expect(left).toBe(most);

    await moveFingers(
      hand,
      [
        [60, y + 150],
        [330, y + 150],
      ],
      [
        [170, y + 150],
        [220, y + 150],
      ],
    );
    await expect.poll(async () => (await frame())[2], slow).toBe(whole);
  });

  it('complained of nothing', () => {
    expect(seen.complaints).toEqual([]);
  });
});
