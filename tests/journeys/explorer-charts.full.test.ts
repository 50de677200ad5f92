import { beforeEach, describe, expect, it } from 'vitest';
import { explorer } from '../setup/explorer.ts';
import { silkgraph } from '../setup/silkgraph.ts';

const app = silkgraph();
const seen = explorer(() => app.graph);

/** How long something may take until it is seen. */
const slow = { timeout: 30_000 };

// Long where a machine has much else to do; seconds where it has not.
describe('a chart', { timeout: 120_000 }, () => {
  beforeEach(({ skip }) => {
    if (!seen.isThere) skip('there is no Chrome or Chromium on this machine');
  });

  it('of groups is narrowed as a list is, and says by what', async () => {
    await seen.open('/groups?of=labs&by=status');
    const select = seen.page.getByRole('combobox', { name: 'Partner countries', exact: true });
    await expect.poll(() => select.locator('option').count(), slow).toBeGreaterThan(1);
    const option = select.locator('option', { hasText: 'Pakistan' });
    await select.selectOption((await option.getAttribute('value')) ?? '');
    await select.press('Enter');
    await expect.poll(() => seen.page.locator('.bars-room h2').textContent(), slow).toContain('Pakistan');
    const address = await seen.page.evaluate(() => location.hash);
    expect(address).toContain('where=partnerCountries~');
    expect(address).toContain('by=status');
  });

  it('of years has those in which nothing happened, and no bar for what is not recorded', async () => {
    await seen.open('/groups?of=labs&by=yearRecognised');
    const labels = () => seen.page.locator('.bars .bar-label').allTextContents();
    await expect.poll(labels, slow).toContain('2022');
    const years = (await labels()).map(Number);
    expect(years).toEqual(years.map((_, index) => (years[0] ?? 0) + index));
    expect(await seen.page.locator('.bars-room').textContent()).toMatch(/Not recorded: \d+/);
  });

  it('is shown in a frame without its form, with what is known of it', async () => {
    await seen.page.goto('about:blank');
    await seen.page.goto(`${seen.origin}/explore?lang=en&embed#/groups?of=labs&by=designation`);
    await expect.poll(() => seen.page.locator('.bars').count(), slow).toBe(1);
    expect(await seen.page.locator('main select').count()).toBe(0);
    await expect.poll(() => seen.page.locator('.known-total').count(), slow).toBe(1);
  });

  it('on the map counts the same after a click on a circle', async () => {
    await seen.page.setViewportSize({ width: 1440, height: 900 });
    await seen.open('/map?of=institutions');
    const circles = seen.page.locator('.placed .number');
    await expect.poll(() => circles.count(), slow).toBeGreaterThan(5);
    const before = await circles.allTextContents();
    await seen.page.locator('.placed:has(.number)').first().click({ force: true });
    await expect.poll(() => seen.page.locator('.entity-list li').count(), slow).toBe(Number(before[0]));
    expect(await circles.allTextContents()).toEqual(before);
    await seen.page.setViewportSize({ width: 1280, height: 800 });
  });
});
