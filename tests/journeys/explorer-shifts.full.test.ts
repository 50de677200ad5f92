import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { explorer } from '../setup/explorer.ts';
import { silkgraph } from '../setup/silkgraph.ts';

const app = silkgraph();
const seen = explorer(() => app.graph);

/** Cumulative layout shift that users take for none. */
const MOST = 0.02;

const views = [
  ...['/explore?lang=en#/', '/explore?lang=en#/list?of=labs', '/explore?lang=en#/gaps', '/explore?lang=en#/map'],
  ...['/explore?lang=zh-Hans#/', '/explore?lang=en#/graph?do=open~ke&pick=ke'],
  ...['/explore?lang=en#/list', '/explore?lang=en#/timeline', '/explore?lang=en#/map?pick=rs'],
  ...['/explore?lang=en#/graph?do=open~ke&as=table', '/explore?lang=en#/graph?do=open~atlantis&pick=atlantis'],
  '/explore?lang=en&embed#/groups?of=labs&by=designation',
  '/entity/ke?lang=en',
  ...['/explore?lang=en#/map?pick=ke', '/explore?lang=en#/list?of=institutions&sort=-labs'],
  '/explore?lang=en#/list?of=labs&where=designation~BELT_AND_ROAD_JOINT_LABORATORY',
  '/explore?lang=en#/similar?with=china-kenya-joint-laboratory-for-crop-molecular-biology',
  ...['/explore?lang=en#/search?q=crop', '/explore?lang=zh-Hans#/graph?do=ask~designated-labs'],
  ...['/entity/ke?lang=zh-Hans', '/entity/china-kenya-joint-laboratory-for-crop-molecular-biology?lang=zh-Hans'],
];

/** Something that is waited for until it is given. */
function withheld() {
  let give = () => {};
  const promise = new Promise<void>((resolve) => {
    give = resolve;
  });
  return { promise, give };
}

let characters = withheld();

const sizes = [
  { width: 1440, height: 900 },
  { width: 834, height: 1112 },
  { width: 390, height: 844 },
];

// Long where a machine has much else to do; seconds where it has not.
describe.each(sizes)('a view that opens, $width pixels wide', { timeout: 120_000 }, ({ width, height }) => {
  beforeEach(({ skip }) => {
    if (!seen.isThere) skip('there is no Chrome or Chromium on this machine');
  });

  beforeAll(async () => {
    if (!seen.isThere) return;
    // Characters come last, as over a slow connection to a machine that has none.
    await seen.page.route('**/*.woff2', async (route) => {
      await characters.promise;
      await route.fallback();
    });
    await seen.page.addInitScript(() => {
      const shifts: number[] = [];
      Object.assign(globalThis, { shifts });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) shifts.push((entry as PerformanceEntry & { value: number }).value);
      }).observe({ type: 'layout-shift', buffered: true });
    });
  });

  it.each(views)('does not jump: %s', async (address) => {
    const { page } = seen;
    characters = withheld();
    await page.setViewportSize({ width, height });
    await page.goto('about:blank');
    await page.goto(seen.origin + address, { waitUntil: 'commit' });
    await page.locator('main:not(:has(.loading)) h1').first().waitFor({ state: 'attached', timeout: 60_000 });
    if (address.includes('pick=')) await page.locator('.panel:has(> .close) :is(h2, .failure)').first().waitFor();
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    characters.give();
    const shifts = await page.evaluate(async () => {
      await document.fonts.ready;
      // What is drawn last counts from the frame after.
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      return (globalThis as unknown as { shifts: number[] }).shifts;
    });
    expect(shifts.reduce((sum, value) => sum + value, 0)).toBeLessThan(MOST);
  });
});

it('a view opens even if the boxes in place of Chinese characters never come', async ({ skip }) => {
  if (!seen.isThere) skip('there is no Chrome or Chromium on this machine');
  const { page } = seen;
  const boxes = withheld();
  await page.route('**/boxes*.woff', async (route) => {
    await boxes.promise;
    await route.abort();
  });
  await page.goto('about:blank');
  const asked = page.waitForRequest('**/boxes*.woff');
  await page.goto(`${seen.origin}/explore?lang=en#/`, { waitUntil: 'commit' });
  await asked;
  await page.locator('main:not(:has(.loading)) h1').first().waitFor({ timeout: 60_000 });
  boxes.give();
});
