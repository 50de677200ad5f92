import { buildSchema } from 'graphql';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Listening } from '../../src/server/connections/listen.ts';
import { createServer } from '../../src/service/server.ts';
import { launchBrowser } from '../setup/browser.ts';

/** Ticks until somebody leaves, and then tells that it was left. */
function tickingSchema() {
  const schema = buildSchema('type Query { hello: String } type Subscription { ticks: Int }');
  const running = { count: 0 };
  const ticks = schema.getSubscriptionType()?.getFields().ticks;
  if (!ticks) throw new Error('The schema has no ticks.');
  ticks.subscribe = async function* () {
    running.count += 1;
    try {
      for (let ticks = 1; ; ticks++) {
        yield { ticks };
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    } finally {
      running.count -= 1;
    }
  };
  return { schema, running };
}

describe('a subscription in GraphiQL', () => {
  const { schema, running } = tickingSchema();
  let browser: Browser | undefined;
  let listening: Listening;
  let page: Page;

  beforeAll(async () => {
    browser = await launchBrowser();
    if (browser === undefined) return;
    listening = await createServer({ schema, context: () => ({}) }).listen(0, '127.0.0.1');
    page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(`${listening.origin}/graphql?query=${encodeURIComponent('subscription { ticks }')}`);
    await page.locator('.graphiql-query-editor .view-line').getByText('ticks').waitFor({ timeout: 60_000 });
  });
  afterAll(async () => {
    await browser?.close();
    await listening?.close(0);
  });

  it('shows each event as it comes, and ends when it is stopped', async ({ skip }) => {
    if (browser === undefined) skip('there is no Chrome or Chromium on this machine');
    await page.getByRole('button', { name: /execute query/i }).click();
    const answer = page.locator('.graphiql-response');
    await expect.poll(() => answer.textContent(), { timeout: 30_000 }).toMatch(/"ticks":\s*(?:[3-9]|\d{2,})/);
    expect(running.count).toBe(1);
    await page.getByRole('button', { name: /stop query/i }).click();
    await expect.poll(() => running.count, { timeout: 20_000 }).toBe(0);
  }, 90_000);
});
