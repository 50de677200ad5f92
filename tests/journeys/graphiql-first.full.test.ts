import { beforeEach, describe, expect, it } from 'vitest';
import { keepStatistics } from '../../src/graph/reads/statistics.ts';
import { createContext } from '../../src/schema/index.ts';
import { createServer } from '../../src/server/server.ts';
import { playground } from '../setup/playground.ts';
import { served } from '../setup/served.ts';
import { silkgraph } from '../setup/silkgraph.ts';

const app = silkgraph();

describe('the playground before GraphiQL is loaded', { timeout: 120_000 }, () => {
  const there = playground(() => {
    const statistics = keepStatistics(app.graph);
    // Neo4j plans each statement once, which takes its time on a busy machine.
    return createServer({ ...served, timeout: 60_000, context: (read) => createContext(app.graph, statistics, read) });
  });

  /** Opens the page without GraphiQL. @returns a function that lets it come */
  async function openFirst(search = ''): Promise<() => void> {
    let come = () => {};
    const coming = new Promise<void>((resolve) => {
      come = resolve;
    });
    await there.page.route('**/open-playground-*.js', async (route) => {
      await coming;
      await route.continue();
    });
    await there.page.goto(`${there.origin}/graphql${search}`);
    await there.page.getByLabel('Query', { exact: true }).waitFor();
    return come;
  }

  const first = () => there.page.getByRole('region', { name: 'Result', exact: true });
  const response = () => there.page.locator('.graphiql-response');
  // The tabs of earlier tests may have been stored, or not yet.
  const openTab = () => there.page.locator('.graphiql-tab-active');

  beforeEach(async ({ skip }) => {
    if (!there.isThere) skip('there is no Chrome or Chromium on this machine');
    await there.page.unrouteAll({ behavior: 'ignoreErrors' });
  });

  it('runs what is typed, and keeps the text, the cursor and the answer when GraphiQL comes', async () => {
    const { page } = there;
    const come = await openFirst();
    const query = page.getByLabel('Query', { exact: true });
    await query.fill('query Typed { country(slug: "ke") { name } }');
    await query.press('Control+Enter');
    await first().getByText('"Kenya"').waitFor();
    expect(await there.faults()).toEqual({});
    await query.press('Control+Home');
    come();
    await response().getByText('"Kenya"').waitFor();
    await first().waitFor({ state: 'detached' });
    await page.locator('.cost-line').waitFor();
    await page.keyboard.type('# here\n');
    await expect.poll(() => there.textOf('query')).toMatch(/^# here.*query Typed/);
  });

  it('runs the query of a link with its variables, once', async () => {
    const { page } = there;
    const asked: string[] = [];
    page.on('request', (request) => {
      if (request.postData()?.includes('Linked')) asked.push(request.url());
    });
    const query = 'query Other { labs { totalCount } } query Linked($slug: ID!) { node(id: $slug) { id } }';
    const parameters = { query, variables: '{"slug": "ke"}', operationName: 'Linked' };
    const come = await openFirst(`?${new URLSearchParams(parameters)}`);
    await first().getByText('"node": null').waitFor();
    come();
    await response().getByText('"node": null').waitFor();
    expect(asked).toHaveLength(1);
    expect(await openTab().textContent()).toBe('Linked');
  });

  it('runs the operation of a link also once its text is changed, here and in GraphiQL', async () => {
    const { page } = there;
    const query = 'query Other { labs { totalCount } } query Linked { country(slug: "ke") { name } }';
    const come = await openFirst(`?${new URLSearchParams({ query, operationName: 'Linked' })}`);
    await first().getByText('"Kenya"').waitFor();
    const text = page.getByLabel('Query', { exact: true });
    await text.fill(query.replace('"ke"', '"rs"'));
    await text.press('Control+Enter');
    await first().getByText('"Serbia"').waitFor();
    come();
    await first().waitFor({ state: 'detached' });
    await openTab().getByText('Linked').waitFor();
    const asked = page.waitForRequest((request) => request.postData()?.includes('"rs') ?? false);
    await page.keyboard.press('Control+Enter');
    expect((await asked).postDataJSON()).toMatchObject({ operationName: 'Linked' });
  });

  it('changes nothing by a link', async () => {
    const come = await openFirst(`?${new URLSearchParams({ query: 'mutation { delete(id: "ke") { __typename } }' })}`);
    expect(await first().textContent()).toBe('');
    come();
    await there.page.getByRole('button', { name: /execute query/i }).waitFor();
    expect(await there.page.locator('.cost-line').count()).toBe(0);
  });

  it('says what is wrong with variables, and leaves a subscription to GraphiQL', async () => {
    const { page } = there;
    const come = await openFirst(`?${new URLSearchParams({ query: '{ labs { totalCount } }', variables: '{"a"' })}`);
    await first().getByText('The variables are not a JSON object').waitFor();
    await page.getByLabel('Variables', { exact: true }).fill('');
    await page.getByLabel('Query', { exact: true }).fill('subscription { changes { __typename } }');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await first().getByText('Starts once the editor is complete').waitFor();
    come();
    await page.getByRole('button', { name: /stop query/i }).waitFor();
  });

  it('says that the rest cannot be loaded, and still runs queries', async () => {
    const { page } = there;
    await page.route('**/open-playground-*.js', (route) => route.abort());
    await page.goto(`${there.origin}/graphql?${new URLSearchParams({ query: '{ country(slug: "ke") { name } }' })}`);
    await page.getByRole('status').getByText('Reload the page').waitFor();
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await first().getByText('"Kenya"').waitFor();
  });
});
