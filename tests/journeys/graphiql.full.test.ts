import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { keepStatistics } from '../../src/engine/reads/statistics.ts';
import { createContext } from '../../src/graphql/index.ts';
import { titleOf } from '../../src/pages/shared/example-texts.ts';
import { loadExamples } from '../../src/server/documents/examples.ts';
import { createServer, type ServerOptions } from '../../src/service/server.ts';
import { playground } from '../setup/playground.ts';
import { served } from '../setup/served.ts';
import { silkgraph } from '../setup/silkgraph.ts';

const examples = loadExamples(served.examples);
const app = silkgraph();

function serve(options: Partial<ServerOptions> = {}) {
  const statistics = keepStatistics(app.graph);
  // Neo4j plans each statement once, which takes its time on a busy machine.
  return createServer({
    ...served,
    timeout: 60_000,
    context: (read) => createContext(app.graph, statistics, read),
    ...options,
  });
}

describe('the playground in a browser that reaches nothing but its server', { timeout: 120_000 }, () => {
  const there = playground(() => serve());
  const { open, run, textOf } = there;

  async function drawTwoCountries(): Promise<void> {
    await open('?example=18-how-are-two-countries-connected');
    await run();
    await there.page.locator('.graphiql-response').getByText('"Serbia"').waitFor();
    await there.page.getByRole('button', { name: 'Graph', exact: true }).click();
  }

  it('opens with the cookbook, whose questions are asked when they are clicked', async ({ skip }) => {
    if (!there.isThere) skip('there is no Chrome or Chromium on this machine');
    const { page } = there;
    await open();
    const questions = page.locator('.cookbook li a');
    expect(await questions.allTextContents()).toEqual(examples.map(({ query }) => titleOf(query)));
    await page.getByLabel('Search by question or field').fill('cote guinea');
    expect(await questions.count()).toBe(1);
    await questions.click();
    await page.locator('.graphiql-response').getByText('"Papua New Guinea"').waitFor();
    await expect.poll(() => textOf('query')).toContain('query NamesWithoutCaseAndAccents');
    expect(await page.locator('.errors').count()).toBe(0);
  });

  it('tells what an answer took and cost', async ({ skip }) => {
    if (!there.isThere) skip('there is no Chrome or Chromium on this machine');
    const line = there.page.locator('.cost-line');
    await expect.poll(() => line.textContent()).toMatch(/^[\d.]+ m?s[\d.,]+ k?Bcost [\d,]+ of 1,000,000\d+ rows read$/);
  });

  it('opens each example by its address, and any question with its variables', async ({ skip }) => {
    if (!there.isThere) skip('there is no Chrome or Chromium on this machine');
    for (const name of ['05-what-the-graph-holds', '18-how-are-two-countries-connected']) {
      await open(`?example=${name}`);
      const operation = /^query (\w+)/m.exec(examples.find((example) => example.name === name)?.query ?? '')?.[1];
      await expect.poll(() => textOf('query'), { timeout: 20_000 }).toContain(`query ${operation} {`);
    }
    await open('?example=99-none');
    await expect.poll(() => textOf('query')).toContain('There is no example "99-none"');
    const query = 'query One { labs { totalCount } }\n\nquery Two($slug: String!) { area(slug: $slug) { name } }';
    const variables = '{"slug": "crop-science"}';
    await open(`?${new URLSearchParams({ query, variables, operationName: 'Two' })}`);
    await there.page.locator('.graphiql-response').getByText('"Crop science"').waitFor();
    await run();
    await there.page.getByRole('menuitem', { name: 'One' }).click();
    await there.page.locator('.graphiql-response').getByText('"totalCount"').waitFor();
  });

  it('says in its address what is asked, until the query or its variables differ', async ({ skip }) => {
    if (!there.isThere) skip('there is no Chrome or Chromium on this machine');
    const { page } = there;
    const query = 'query Of($slug: String!) { area(slug: $slug) { name } }';
    await open(`?${new URLSearchParams({ query, variables: '{"slug": "crop-science"}' })}`);
    await page.locator('.graphiql-response').getByText('"Crop science"').waitFor();
    await page.getByText('1 row read', { exact: true }).waitFor();
    expect(new URL(page.url()).searchParams.get('query')).toBe(query);
    await page.locator('.graphiql-editor-tool .graphiql-editor:not(.hidden)').click();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.insertText('{"slug": "molecular-biology"}');
    // The editor has closed the first quote and brace behind the cursor.
    await page.keyboard.press('ControlOrMeta+Shift+End');
    await page.keyboard.press('Delete');
    await expect.poll(() => new URL(page.url()).search).toBe('');
  });

  it('opens an address with a query that is too long for a server, also while it is open', async ({ skip }) => {
    if (!there.isThere) skip('there is no Chrome or Chromium on this machine');
    const { page } = there;
    const comment = '# A line of a long query.\n'.repeat(900);
    for (const [slug, name] of [
      ['crop-science', 'Crop science'],
      ['molecular-biology', 'Molecular biology'],
    ]) {
      await open(`#${new URLSearchParams({ query: `${comment}{ area(slug: "${slug}") { name } }` })}`);
      await page.locator('.graphiql-response').getByText(`"${name}"`).waitFor();
      expect(new URL(page.url()).search).toBe('');
    }
    await open(`?${new URLSearchParams({ query: '{ __typename }', variables: '{"slug": "molecular-biology"}' })}`);
  });

  it('shows what it cannot copy', async ({ skip }) => {
    if (!there.isThere) skip('there is no Chrome or Chromium on this machine');
    const { page } = there;
    // As in a browser that reaches the server without TLS.
    await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
    const shownBy = async (button: Locator) => {
      let shown = '';
      page.once('dialog', (dialog) => {
        shown = dialog.defaultValue();
        void dialog.dismiss();
      });
      await button.click();
      await expect.poll(() => shown).not.toBe('');
      return shown;
    };
    const link = page.getByRole('button', { name: /^copy link/i });
    expect(new URL(await shownBy(link)).searchParams.get('variables')).toContain('molecular-biology');
    await link.waitFor();
    await run();
    await page.getByRole('button', { name: 'Code', exact: true }).click();
    expect(await shownBy(page.getByRole('button', { name: 'Copy', exact: true }).first())).toMatch(/^curl /);
    await page.getByRole('button', { name: 'Result', exact: true }).click();
  });

  it('draws an answer, and lists what is drawn with links to the explorer', async ({ skip }) => {
    if (!there.isThere) skip('there is no Chrome or Chromium on this machine');
    const { page } = there;
    await drawTwoCountries();
    await page.getByText('5 entities, 4 relations').click();
    const list = page.locator('.as-list');
    expect(await list.textContent()).toMatch(/partners with Serbia.*partners with Kenya/);
    const link = list.getByRole('link', { name: 'Kenya', exact: true });
    expect(await link.getAttribute('href')).toBe('explore#/graph?do=open~ke&pick=ke');
    expect((await page.getByRole('list', { name: 'Kinds' }).textContent())?.split(' ').filter(Boolean)).toEqual([
      'country',
      'lab',
      'programme',
    ]);
  });

  it('names the entity that is picked in the drawing', async ({ skip }) => {
    if (!there.isThere) skip('there is no Chrome or Chromium on this machine');
    const { page } = there;
    await open(`?${new URLSearchParams({ query: '{ country(slug: "ke") { name } }' })}`);
    await page.getByRole('button', { name: 'Graph', exact: true }).click();
    await page.getByText('1 entity, 0 relations').waitFor();
    const picked = page.locator('.picked').getByRole('link', { name: 'Kenya' });
    const box = await page.locator('.canvas').boundingBox();
    if (!box) throw new Error('There is no drawing.');
    // The only entity stands in the middle once it has been drawn.
    await expect
      .poll(async () => {
        await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
        return picked.count();
      })
      .toBe(1);
    expect(await picked.getAttribute('href')).toContain('open~ke');
  });

  it('opens the explorer at an entity of the picture', async ({ skip }) => {
    if (!there.isThere) skip('there is no Chrome or Chromium on this machine');
    const { page } = there;
    await page.goto(`${there.origin}/explore#/graph?do=open~ke&pick=ke`);
    await page.getByRole('heading', { name: 'Kenya' }).first().waitFor();
  });

  it('shows errors as sentences with their code and place', async ({ skip }) => {
    if (!there.isThere) skip('there is no Chrome or Chromium on this machine');
    const { page } = there;
    await open(`?${new URLSearchParams({ query: '{\n  labs(first: -1) { totalCount }\n}' })}`);
    await run();
    const alert = page.getByRole('alert', { name: 'Errors' });
    await alert.getByText('BAD_USER_INPUT').waitFor();
    expect(await alert.textContent()).toMatch(/at labs line 2$/);
  });

  it('shows why a request was not sent, and nothing of the one before', async ({ skip }) => {
    if (!there.isThere) skip('there is no Chrome or Chromium on this machine');
    const { page } = there;
    const query = 'query ($first: Int) { labs(first: $first) { nodes { slug name } } }';
    await open(`?${new URLSearchParams({ query, variables: '{"first": 1}' })}`);
    await run();
    await page.locator('.cost-line').getByText('cost').waitFor();
    await page.getByRole('button', { name: 'Table', exact: true }).click();
    await page.locator('.result-table').waitFor();
    await page.locator('.graphiql-editor-tool .view-line').first().click();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('{"first": ');
    await run();
    await page.locator('.graphiql-response').getByText('Request not sent').waitFor();
    expect(await page.getByRole('button', { name: 'Result', exact: true }).getAttribute('aria-pressed')).toBe('true');
    expect(await page.locator('.cost-line').count()).toBe(0);
    await page.getByRole('button', { name: 'Table', exact: true }).click();
    expect(await page.locator('.result-table').count()).toBe(0);
  });

  it('keeps what was typed over a reload, but headers only where that is chosen', async ({ skip }) => {
    if (!there.isThere) skip('there is no Chrome or Chromium on this machine');
    const { page } = there;
    await open(`?${new URLSearchParams({ query: 'query Kept { labs { totalCount } }', variables: '{"kept": 1}' })}`);
    await page.getByRole('button', { name: 'Headers', exact: true }).click();
    await page.locator('.graphiql-editor-tool .graphiql-editor:not(.hidden)').click();
    await page.keyboard.type('{"x-note": "secret"');
    await run();
    await page.locator('.cost-line').getByText('cost').waitFor();
    const stored = () => page.evaluate(() => JSON.stringify([localStorage, sessionStorage]));
    // The history is stored when a query runs.
    await expect.poll(stored).toMatch(/queries.*Kept/);
    expect(await stored()).not.toContain('secret');

    const persist = async (choice: 'On' | 'Off') => {
      await page.getByRole('button', { name: 'Open settings dialog' }).click();
      await page.getByRole('dialog').getByRole('button', { name: choice, exact: true }).click();
      await page.keyboard.press('Escape');
    };
    await persist('On');
    await expect.poll(stored).toContain('secret');
    await open();
    await expect.poll(() => textOf('query')).toContain('query Kept');
    await page.getByRole('button', { name: 'Headers', exact: true }).click();
    await page.locator('.graphiql-editor-tool').getByText('secret').waitFor();
    await persist('Off');
    await expect.poll(stored).not.toContain('secret');
  });

  it('names each editor, and lets the Tab key leave it', async ({ skip }) => {
    if (!there.isThere) skip('there is no Chrome or Chromium on this machine');
    const { page } = there;
    await open();
    for (const name of ['Query.', 'Variables.', 'Headers.', 'Result.'])
      await page.locator(`.graphiql-container textarea[aria-label^="${name}"]`).waitFor({ state: 'attached' });
    const query = page.getByRole('textbox', { name: /^Query\..*Ctrl\+M/ });
    await query.focus();
    await page.keyboard.press('Control+KeyM');
    await page.keyboard.press('Tab');
    await expect.poll(() => query.evaluate((area) => area === document.activeElement)).toBe(false);
    await query.focus();
    await page.keyboard.press('Control+KeyM');
  });

  it('has the documentation, the history and a builder of queries', async ({ skip }) => {
    if (!there.isThere) skip('there is no Chrome or Chromium on this machine');
    const { page } = there;
    const panel = page.locator('.graphiql-plugin');
    await page.getByRole('button', { name: /documentation explorer/i }).click();
    await panel
      .getByText('countryGroups')
      .or(panel.getByText('Query', { exact: true }))
      .first()
      .waitFor();
    await page.getByRole('button', { name: /show history/i }).click();
    await panel.getByText('NamesWithoutCaseAndAccents').first().waitFor();
    await page.getByRole('button', { name: /query builder/i }).click();
    await panel.getByText('countryGroups').first().waitFor();
  });

  it('has no fault of its own that axe finds', async ({ skip }) => {
    if (!there.isThere) skip('there is no Chrome or Chromium on this machine');
    const { page } = there;
    await open('?example=24-what-is-around-a-platform');
    // The builder, a library of its own, has fields without labels.
    await page.getByRole('button', { name: 'Show Cookbook' }).click();
    await run();
    await page.getByRole('button', { name: 'Graph', exact: true }).click();
    await page.locator('.canvas').waitFor();
    const expectNone = async () => {
      // The tabs of GraphiQL 5 have buttons in them.
      const { 'nested-interactive': tabs = [], ...others } = await there.faults();
      expect(others).toEqual({});
      expect(tabs.filter((html) => !html.includes('class="graphiql-tab'))).toEqual([]);
    };
    await expectNone();
    await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
    await page.getByText('All Schema Types').waitFor();
    await expectNone();
  });

  it('has asked nobody else for anything, and complained of nothing but the errors that were provoked', ({ skip }) => {
    if (!there.isThere) skip('there is no Chrome or Chromium on this machine');
    expect(there.attempted).toEqual([]);
    // The builder of queries tells whoever looks into the console which arguments it cannot show.
    expect(there.complaints.filter((text) => !text.startsWith('arg mismatch between arg and selection'))).toEqual([]);
  });
});

describe('the playground of a server that does not tell its schema', { timeout: 120_000 }, () => {
  const there = playground(() => serve({ introspection: false }));

  it('says so in words, and runs the cookbook all the same', async ({ skip }) => {
    if (!there.isThere) skip('there is no Chrome or Chromium on this machine');
    const { page } = there;
    await there.open('?example=05-what-the-graph-holds');
    await page.getByText('Introspection is disabled').waitFor();
    await there.run();
    await page.getByText(/rows read/).waitFor();
    await page.getByRole('button', { name: 'Graph', exact: true }).click();
    await page
      .locator('.view')
      .getByText(/no entities/)
      .first()
      .waitFor();
  });
});
