import { createServer as createProxy, request as forward, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { explorer } from '../setup/explorer.ts';
import { silkgraph } from '../setup/silkgraph.ts';

const PREFIX = '/graph';

const app = silkgraph();
/** What the pages asked for outside of the path. */
const lost: string[] = [];
let proxy: Server;
let site = '';

/** Passes on what is below the path, without the path, as `location /graph/ { proxy_pass http://server/; }` does. */
const createStrippingProxy = (server: () => string) =>
  createProxy((incoming, outgoing) => {
    const path = incoming.url ?? '';
    if (!path.startsWith(`${PREFIX}/`)) {
      lost.push(path);
      outgoing.writeHead(404).end();
      return;
    }
    const { method, headers } = incoming;
    const passed = forward(`${server()}${path.slice(PREFIX.length)}`, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    passed.on('error', () => outgoing.destroy());
    incoming.pipe(passed);
  });

beforeAll(async () => {
  proxy = createStrippingProxy(() => seen.origin).listen(0, '127.0.0.1');
  await new Promise((resolve) => proxy.once('listening', resolve));
  site = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
});
afterAll(() => {
  proxy.closeAllConnections();
  proxy.close();
});

const seen = explorer(
  () => app.graph,
  () => ({ publicUrl: site + PREFIX }),
);

describe('below a path of a proxy', { timeout: 240_000 }, () => {
  beforeEach(({ skip }) => {
    if (!seen.isThere) skip('there is no Chrome or Chromium on this machine');
    seen.page.setDefaultTimeout(60_000);
  });
  const main = () => seen.page.getByRole('main');

  it('the explorer shows its lists and its map, and stores what it knows apart from other servers of the site', async () => {
    const { page } = seen;
    await page.goto(`${site}${PREFIX}/`);
    await main().getByRole('link', { name: 'Map' }).first().waitFor();
    expect(page.url()).toMatch(`${site}${PREFIX}/explore`);
    await page.goto(`${site}${PREFIX}/explore/#/map`);
    await main().locator('svg path').first().waitFor();
    expect(page.url()).toMatch(`${site}${PREFIX}/explore#/map`);
    await page.goto('about:blank');
    await page.goto(`${site}${PREFIX}/explore#/list?of=countries&where=slug~kenya`);
    await main().getByRole('button', { name: 'Save' }).click();
    await main().getByRole('button', { name: 'Saved' }).waitFor();
    const names = await page.evaluate(() => Object.keys(localStorage));
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((name) => !name.startsWith('/graph '))).toEqual([]);
  });

  it('the page of an entity has its icon, its fonts and its map, and leads back', async () => {
    const { page } = seen;
    await page.goto(`${site}${PREFIX}/entity/ke?lang=zh-Hans`);
    const icon = await page.locator('link[rel=icon]').evaluate((link) => (link as HTMLLinkElement).href);
    expect(icon).toMatch(`${site}${PREFIX}/explore/assets/`);
    expect(await page.evaluate(() => document.styleSheets.length)).toBe(2);
    const links = await page
      .locator('a')
      .evaluateAll((all) => all.map((link) => new URL(link.getAttribute('href') ?? '', link.baseURI).href));
    const elsewhere = links.filter((address) => address.startsWith(`${site}/`) && !address.startsWith(site + PREFIX));
    expect(elsewhere).toEqual([]);
    await page.getByRole('link', { name: 'Silkgraph', exact: true }).first().click();
    await page.locator('main:not(:has(.loading))').waitFor();
    expect(page.url()).toMatch(`${site}${PREFIX}/explore?lang=zh-Hans`);
  });

  it('an address that leads nowhere has a page with its icon, however deep', async () => {
    const { page } = seen;
    await page.goto(`${site}${PREFIX}/some/where/else`);
    const icon = await page.locator('link[rel=icon]').evaluate((link) => (link as HTMLLinkElement).href);
    expect(icon).toMatch(`${site}${PREFIX}/explore/assets/`);
  });

  it('the playground asks, leads to the explorer, and copies requests with the whole address', async () => {
    const { page } = seen;
    await page.goto(`${site}${PREFIX}/graphql?query=${encodeURIComponent('{ labs { totalCount } }')}`);
    await page.locator('.graphiql-response .view-line').getByText('totalCount').waitFor();
    await page.getByRole('button', { name: 'Code' }).click();
    await page.getByText(`curl '${site}${PREFIX}/graphql'`).waitFor();
    const brand = await page.locator('a.brand').evaluate((link) => (link as HTMLAnchorElement).href);
    expect(brand).toBe(`${site}${PREFIX}/explore`);
  });

  it('nothing is asked for outside of the path', () => {
    expect(lost).toEqual([]);
    // The page of an address that leads nowhere.
    expect(seen.complaints).toEqual([expect.stringContaining('404')]);
  });
});
