import { beforeEach, describe, expect, it } from 'vitest';
import { explorer } from '../setup/explorer.ts';
import { silkgraph } from '../setup/silkgraph.ts';

const app = silkgraph();
const seen = explorer(() => app.graph);

const LAB = 'china-kenya-joint-laboratory-for-crop-molecular-biology';

const views = [
  ...['/', '/search?q=artificial intelligence in Africa', '/search?q=zzzzqqqq', '/list?of=labs', '/ask', '/about'],
  ...[
    '/list?of=institutions&sort=-labs',
    '/map',
    '/map?pick=ke',
    '/map?as=table',
    '/map?places=institutions',
    '/timeline',
  ],
  ...['/graph', '/graph?do=open~ke&pick=ke', '/graph?do=paths~rs~ke&path=0', '/graph?do=open~ke&as=table'],
  ...['/graph?do=open~atlantis&pick=atlantis', '/compare?with=ke,rs', `/similar?with=${LAB}`, '/gaps'],
  ...['/groups?of=labs&by=designation', '/changes?from=2020-01-01', '/pattern'],
].map((view) => `/explore?lang=zh-Hans#${view}`);

const pages = [LAB, 'ke', 'brics', 'ain-shams-university', 'artificial-intelligence', 'brf-2019', 'atlantis'].flatMap(
  (slug) => ['en', 'zh-Hans'].map((language) => `/entity/${slug}?lang=${language}`),
);

const devices = [{ colorScheme: 'light', width: 1440, height: 900 }] as const;

/** Texts and tooltips that have words but no Chinese; names and identifiers in English are marked as such, or are data. */
const ENGLISH = '.counted, .against, [title]:not(a), .view-bar *, legend, label, summary, .hints dd';

describe('the explorer in Chinese', { timeout: 120_000 }, () => {
  beforeEach(({ skip }) => {
    if (!seen.isThere) skip('there is no Chrome or Chromium on this machine');
  });

  it.each(['/', '/graph?do=open~ke', '/gaps', '/list?of=labs'])('has no English beside names: %s', async (view) => {
    const { page } = seen;
    await page.goto('about:blank');
    await page.goto(`${seen.origin}/explore?lang=zh-Hans#${view}`);
    await page.locator('main:not(:has(.loading)) h1').first().waitFor({ state: 'attached', timeout: 60_000 });
    // Hidden until its Chinese characters are there.
    await page.locator('main').waitFor({ timeout: 60_000 });
    const english = await page.evaluate((places) => {
      const said = [...document.querySelectorAll(`main :is(${places})`)].flatMap((element) => [
        element.getAttribute('title') ?? '',
        element.matches('[title]') ? '' : (element.textContent ?? ''),
      ]);
      return said.filter((text) => /[A-Za-z]{4}/.test(text) && !/[\u4e00-\u9fff]/.test(text));
    }, ENGLISH);
    expect(english).toEqual([]);
  });

  it.each([
    ...['', '#/list?of=labs', `#/graph?do=open~ke&pick=${LAB}`, '#/graph?do=paths~rs~ke', '#/search?q=crop'],
    ...['#/graph?do=open~ke&as=table', '#/compare?with=ke,rs', '#/map?of=labs', '#/gaps'],
  ])('marks what is in English, for those who hear the page: %s', async (view) => {
    const { page } = seen;
    await page.goto('about:blank');
    await page.goto(`${seen.origin}/explore?lang=zh-Hans${view}`);
    await page.locator('main:not(:has(.loading)) h1').first().waitFor({ state: 'attached', timeout: 60_000 });
    await page.locator('main').waitFor({ timeout: 60_000 });
    const unmarked = await page.evaluate(() => {
      const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const found: string[] = [];
      while (texts.nextNode()) {
        const { parentElement, textContent } = texts.currentNode;
        // Addresses and code are in no language; a sentence in Chinese may name something by its English name.
        if (parentElement?.closest('[lang|=en], noscript, code, pre, title, .mirror')) continue;
        const text = textContent ?? '';
        if (/(?:[A-Za-z]+[ ,-]+){2}[A-Za-z]/.test(text) && !/\p{Script=Han}/u.test(text)) found.push(text);
      }
      return found;
    });
    expect(unmarked).toEqual([]);
  });

  it('calls the events of the timeline by their Chinese names', async () => {
    const { page } = seen;
    const { events } = await app.data('{ events(first: 100) { nodes { name nameZh } } }');
    const { name, nameZh } = events.nodes.find((event: { nameZh: string | null }) => event.nameZh !== null);
    await page.goto('about:blank');
    await page.goto(`${seen.origin}/explore?lang=zh-Hans#/timeline`);
    await page.locator(`.event[aria-label*="${nameZh}"]`).first().waitFor({ timeout: 60_000 });
    expect(await page.locator(`.event[aria-label*="${name}"]`).count()).toBe(0);
  });
});

// The views in English are in the test of the explorer.
describe.each(devices)('$colorScheme, $width pixels wide', { timeout: 120_000 }, ({ colorScheme, width, height }) => {
  beforeEach(async ({ skip }) => {
    if (!seen.isThere) skip('there is no Chrome or Chromium on this machine');
    await seen.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await seen.page.setViewportSize({ width, height });
  });

  it.each([...views, ...pages])('%s has no fault that axe finds, and fits the window', async (address) => {
    const { page } = seen;
    await page.goto('about:blank');
    await page.goto(seen.origin + address);
    await page.locator('main:not(:has(.loading)) h1').first().waitFor({ state: 'attached', timeout: 60_000 });
    // Hidden until its Chinese characters are there.
    await page.locator('main').waitFor({ timeout: 60_000 });
    expect(await seen.faults()).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  });
});
