import { beforeEach, describe, expect, it } from 'vitest';
import { explorer } from '../setup/explorer.ts';
import { silkgraph } from '../setup/silkgraph.ts';

const app = silkgraph();
const seen = explorer(() => app.graph);

/** How long something may take until it is seen. */
const slow = { timeout: 30_000 };

// Long where a machine has much else to do; seconds where it has not.
describe('a choice that adds something', { timeout: 120_000 }, () => {
  beforeEach(({ skip }) => {
    if (!seen.isThere) skip('there is no Chrome or Chromium on this machine');
  });

  const select = (name: string) => seen.page.getByRole('combobox', { name, exact: true }).first();
  const press = async (...keys: readonly string[]) => {
    for (const key of keys) await seen.page.keyboard.press(key);
  };
  const relations = () => seen.page.locator('.pattern-link').count();
  const filters = () => seen.page.locator('.thing .chosen .chip').allInnerTexts();

  it('is not made by the arrow keys, but by Enter', async () => {
    await seen.open('/pattern?things=a~Country');
    await select('Add a relation').focus();
    await press('ArrowDown', 'ArrowDown');
    expect(await relations()).toBe(0);
    await press('Enter');
    await expect.poll(relations, slow).toBe(1);
    expect(await select('Add a relation').inputValue()).toBe('');
  });

  it('of an entity leaves the fields of its form in one line', async () => {
    for (const address of ['/changes?from=2026-11-01', '/changes?from=2026-11-01&around=ke']) {
      await seen.open(address);
      const labels = seen.page.locator('.analysis-form').getByText(/^(Since|Kind|Around an entity)$/);
      const tops = await labels.evaluateAll((all) => all.map((label) => label.getBoundingClientRect().top));
      expect(tops).toHaveLength(3);
      expect(Math.max(...tops) - Math.min(...tops)).toBeLessThan(2);
    }
  });

  it('of an order is shown also where a heading made it', async () => {
    await seen.open('/list?of=labs');
    const chosen = () => seen.page.locator('.ranking option:checked').allTextContents();
    expect(await chosen()).toEqual(['Name']);
    await seen.page.locator('th button').first().click();
    await expect.poll(chosen, slow).toEqual(['Name ↓']);
  });

  it('of a year filters the graph, and stands in the address that it is read from', async () => {
    await seen.open('/graph?do=open~ke');
    await seen.page.getByText('Years and reliability').click();
    const year = seen.page.getByRole('spinbutton', { name: 'From year' });
    const address = () => seen.page.evaluate(() => location.hash);
    await year.fill('-5');
    await year.press('Enter');
    // No address has such a year.
    expect(await address()).not.toContain('since');
    await year.fill('1905');
    await year.press('Enter');
    expect(await address()).toContain('since=1905');
  });

  it('is made once by leaving it, and taken back by Escape', async () => {
    await seen.open('/pattern?things=a~Country');
    await select('Add a relation').focus();
    await press('ArrowDown', 'Escape', 'Tab');
    expect(await relations()).toBe(0);
    await select('Add a relation').focus();
    await press('ArrowDown', 'Shift+Tab');
    await expect.poll(relations, slow).toBe(1);
  });

  it('is walked through to the value of a filter that is wanted, or its number typed', async () => {
    await seen.open('/pattern?things=a~Country');
    await select('Add a filter').selectOption({ label: 'Region' });
    await select('Region').focus();
    await press('ArrowDown', 'ArrowDown');
    expect(await filters()).toEqual([]);
    await press('Enter');
    await expect.poll(filters, slow).toHaveLength(1);
    expect(seen.page.url()).toContain('region~AMERICAS');

    await seen.open('/pattern?things=a~Lab');
    await select('Add a filter').selectOption({ label: 'Year of designation' });
    const number = seen.page.getByRole('spinbutton', { name: 'Year of designation' });
    await number.focus();
    await press('2', '0', '2', '0', 'ArrowUp');
    expect(await filters()).toEqual([]);
    await press('Tab');
    await expect.poll(() => seen.page.url(), slow).toContain('yearRecognised~2021');
    expect(await filters()).toHaveLength(1);
  });

  it('keeps a pattern, a map and the language until another one is confirmed', async () => {
    const { page } = seen;
    await seen.open('/pattern?things=a~Country,b~Lab&links=b~PARTNERS_WITH~a');
    await select('Begin with').focus();
    await press('ArrowDown', 'Escape', 'Tab');
    expect(await relations()).toBe(1);

    await seen.open('/map?of=institutions');
    const country = page.locator('.quick-filters select').first();
    await expect.poll(() => country.locator('option').count(), slow).toBeGreaterThan(2);
    await country.focus();
    await press('ArrowDown', 'ArrowDown');
    expect(page.url()).not.toContain('where=');
    await press('Enter');
    await expect.poll(() => page.url(), slow).toContain('where=');

    await seen.open('/');
    await select('Language').focus();
    await press('ArrowDown');
    expect(page.url()).not.toContain('lang=');
    await press('Escape');
    expect(await select('Language').inputValue()).toBe('en');
  });

  it('complained of nothing', () => {
    expect(seen.complaints).toEqual([]);
  });
});
