import type { Locator, Route } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { explorer } from '../setup/explorer.ts';
import { silkgraph } from '../setup/silkgraph.ts';

const app = silkgraph();
const seen = explorer(() => app.graph);

/** How long something may take until it is seen. */
const slow = { timeout: 30_000 };

// Long where a machine has much else to do; seconds where it has not.
describe('the focus of the keyboard', { timeout: 120_000 }, () => {
  beforeEach(({ skip }) => {
    if (!seen.isThere) skip('there is no Chrome or Chromium on this machine');
  });

  const region = (name: string) => seen.page.getByRole('region', { name, exact: true });
  const isFocused = (place: Locator) => place.evaluate((element) => element === document.activeElement);
  const expectFocus = (place: Locator) => expect.poll(() => isFocused(place), slow).toBe(true);

  /** Presses a key until a place has the focus. */
  async function walkTo(place: Locator, key = 'Tab') {
    await place.waitFor();
    for (let times = 0; times < 200 && !(await isFocused(place)); times += 1) await seen.page.keyboard.press(key);
    expect(await isFocused(place)).toBe(true);
  }

  /** Closes a panel as somebody does who has no mouse. */
  async function close(name: string) {
    await seen.page.keyboard.press('Tab');
    await expectFocus(seen.page.getByRole('button', { name, exact: true }));
    await seen.page.keyboard.press('Enter');
  }

  it('goes from a country on the map into its panel, on into what is picked there, and back when that is closed', async () => {
    const { page } = seen;
    await seen.open('/map');
    const circle = page.getByRole('button', { name: 'Kenya: 1 designated laboratory' });
    await walkTo(circle);
    await page.keyboard.press('Enter');
    await expectFocus(region('Country'));
    await close('Close');
    await expectFocus(circle);

    await page.keyboard.press('Enter');
    await expectFocus(region('Country'));
    await walkTo(region('Country').getByRole('button', { name: /China-Kenya Joint Laboratory for Crop/ }));
    await page.keyboard.press('Enter');
    await expectFocus(region('Details'));
    await region('Details')
      .getByRole('heading', { level: 2, name: /China-Kenya/ })
      .waitFor();
    expect(await isFocused(region('Details'))).toBe(true);
    await close('Close the details');
    await expectFocus(circle);
  });

  it('follows to another country while the panel is open', async () => {
    const { page } = seen;
    await seen.open('/map?pick=ke');
    const circle = page.getByRole('button', { name: /^Serbia: \d+ designated/ });
    await walkTo(circle);
    await page.keyboard.press('Enter');
    await expectFocus(region('Country'));
    await region('Country')
      .getByRole('heading', { level: 2, name: /Serbia/ })
      .waitFor();
    await close('Close');
    await expectFocus(circle);
  });

  it('goes from an event of the timeline, and from a row of a table, into the details and back', async () => {
    const { page } = seen;
    await seen.open('/timeline');
    await walkTo(page.locator('.event').first());
    await page.keyboard.press('Enter');
    await expectFocus(region('Details'));
    await close('Close the details');
    await expectFocus(page.locator('.event').first());

    await seen.open('/map?as=table');
    const row = page.locator('tbody').getByRole('button', { name: 'Kenya' });
    await row.focus();
    await page.keyboard.press('Enter');
    await expectFocus(region('Country'));
    await close('Close');
    await expectFocus(row);
  });

  it('stays in the picture of the graph while that is walked through, and comes back to it from a panel', async () => {
    const { page } = seen;
    await seen.open('/graph?do=open~ke&pick=ke');
    const picture = page.getByRole('application');
    await picture.focus();
    // Keys move nothing as long as the picture is not drawn.
    const walk = () => page.keyboard.press('ArrowDown').then(() => page.url());
    await expect.poll(walk, slow).not.toContain('pick=ke');
    expect(await isFocused(picture)).toBe(true);
    await walkTo(page.getByRole('button', { name: 'Close the details' }));
    await page.keyboard.press('Enter');
    await region('Details').waitFor({ state: 'detached' });
    await expectFocus(picture);
  });

  it('goes on from panel to panel of the graph, also where what had it is gone', async () => {
    const { page } = seen;
    await seen.open('/graph');
    await walkTo(page.getByRole('button', { name: 'Kenya' }));
    await page.keyboard.press('Enter');
    await expectFocus(region('Details'));
    await walkTo(region('Details').getByRole('button', { name: 'Connect with …' }));
    await page.keyboard.press('Enter');
    await expectFocus(region('How are these connected?'));
    await close('Close');
    await expectFocus(region('Details'));
    await walkTo(
      region('Details')
        .locator('.relations')
        .getByRole('button', { name: /Egerton/ })
        .first(),
    );
    await page.keyboard.press('Enter');
    await region('Details')
      .getByRole('heading', { level: 2, name: /Egerton/ })
      .waitFor();
    await expectFocus(region('Details'));
  });

  it.each([
    ['/graph?do=open~cn', 'Show more', 'h1'],
    ['/graph?do=open~atlantis,open~ke', 'Remove this step', 'h1'],
    ['/graph?do=open~ke&without=LAB', 'Clear filters', '.filters'],
    ['/graph?do=open~ke', 'Undo', '.tools button:has-text("Undo")'],
    ['/graph?do=paths~ke~rs', /^Not through/, '.connection-panel'],
    ['/list?of=foo', 'Close', 'main'],
    ['/list?of=institutions', /^\d+ more$/, '.facet:nth-of-type(1) li:nth-child(7) a'],
    ['/map?until=2020', 'All years', '.year-slider input'],
    ['/groups?of=labs&by=partnerCountries', /^\d+ more$/, '.pivot'],
  ])('goes on from a button that is gone once it is pressed: %s, %s', async (view, name, next) => {
    const { page } = seen;
    await seen.open(view);
    const button = page.getByRole('button', { name }).first();
    await button.waitFor();
    await button.focus();
    await page.keyboard.press('Enter');
    await expectFocus(page.locator(next).first());
  });

  it('stays at the end of a list while more of it is loaded, also where that is all', async () => {
    const { page } = seen;
    await seen.open('/list?of=labs');
    const more = page.getByRole('button', { name: 'Show more' });
    const rows = () => page.locator('tbody tr').count();
    await more.focus();
    await page.keyboard.press('Enter');
    await expect.poll(rows, slow).toBe(100);
    expect(await isFocused(more)).toBe(true);
    await page.keyboard.press('Enter');
    await more.waitFor({ state: 'detached' });
    await expectFocus(page.locator('.list-end'));
  });

  it('stays in a panel whose content is asked for once more', async () => {
    const { page } = seen;
    const refuse = (route: Route) =>
      route.request().postData()?.includes('query Details(')
        ? route.fulfill({ json: { errors: [{ message: 'Not now.' }] } })
        : route.fallback();
    await page.route('**/graphql', refuse);
    await seen.open('/graph?do=open~ke&pick=ke');
    const again = region('Details').getByRole('button', { name: 'Try again' });
    await again.focus();
    await page.unroute('**/graphql', refuse);
    await page.keyboard.press('Enter');
    await region('Details').getByRole('heading', { level: 2, name: 'Kenya' }).waitFor();
    await expectFocus(region('Details'));
  });

  it('comes back from a relation, and is not taken by one that a filter hides', async () => {
    const { page } = seen;
    await seen.open('/graph?do=open~ke&as=table&relation=MEMBER_OF~ke~african-union');
    await region('Relation').getByRole('button', { name: /Kenya/ }).press('Enter');
    await expectFocus(region('Details'));
    await seen.open('/graph?do=open~ke&as=table&relation=MEMBER_OF~ke~african-union');
    const filter = page.getByRole('checkbox', { name: /country group/i });
    await filter.press('Space');
    await region('Relation').getByText('This relation is not shown').waitFor();
    await expectFocus(filter);
  });

  it('stays where words are typed, and where nothing was pressed', async () => {
    const { page } = seen;
    await seen.open('/map');
    const box = page.getByRole('combobox', { name: /Search/ });
    await box.fill('kenya');
    await page
      .getByRole('option', { name: /^Kenya/ })
      .first()
      .waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await region('Details').getByRole('heading', { level: 2, name: /Kenya/ }).waitFor();
    expect(await isFocused(box)).toBe(true);
    await seen.open('/map?pick=ke');
    await region('Country').waitFor();
    expect(await isFocused(page.locator('body'))).toBe(true);
  });

  it('goes from a value of a list to its filter, and from a filter that is removed to another one or the title', async () => {
    const { page } = seen;
    const filter = (name: RegExp) => page.locator('.chosen').getByRole('link', { name });
    await seen.open('/list?of=labs');
    await page
      .locator('.facet')
      .getByRole('link', { name: /^Africa\b/ })
      .press('Enter');
    await expectFocus(filter(/Africa/));
    await page
      .locator('.facet')
      .getByRole('link', { name: /^Established/ })
      .press('Enter');
    await expectFocus(filter(/Established/));
    await page.keyboard.press('Enter');
    await expectFocus(filter(/Africa/));
    await page.keyboard.press('Enter');
    await expectFocus(page.getByRole('heading', { level: 1 }));
  });

  it('goes on in the form of a pattern from what is added or removed', async () => {
    const { page } = seen;
    await seen.open('/pattern?things=a~Country,b~Lab,c~Lab&links=b~PARTNERS_WITH~a,c~PARTNERS_WITH~a');
    const removing = page.locator('.pattern-link').getByRole('button', { name: 'Remove' });
    await removing.first().press('Enter');
    await expect.poll(() => removing.count(), slow).toBe(1);
    await expectFocus(removing);
    await page.keyboard.press('Enter');
    await expectFocus(page.getByRole('combobox', { name: 'Add a relation' }));

    const adding = page.getByRole('combobox', { name: 'Add a filter' });
    await adding.selectOption({ label: 'Region' });
    await page.getByRole('combobox', { name: 'Region' }).press('ArrowDown');
    await page.keyboard.press('Enter');
    await expectFocus(page.getByRole('button', { name: /Africa/ }));
    await page.keyboard.press('Enter');
    await expectFocus(adding);
  });

  it('goes from the number of a gap to the title above its entities, and back to that of all gaps', async () => {
    const { page } = seen;
    await seen.open('/gaps?of=labs');
    const title = page.getByRole('heading', { level: 1 });
    await page.locator('td.number a').first().press('Enter');
    await page.locator('.gap-entities').waitFor();
    await expectFocus(title);
    await page.getByRole('link', { name: 'All gaps' }).press('Enter');
    await page.locator('.gap-sheet').first().waitFor();
    await expectFocus(title);
  });

  it('stays in the search of a form from which an entity was chosen, and goes to the last one where no more fit', async () => {
    const { page } = seen;
    const picker = page.locator('.entity-choice').getByRole('combobox');
    const choose = async (name: string) => {
      await picker.fill(name);
      await page
        .getByRole('option', { name: new RegExp(`^${name}`) })
        .first()
        .waitFor();
      await picker.press('ArrowDown');
      await picker.press('Enter');
    };
    await seen.open('/compare?with=ke,eg,za,tz');
    await choose('Serbia');
    await page.getByRole('button', { name: /^Serbia/ }).waitFor();
    await expectFocus(picker);
    await choose('Portugal');
    await expectFocus(page.getByRole('button', { name: /^Portugal/ }));
  });

  it('goes from a saved view that is removed to the next one, and then to the page', async () => {
    const { page } = seen;
    for (const view of ['/list?of=labs', '/list?of=countries']) {
      await seen.open(view);
      await page.getByRole('button', { name: 'Save', exact: true }).click();
    }
    await seen.open('/');
    const removing = page.locator('.saved-views').getByRole('button');
    await removing.first().press('Enter');
    await expect.poll(() => removing.count(), slow).toBe(1);
    await expectFocus(removing);
    await page.keyboard.press('Enter');
    await expectFocus(page.getByRole('main'));
  });

  it('is at the choice of the language again, or at its menu, once the page is in another one', async () => {
    const { page } = seen;
    await seen.open('/list?of=labs');
    await page.locator('.top-pages').getByRole('combobox', { name: 'Language' }).selectOption('zh-Hans');
    await expectFocus(page.locator('.top-pages').getByRole('combobox', { name: '语言' }));
    await page.setViewportSize({ width: 390, height: 844 });
    await page.locator('.top-menu > summary').click();
    await page.locator('.top-menu').getByRole('combobox', { name: '语言' }).selectOption('en');
    await expectFocus(page.getByLabel('Menu', { exact: true }));
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  it('complained of nothing', () => {
    expect(seen.complaints).toEqual([]);
  });
});
