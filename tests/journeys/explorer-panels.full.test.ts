import { beforeEach, describe, expect, it } from 'vitest';
import { explorer } from '../setup/explorer.ts';
import { silkgraph } from '../setup/silkgraph.ts';

const app = silkgraph();
const seen = explorer(() => app.graph);

/** How long something may take until it is seen. */
const slow = { timeout: 30_000 };

// Long where a machine has much else to do; seconds where it has not.
describe('the panels of the explorer', { timeout: 120_000 }, () => {
  beforeEach(({ skip }) => {
    if (!seen.isThere) skip('there is no Chrome or Chromium on this machine');
  });

  const details = () => seen.page.getByRole('region', { name: 'Details' });
  const asking = () => seen.page.getByRole('region', { name: 'How are these connected?' });
  const box = (name: 'From' | 'To') => asking().getByRole('combobox', { name, exact: true });

  /** Types into a box and takes what it proposes. */
  async function choose(name: 'From' | 'To', words: string, proposal: RegExp) {
    await box(name).fill(words);
    await asking().getByRole('option', { name: proposal }).first().click();
  }

  it('tell of a source what cites it, and put that on the graph', async () => {
    const { sources } = await app.data(
      '{ sources(filter: { citedBy: { count: { gte: 2, lte: 20 } } }, first: 1) { nodes { slug citedBy(first: 100) { totalCount nodes { name } } } } }',
    );
    const [{ slug, citedBy }] = sources.nodes;
    await seen.open(`/graph?pick=${slug}`);
    const section = details().locator('section', { hasText: 'Cited by' });
    expect(await section.locator('.count').textContent()).toBe(String(citedBy.totalCount));
    const told = await section.locator('.entity-line .name').allTextContents();
    expect(told).toEqual(citedBy.nodes.map(({ name }: { name: string }) => name));
    expect(await details().textContent()).not.toContain('No relations recorded');
    await section.getByRole('button', { name: `Add ${citedBy.totalCount} to graph` }).click();
    await expect
      .poll(() => seen.page.locator('.shown').textContent(), slow)
      .toContain(`${citedBy.totalCount + 1} entities`);
  });

  it('say how many of what cites a source they leave out', async () => {
    const { source } = await app.data('{ source(slug: "ds-country-codes") { citedBy(first: 0) { totalCount } } }');
    await seen.open('/graph?pick=ds-country-codes');
    expect(await details().locator('.source-list > .source').count()).toBe(100);
    await details()
      .getByText(`Not listed: ${source.citedBy.totalCount - 100} entities.`)
      .waitFor();
  });

  it('lead to what has changed around their entity', async () => {
    await seen.open('/graph?pick=ke');
    await details().getByRole('link', { name: 'Changes', exact: true }).click();
    await seen.page.getByRole('heading', { level: 1, name: 'Changes' }).waitFor();
    await seen.page.locator('.analysis-form', { hasText: 'Around an entity' }).getByText('Kenya').waitFor();
  });

  it('tell of an event the figures that were given there', async () => {
    const { event } = await app.data(
      '{ event(slug: "scio-pc-2025-09-18") { statedIndicators(first: 100) { totalCount } } }',
    );
    expect(event.statedIndicators.totalCount).toBeGreaterThan(0);
    await seen.open('/graph?pick=scio-pc-2025-09-18');
    const group = details().locator('.relations', { hasText: 'Figures announced there' });
    expect(await group.locator('> summary .count').textContent()).toBe(String(event.statedIndicators.totalCount));
  });

  it('ask for what their boxes show, though other words were typed over it', async () => {
    await seen.open('/graph?connect=ke');
    // Nothing of it is drawn, so that its name is asked for.
    await expect.poll(() => box('From').inputValue(), slow).toBe('Kenya');
    await choose('To', 'Thail', /^country: Thailand|^Thailand/);
    expect(await box('To').inputValue()).toBe('Thailand');
    await box('To').fill('Serbia');
    await box('From').focus();
    expect(await box('To').inputValue()).toBe('Thailand');
    await asking().getByRole('button', { name: 'How are these connected?' }).click();
    await expect.poll(() => seen.page.url(), slow).toContain('paths~ke~th');
  });

  it('take nothing that was proposed for other words than those that stand there', async () => {
    const { page } = seen;
    await seen.open('/graph?connect=ke');
    await box('To').fill('Serb');
    await asking()
      .getByRole('option', { name: /Serbia/ })
      .first()
      .waitFor();
    const held: (() => Promise<void>)[] = [];
    await page.route('**/graphql', async (route) => void held.push(() => route.continue()));
    await box('To').fill('Thailand');
    await expect.poll(() => held.length, slow).toBe(1);
    await box('To').press('Enter');
    expect(await box('To').inputValue()).toBe('Thailand');
    await Promise.all(held.map((go) => go()));
    await page.unroute('**/graphql');
    await asking()
      .getByRole('option', { name: /Thailand/ })
      .first()
      .waitFor();
    await box('To').press('Enter');
    await asking().getByRole('button', { name: 'How are these connected?' }).click();
    await expect.poll(() => page.url(), slow).toContain('paths~ke~th');
  });

  it('tell the paths that were asked for last, though they were asked for before', async () => {
    const { page } = seen;
    await seen.open('/graph?do=paths~ke~crop-science,paths~ke~th&path=0');
    await expect.poll(() => box('To').inputValue(), slow).toBe('Thailand');
    await choose('To', 'Crop sci', /Crop science/);
    await asking().getByRole('button', { name: 'How are these connected?' }).click();
    await expect.poll(() => page.url(), slow).toMatch(/paths~ke~crop-science,paths~ke~th,paths~ke~crop-science/);
    const { paths } = await app.data('{ paths(from: "ke", to: "crop-science") { paths { length } } }');
    await expect.poll(() => asking().locator('.hops > li').count(), slow).toBe(paths.paths[0].length);
    expect(await box('To').inputValue()).toBe('Crop science');
  });

  it('open at what is searched for, though a question for paths stood there', async () => {
    const { page } = seen;
    await seen.open('/graph?do=open~ke&connect=ke');
    await page.getByRole('combobox', { name: /Search/ }).fill('Thail');
    await page
      .getByRole('option', { name: /Thailand/ })
      .first()
      .click();
    await details()
      .getByRole('heading', { level: 2, name: /Thailand/ })
      .waitFor();
  });

  it('do not let the last designation be taken away, which would show all of them again', async () => {
    const { page } = seen;
    await seen.open('/graph?do=ask~labs-on-artificial-intelligence');
    const boxes = page.getByRole('group', { name: 'Designation', exact: true }).getByRole('checkbox');
    const count = await boxes.count();
    expect(count).toBeGreaterThan(1);
    for (let index = 1; index < count; index += 1) await boxes.nth(index).uncheck();
    expect(await boxes.nth(0).isChecked()).toBe(true);
    expect(await boxes.nth(0).isDisabled()).toBe(true);
    await boxes.nth(1).check();
    expect(await boxes.nth(0).isDisabled()).toBe(false);
  });

  it('leave the keys of an input method to it, which ends with Enter, and search for nothing yet', async () => {
    const { page } = seen;
    await seen.open('/ask');
    const search = page.getByRole('combobox', { name: /Search/ });
    await search.click();
    const keyboard = await page.context().newCDPSession(page);
    const compose = (text: string) =>
      keyboard.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
    await compose('fei');
    await search.press('Enter');
    await search.press('Escape');
    await compose('非洲');
    await keyboard.send('Input.insertText', { text: '非洲' });
    expect(await search.inputValue()).toBe('非洲');
    expect(page.url()).toContain('#/ask');
    await search.press('Enter');
    expect(new URL(page.url()).hash).toBe(`#/search?q=${encodeURIComponent('非洲')}`);
  });

  it('announce that nothing could be proposed, not that nothing is there', async () => {
    const { page } = seen;
    await seen.open('/ask');
    await page.route('**/graphql', (route) => route.abort());
    const header = page.getByRole('search');
    await header.getByRole('combobox').fill('Thail');
    await header
      .getByRole('status')
      .getByText('The server cannot be reached.')
      .waitFor({ state: 'attached', ...slow });
    await page.unroute('**/graphql');
    expect(seen.complaints.splice(0).filter((text) => !text.includes('net::ERR_FAILED'))).toEqual([]);
  });

  it('complained of nothing', () => {
    expect(seen.complaints).toEqual([]);
  });

  it('come by themselves for a question of the address, once the database is back', async () => {
    const { page } = seen;
    let refused = 0;
    await page.route('**/graphql', (route) => {
      refused += 1;
      return route.abort();
    });
    await page.goto('about:blank');
    await page.goto(`${seen.origin}/explore#/graph?do=ask~designated-labs`);
    await page.getByRole('alert').filter({ hasText: 'Could not load part of the graph.' }).waitFor();
    // The next time that it is asked for, it finds what the ontology's own question came to before.
    await expect.poll(() => refused, slow).toBeGreaterThanOrEqual(4);
    await page.unroute('**/graphql');
    await page.locator('.shown').getByText('32 designated').waitFor(slow);
    expect(await page.getByRole('alert').count()).toBe(0);
    expect(seen.complaints.splice(0).filter((text) => !text.includes('net::ERR_FAILED'))).toEqual([]);
  });
});
