import { beforeEach, describe, expect, it } from 'vitest';
import { explorer } from '../setup/explorer.ts';
import { silkgraph } from '../setup/silkgraph.ts';

const app = silkgraph();
const seen = explorer(() => app.graph);

/** How long something may take until it is seen. */
const slow = { timeout: 30_000 };

// Long where a machine has much else to do; seconds where it has not.
describe('an old or damaged link', { timeout: 120_000 }, () => {
  beforeEach(({ skip }) => {
    if (!seen.isThere) skip('there is no Chrome or Chromium on this machine');
  });

  const note = () => seen.page.locator('.unread');
  const labs = async () => (await app.data('{ labs { totalCount } }')).labs.totalCount;

  it('shows the list without a filter that the graph does not know, and says which', async () => {
    await seen.open('/list?of=labs&where=designation~FOO,foo~BAR');
    await note().getByText('where=designation~FOO,foo~BAR.').waitFor();
    await expect.poll(() => seen.page.locator('.view-bar .count').textContent(), slow).toBe(String(await labs()));
    expect(await seen.page.locator('.failure').count()).toBe(0);
  });

  it('asks for a pattern without what is unknown in it, and says so in Chinese too', async () => {
    const { page } = seen;
    await page.goto('about:blank');
    await page.goto(`${seen.origin}/explore?lang=zh-Hans#/pattern?things=a~Country~~region~ATLANTIS`);
    await note().getByText('无法识别').waitFor();
    await note().getByText('things=a~Country~~region~ATLANTIS。').waitFor();
    await page.locator('.match-sheet, .said').first().waitFor();
    expect(await page.locator('.failure').count()).toBe(0);
  });

  it('shows a map with all years where its year is before the first', async () => {
    await seen.open('/map?until=1900');
    await note().getByText('until=1900.').waitFor();
    expect(seen.page.url()).not.toContain('until');
    await seen.open('/map?until=2020');
    await seen.page.locator('.year-slider output').getByText('2020').waitFor();
    expect(await note().count()).toBe(0);
  });

  it('still says what could not be read once the page has put something else in its place', async () => {
    await seen.open('/changes?from=2026-13-45');
    await expect.poll(() => seen.page.url()).toMatch(/from=20\d\d-\d\d-\d\d$/);
    await note().getByText('from=2026-13-45.').waitFor();
    await seen.page.getByRole('link', { name: 'Lists' }).click();
    await note().waitFor({ state: 'detached' });
  });

  it('blames no entity for a relation that the graph does not know', async () => {
    await seen.open('/graph?do=open~ke~OLD_RELATION');
    await seen.page.locator('.failure').getByText('The graph does not know a part of this address.').waitFor();
    await seen.page.getByRole('button', { name: 'Remove this step' }).waitFor();
  });

  it('tells a reader what to do where the server refuses a filter of an address after all', async () => {
    const { page } = seen;
    await page.route('**/graphql', (route) =>
      route.request().postData()?.includes('LabsList')
        ? route.fulfill({ json: { errors: [{ message: 'Variable "$filter" got invalid value "X".' }] } })
        : route.fallback(),
    );
    await seen.open('/list?of=labs');
    await page.getByText('The graph does not know a part of this address. Remove the filters.').waitFor();
    await page.unroute('**/graphql');
  });

  it('complained of nothing', () => {
    expect(seen.complaints).toEqual([]);
  });
});
