import { readFileSync } from 'node:fs';
import { strFromU8, unzipSync } from 'fflate';
import { beforeEach, describe, expect, it } from 'vitest';
import { keepStatistics } from '../../src/engine/reads/statistics.ts';
import { createContext } from '../../src/graphql/index.ts';
import { explorer } from '../setup/explorer.ts';
import { silkgraph } from '../setup/silkgraph.ts';

const app = silkgraph();
let isAway = false;
const seen = explorer(
  () => app.graph,
  () => ({ context: (read) => (isAway ? {} : createContext(app.graph, keepStatistics(app.graph), read)) }),
);

const slow = { timeout: 60_000 };

describe('the explorer', { timeout: 240_000 }, () => {
  beforeEach(({ skip }) => {
    if (!seen.isThere) skip('there is no Chrome or Chromium on this machine');
    isAway = false;
    seen.page.setDefaultTimeout(slow.timeout);
  });
  const main = () => seen.page.getByRole('main');

  it('draws the sets of a pattern, exports them, and saves the view on the device', async () => {
    await seen.open('/pattern?things=a~Lab~~partnerCountries.region~AFRICA,b~Country&links=a~PARTNERS_WITH~b');
    await main().getByRole('link', { name: 'Show these on the graph' }).click();
    const { match } = await app.data(
      '{ match(pattern: { entities: [{ as: "a", kind: LAB, filter: { lab: { partnerCountries: { some: { region: { eq: AFRICA } } } } } }, { as: "b", kind: COUNTRY }], relations: [{ from: "a", relation: PARTNERS_WITH, to: "b" }] }, first: 100) { nodes { entities { entity { slug } } } } }',
    );
    const slugs = new Set(
      match.nodes.flatMap(({ entities }: { entities: { entity: { slug: string } }[] }) =>
        entities.map(({ entity }) => entity.slug),
      ),
    );
    await main().getByText(`${slugs.size} entities,`).waitFor(slow);

    const exported = async (title: string) => {
      await seen.page.getByText('Export', { exact: true }).click();
      const waiting = seen.page.waitForEvent('download', slow);
      await seen.page.getByRole('button', { name: title }).click();
      return readFileSync(await (await waiting).path());
    };
    expect((String(await exported('Graph (GraphML)')).match(/<node /g) ?? []).length).toBe(slugs.size);
    const book = unzipSync(await exported('Entities and relations (XLSX)'));
    const rows = strFromU8(book['xl/worksheets/sheet1.xml'] ?? new Uint8Array()).match(/<row>/g) ?? [];
    expect(rows).toHaveLength(slugs.size + 1);
    expect(String(await exported('Sources (BibTeX)'))).toMatch(/^@\w+\{/);

    await seen.page.getByRole('button', { name: 'Save' }).click();
    await seen.page.getByRole('button', { name: 'Saved' }).waitFor(slow);
    const address = seen.page.url();
    await seen.open('/');
    const saved = main().getByRole('region', { name: 'Saved on this device' });
    await saved.getByRole('link').first().click();
    expect(seen.page.url()).toBe(address);
    await seen.open('/');
    await saved.getByRole('button', { name: /Remove/ }).click();
    await saved.waitFor({ state: 'detached' });
  });

  it('opens the page of an entity again when the graph is back', async () => {
    isAway = true;
    await seen.page.goto(`${seen.origin}/entity/ke?lang=en`);
    await seen.page.getByRole('heading', { name: 'This page is not available at the moment' }).waitFor(slow);
    isAway = false;
    await seen.page.getByRole('heading', { level: 1, name: 'Kenya' }).waitFor(slow);
  });

  it('fits on a sheet of paper, in dark ink, whatever the screen is like', async () => {
    const { page } = seen;
    const size = page.viewportSize() ?? { width: 1280, height: 800 };
    await page.emulateMedia({ colorScheme: 'dark' });
    await seen.open('/graph?do=open~african-union');
    await page.locator('.canvas[data-dark="true"]').waitFor(slow);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await page.locator('.canvas').evaluate((canvas) => getComputedStyle(canvas).filter)).toContain('invert');
    await page.setViewportSize({ width: 718, height: 1000 });
    const rightOf = (parts: string) =>
      page.locator(parts).evaluateAll((all) => Math.max(...all.map((each) => each.getBoundingClientRect().right)));
    await seen.open('/list?of=labs');
    await page.locator('.list-sheet td').first().waitFor(slow);
    expect(await rightOf('.list-sheet :is(th, td)')).toBeLessThanOrEqual(718);
    await page.goto(`${seen.origin}/entity/ke?lang=en`);
    expect(await page.locator('h1').evaluate((heading) => getComputedStyle(heading).color)).toBe('rgb(34, 38, 43)');
    await page.emulateMedia({ media: null, colorScheme: null });
    await page.setViewportSize(size);
  });

  it('works where the storage of the browser is full or refused, and lasts until the page is left', async () => {
    const page = await seen.page.context().browser()?.newPage();
    if (page === undefined) throw new Error('The browser was closed.');
    try {
      const errors: string[] = [];
      page.on('pageerror', ({ message }) => errors.push(message));
      const save = async () => {
        await page.goto(`${seen.origin}/explore?lang=en#/list?of=parks`);
        await page.getByRole('button', { name: 'Save' }).click(slow);
        await page.getByLabel('Theme').first().selectOption('dark');
        await page.getByRole('link', { name: 'Silkgraph' }).click();
        await page
          .getByRole('region', { name: 'Saved until this page is closed' })
          .getByRole('link', { name: /Parks/ })
          .waitFor(slow);
        await page.getByLabel('Language').first().selectOption('zh-Hans');
        await page.getByRole('heading', { level: 1, name: /科技合作/ }).waitFor(slow);
      };
      await page.addInitScript(() => {
        Storage.prototype.setItem = () => {
          throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
        };
      });
      await save();
      await page.addInitScript(() => {
        for (const name of ['localStorage', 'sessionStorage'])
          Object.defineProperty(window, name, {
            get() {
              throw new DOMException('Access is denied for this document.', 'SecurityError');
            },
          });
      });
      await save();
      await page.goto(`${seen.origin}/graphql?lang=en&query={labs{totalCount}}`);
      await page.locator('.graphiql-response').getByText('totalCount').waitFor(slow);
      expect(errors).toEqual([]);
    } finally {
      await page.close();
    }
  });
});
