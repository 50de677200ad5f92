import { beforeEach, describe, expect, it } from 'vitest';
import { explorer } from '../setup/explorer.ts';
import { seeds } from '../setup/seeds.ts';
import { silkgraph } from '../setup/silkgraph.ts';

const app = silkgraph();
const seen = explorer(() => app.graph);

/** How long something may take until it is seen. */
const slow = { timeout: 30_000 };

// Long where a machine has much else to do; seconds where it has not.
describe('a list', { timeout: 120_000 }, () => {
  beforeEach(({ skip }) => {
    if (!seen.isThere) skip('there is no Chrome or Chromium on this machine');
  });

  const address = () => seen.page.evaluate(() => location.hash);

  it('names what entities are related to, each a link, and links the rest', async () => {
    await seen.open('/list?of=labs&sort=-institutions&columns=institutions');
    const cell = seen.page.locator('td.related').first();
    expect(await cell.locator('a').count()).toBe(3);
    expect(await cell.locator('a').last().textContent()).toMatch(/^\+\d+\s+Institutions of /);
    await cell.locator('a').first().click();
    await expect.poll(() => seen.page.locator('.panel h2').count(), slow).toBeGreaterThan(0);
    expect(await address()).toContain('pick=');
  });

  it('says how much of an official total is known', async () => {
    const inBatch = seeds.entities.Lab.filter(({ batch }) => batch === 1).length;
    for (const [where, known] of [
      [
        'designation~BELT_AND_ROAD_JOINT_LABORATORY',
        /: \d+ of over 70 known\. The others are not in this dataset, or /,
      ],
      ['batch~1', new RegExp(`^Laboratories of the first batch .*: ${inBatch} of 14 known\\.`)],
    ] as const) {
      await seen.open(`/list?of=labs&where=${where}`);
      await expect
        .poll(() => seen.page.locator('.known-total').allInnerTexts(), slow)
        .toEqual([expect.stringMatching(known)]);
    }
  });

  it('keeps its place and its heading when a row is opened', async () => {
    await seen.open('/list?of=labs');
    const sheet = seen.page.locator('.list-sheet');
    const row = seen.page.locator('tbody tr').nth(30);
    await row.locator('th a').scrollIntoViewIfNeeded();
    const before = await sheet.evaluate(({ scrollTop }) => ({ scrollTop, scrollY }));
    expect(before.scrollTop).toBeGreaterThan(0);
    await row.locator('th a').click();
    await expect.poll(() => seen.page.locator('.panel h2').count(), slow).toBeGreaterThan(0);
    expect(await seen.page.evaluate(() => scrollY)).toBe(before.scrollY);
    const [head, place] = await Promise.all([seen.page.locator('thead th').first().boundingBox(), row.boundingBox()]);
    const window = await seen.page.evaluate(() => innerHeight);
    expect(head?.y).toBeGreaterThan(0);
    expect(place?.y).toBeGreaterThan(head?.y ?? Number.POSITIVE_INFINITY);
    expect(place?.y).toBeLessThan(window);
  });

  it('keeps the chosen columns in its address', async () => {
    await seen.open('/list?of=labs');
    await seen.page.getByText('Columns', { exact: true }).click();
    await seen.page.getByRole('checkbox', { name: 'Status' }).uncheck();
    await expect.poll(address, slow).toContain('columns=');
    await expect.poll(() => seen.page.locator('thead').textContent(), slow).not.toContain('Status');
    await seen.page.reload();
    await expect.poll(() => seen.page.locator('thead').textContent(), slow).toContain('Designation');
    expect(await seen.page.locator('thead').textContent()).not.toContain('Status');
  });

  it('finds a filter by its name', async () => {
    await seen.open('/list?of=labs');
    await seen.page.getByRole('searchbox', { name: 'Find a filter' }).fill('batch');
    await expect.poll(() => seen.page.locator('.facet h2').allInnerTexts(), slow).toEqual(['Batch']);
    expect(await seen.page.locator('.bucket').count()).toBeGreaterThan(2);
  });

  it('has no faults of access with its columns open', async () => {
    await seen.open('/list?of=labs');
    await seen.page.getByText('Columns', { exact: true }).click();
    expect(await seen.faults()).toEqual([]);
  });
});
