import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepStatistics } from '../../src/graph/statistics.ts';
import { loadExamples } from '../../src/http/examples.ts';
import type { Listening } from '../../src/http/listen.ts';
import { createContext, schema } from '../../src/schema/index.ts';
import { createServer } from '../../src/server.ts';
import { launchBrowser } from '../setup/browser.ts';
import { silkgraph } from '../setup/silkgraph.ts';

const examples = loadExamples();
const app = silkgraph();

describe('GraphiQL in a browser that reaches nothing but this server', () => {
  const attempted: string[] = [];
  const complaints: string[] = [];
  let browser: Browser | undefined;
  let listening: Listening;
  let page: Page;

  beforeAll(async () => {
    browser = await launchBrowser();
    if (browser === undefined) return;
    const { graph } = app;
    const statistics = keepStatistics(graph);
    const server = createServer({ schema, context: (read) => createContext(graph, statistics, read) });
    listening = await server.listen(0, '127.0.0.1');
    page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.route('**/*', (route) => {
      const address = route.request().url();
      if (address.startsWith(`${listening.origin}/`) || /^(blob|data):/.test(address)) return route.continue();
      attempted.push(address);
      return route.abort();
    });
    await page.goto(`${listening.origin}/graphql`);
  });
  afterAll(async () => {
    await browser?.close();
    await listening?.close(0);
  });

  it('opens the examples in its tabs, and answers the first', async ({ skip }) => {
    if (browser === undefined) skip('there is no Chrome or Chromium on this machine');
    const tabs = page.getByRole('tab');
    await tabs.nth(examples.length - 1).waitFor();
    const names = examples.map(({ query }) => /^query (\w+)/m.exec(query)?.[1] ?? '');
    const shown = await tabs.allTextContents();
    expect(shown).toHaveLength(names.length);
    for (const [index, name] of names.entries()) expect(shown[index]).toContain(name);

    await page.getByRole('button', { name: /execute query/i }).click();
    const answer = page.locator('.graphiql-response');
    await answer.getByText('"Egerton University"').waitFor();
    await page.screenshot({ path: join(tmpdir(), 'silkgraph-graphiql.png') });
    expect(await answer.textContent()).not.toContain('"errors"');
  });

  it('shows the documentation of the schema', async ({ skip }) => {
    if (browser === undefined) skip('there is no Chrome or Chromium on this machine');
    await page.getByRole('button', { name: /documentation explorer/i }).click();
    await page.getByText('countryGroups').first().waitFor();
    await page.screenshot({ path: join(tmpdir(), 'silkgraph-graphiql-docs.png') });
  });

  it('has asked nobody else for anything, and complained of nothing', ({ skip }) => {
    if (browser === undefined) skip('there is no Chrome or Chromium on this machine');
    expect(attempted).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
