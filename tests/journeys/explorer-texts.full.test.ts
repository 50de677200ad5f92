import { readFile } from 'node:fs/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { explorer } from '../setup/explorer.ts';
import { silkgraph } from '../setup/silkgraph.ts';

const app = silkgraph();
const seen = explorer(() => app.graph);

/** How long something may take until it is seen. */
const slow = { timeout: 30_000 };

// Long where a machine has much else to do; seconds where it has not.
describe('what the explorer says', { timeout: 120_000 }, () => {
  beforeEach(({ skip }) => {
    if (!seen.isThere) skip('there is no Chrome or Chromium on this machine');
  });

  async function openInChinese(view: string) {
    await seen.page.goto('about:blank');
    await seen.page.goto(`${seen.origin}/explore?lang=zh-Hans#${view}`);
    await seen.page.locator('main:not(:has(.loading))').waitFor();
  }

  it('of a published figure is its value with qualifier, unit and date, also in the file of the list', async () => {
    const { indicators } = await app.data(
      '{ indicators(filter: { value: { gte: 1000 } }, first: 1, orderBy: [{ name: ASC }]) { nodes { name value unit } } }',
    );
    const [figure] = indicators.nodes;
    await seen.open('/list?of=indicators&sort=name');
    const headings = seen.page.locator('.list-sheet thead th');
    await expect
      .poll(() => headings.allInnerTexts(), slow)
      .toEqual(expect.arrayContaining(['Value', 'Qualifier', 'Unit', 'Date']));
    // On a phone, the columns after the second one are out of sight.
    expect(await headings.nth(1).textContent()).toBe('Value');
    await seen.page.getByText('Export', { exact: true }).click();
    const download = seen.page.waitForEvent('download');
    await seen.page.getByRole('button', { name: 'All rows (CSV)' }).click();
    const lines = (await readFile(await (await download).path(), 'utf8')).split('\r\n');
    const line = lines.find((text) => text.includes(figure.name)) ?? '';
    // A number in a file has no separators.
    expect(line).toContain(`,${figure.value},`);
    expect(line).toContain(figure.unit);
  });

  it('of a re-post that is compared has its address as text', async () => {
    const one = (mirror: string) =>
      app.data(`{ sources(filter: { mirror: ${mirror}, url: { exists: true } }, first: 1) { nodes { slug url } } }`);
    const [[copy], [other]] = await Promise.all(
      ['{ eq: true }', '{ exists: false }'].map(async (mirror) => (await one(mirror)).sources.nodes),
    );
    await seen.open(`/compare?with=${copy.slug},${other.slug}`);
    const facts = seen.page.locator('.compare-sheet');
    await facts.getByText(copy.url, { exact: true }).waitFor();
    expect(await facts.getByRole('link', { name: copy.url }).count()).toBe(0);
    expect(await facts.getByRole('link', { name: other.url }).count()).toBe(1);
  });

  it('of one entity is in the singular', async () => {
    await seen.open('/graph?do=show~ke');
    await expect.poll(() => seen.page.locator('.shown').textContent(), slow).toMatch(/^1 entity, 0 relations shown\./);
  });

  it('of a search is all that was found, page by page', async () => {
    const { search } = await app.data('{ search(query: "laboratory") { totalCount } }');
    await seen.open('/search?q=laboratory');
    const results = () => seen.page.locator('.results > li').count();
    expect(await results()).toBe(50);
    await seen.page.getByText(`50 of ${search.totalCount} shown`).waitFor();
    await seen.page.getByRole('button', { name: 'Show more' }).click();
    await expect.poll(results, slow).toBe(100);
  });

  it('of the line of the timeline is how many it cannot count', async () => {
    const { labs } = await app.data(
      '{ labs(filter: { designation: { eq: BELT_AND_ROAD_JOINT_LABORATORY } }, first: 100) { nodes { yearRecognised } } }',
    );
    const undated = labs.nodes.filter((lab: { yearRecognised: number | null }) => lab.yearRecognised === null).length;
    expect(undated).toBeGreaterThan(0);
    await seen.open('/timeline');
    await seen.page
      .locator('.chart-marks')
      .getByText(`in this dataset; ${undated} without a year are not counted`)
      .waitFor();
  });

  it('in Chinese has the punctuation of Chinese', async () => {
    const { page } = seen;
    await openInChinese('/groups?of=labs&by=partnerCountries.region');
    await page.getByRole('heading', { name: /合作国家：大洲/ }).waitFor();
    await openInChinese('/list?of=labs&where=status~PLANNED');
    expect(await page.locator('.chosen .filter .of').textContent()).toBe('状态：');
    expect(await page.locator('.ranking option').allTextContents()).toContain('批次，降序');
  });

  it('of a year with nothing in it is no link, so that no key leads to an empty list', async () => {
    await seen.open('/timeline');
    const years = seen.page.getByRole('link', { name: /^\d{4}: \d+ designated/ });
    await expect.poll(() => years.count(), slow).toBeGreaterThan(2);
    const names = await years.evaluateAll((links) => links.map((link) => link.getAttribute('aria-label') ?? ''));
    expect(names.filter((name) => / 0 designated/.test(name))).toEqual([]);
  });

  it('of a list with nothing in it is what it is narrowed by, in words', async () => {
    await openInChinese('/list?of=labs&where=partnerCountries~ke,designation~PLANNED');
    const filters = seen.page.locator('.chosen .filter');
    await expect.poll(() => filters.first().textContent(), slow).toMatch(/^合作国家：肯尼亚/);
    expect(await filters.last().textContent()).toMatch(/^认定类别：筹划中/);
    expect(await seen.page.locator('.list-facets .hint').count()).toBe(0);
  });

  it('of what is chosen is seen where somebody forces the colours', async () => {
    await seen.page.emulateMedia({ forcedColors: 'active' });
    await seen.open('/timeline');
    const backgrounds = await seen.page
      .locator('.segments label > span')
      .evaluateAll((spans) =>
        spans.map((span) => [span.matches(':checked + *'), getComputedStyle(span).backgroundColor]),
      );
    const [chosen, others] = ['{ eq: true }', '{ exists: false }'].map((is) =>
      backgrounds.flatMap(([isChosen, color]) => (isChosen === is ? [color] : [])),
    );
    expect(chosen?.filter((color) => others?.includes(color))).toEqual([]);
    await seen.page.emulateMedia({ forcedColors: 'none' });
  });

  it('complained of nothing', () => {
    expect(seen.complaints).toEqual([]);
  });

  it('is broken between words, not cut off, on the narrowest phones', async () => {
    const { page } = seen;
    const size = page.viewportSize() ?? { width: 1280, height: 800 };
    await page.setViewportSize({ width: 320, height: 640 });
    await seen.open('/timeline');
    const titles = page.locator('.chart .band-title');
    await titles.first().waitFor(slow);
    const right = await titles.evaluateAll((all) => Math.max(...all.map((each) => each.getBoundingClientRect().right)));
    expect(right).toBeLessThanOrEqual(320);
    await seen.open('/gaps');
    await page.locator('.gap-sheet td').first().waitFor(slow);
    const broken = await page.locator('.gap-sheet').evaluateAll((sheets) =>
      sheets.flatMap((sheet) => {
        const texts = document.createTreeWalker(sheet, NodeFilter.SHOW_TEXT);
        const words: string[] = [];
        const range = document.createRange();
        for (let text = texts.nextNode(); text; text = texts.nextNode())
          for (const { 0: word, index } of (text.textContent ?? '').matchAll(/\p{L}+/gu)) {
            range.setStart(text, index);
            range.setEnd(text, index + word.length);
            if (range.getClientRects().length > 1) words.push(word);
          }
        return words;
      }),
    );
    expect(broken).toEqual([]);
    await page.setViewportSize(size);
  });

  it('stands over nothing else while a view is loaded on a phone', async () => {
    const { page } = seen;
    const size = page.viewportSize() ?? { width: 1280, height: 800 };
    await page.setViewportSize({ width: 390, height: 844 });
    // No answer comes.
    await page.route('**/graphql', () => {});
    for (const view of ['/gaps', '/map']) {
      await page.goto('about:blank');
      await page.goto(`${seen.origin}/explore?lang=en#${view}`);
      const loading = await page.locator('.stage > .loading').boundingBox(slow);
      const field = await page.locator('.stage select').first().boundingBox();
      expect(loading?.y, view).toBeGreaterThanOrEqual((field?.y ?? 0) + (field?.height ?? 0));
    }
    await page.unroute('**/graphql');
    await page.setViewportSize(size);
  });
});
