import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import type { Locator } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { explorer } from '../setup/explorer.ts';
import { readPage } from '../setup/pages.ts';
import { silkgraph } from '../setup/silkgraph.ts';

const app = silkgraph();
const seen = explorer(() => app.graph);

/** How long something may take until it is seen. */
const slow = { timeout: 60_000 };

/** Steps of each errand that the documentation promises: on a desktop, and on a phone. */
const promised = new Map(
  [...readPage('docs/design/explorer.md').text.matchAll(/^\| (.+) \| (\d+) \| (\d+) \|$/gm)].map(
    ([, errand = '', desktop, phone]) => [errand, { desktop: Number(desktop), phone: Number(phone) }] as const,
  ),
);

/** What a user does, counted. */
class Steps {
  count = 0;

  async click(what: Locator): Promise<void> {
    this.count += 1;
    await what.click(slow);
  }

  async type(into: Locator, text: string): Promise<void> {
    this.count += 1;
    await into.pressSequentially(text, slow);
  }

  async press(where: Locator, key: string): Promise<void> {
    this.count += 1;
    await where.press(key, slow);
  }
}

const sizes = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const;

describe.each(Object.entries(sizes))('an errand on a %s', { timeout: 240_000 }, (device, size) => {
  const isPhone = device === 'phone';
  let steps: Steps;

  beforeEach(async ({ skip }) => {
    if (!seen.isThere) skip('there is no Chrome or Chromium on this machine');
    steps = new Steps();
    seen.page.setDefaultTimeout(slow.timeout);
    await seen.page.setViewportSize(size);
  });

  const main = () => seen.page.getByRole('main');
  const link = (name: string | RegExp) => main().getByRole('link', { name }).first();
  const details = () => seen.page.getByRole('region', { name: 'Details' });
  const expectSteps = (errand: string) =>
    expect({ errand, steps: steps.count }).toEqual({ errand, steps: promised.get(errand)?.[device as 'phone'] });

  /** Opens a page by the header; on a phone by its menu. */
  async function toPage(name: string): Promise<void> {
    if (isPhone) await steps.click(seen.page.locator('.top-menu > summary'));
    await steps.click(seen.page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name, exact: true }));
  }

  /** Opens the filters of a list, which a phone folds. */
  async function toFilters(): Promise<void> {
    if (isPhone) await steps.click(main().getByText('Filters', { exact: true }).first());
  }

  async function search(words: string): Promise<void> {
    const box = seen.page.getByRole('combobox', { name: /Search/ });
    await steps.type(box, words);
    await seen.page
      .getByRole('option', { name: new RegExp(words) })
      .first()
      .waitFor(slow);
    await box.press('ArrowDown');
    await steps.press(box, 'Enter');
  }

  /** Slugs of the rows of a list. */
  const listed = () =>
    main()
      .locator('.list-sheet tbody th a')
      .evaluateAll((links) => links.map((each) => /pick=([\w-]+)/.exec((each as HTMLAnchorElement).hash)?.[1]).sort());

  it('finds laboratories for artificial intelligence with African partners, and asks the same by GraphQL', async () => {
    await seen.open('/');
    await steps.click(link(/Laboratories$/));
    await toFilters();
    await steps.click(link(/^Artificial intelligence/));
    await steps.click(link(/^Africa/));
    const { labs } = await app.data(
      '{ labs(filter: { partnerCountries: { some: { region: { eq: AFRICA } } }, areas: { some: { slug: { eq: "artificial-intelligence" } } } }) { nodes { slug } } }',
    );
    const slugs = labs.nodes.map(({ slug }: { slug: string }) => slug).sort();
    expect(slugs.length).toBeGreaterThan(0);
    await expect.poll(listed, slow).toEqual(slugs);
    expectSteps('Laboratories for artificial intelligence with African partners');

    steps = new Steps();
    const query = seen.page.getByRole('link', { name: 'Open as GraphQL' });
    const { search: asked } = new URL((await query.getAttribute('href')) ?? '', seen.origin);
    steps.count += 1;
    const given = new URLSearchParams(asked);
    const response = await seen.page.request.post(`${seen.origin}/graphql`, {
      data: { query: given.get('query'), variables: JSON.parse(given.get('variables') ?? '{}') },
    });
    const { data } = (await response.json()) as { data: { labs: { nodes: { slug: string }[] } } };
    expect(data.labs.nodes.map(({ slug }) => slug).sort()).toEqual(slugs);
    expectSteps('The query behind the first list, with the same answer from the API');
    // The playground runs it by itself. The test watches one tab alone.
    await query.evaluate((element) => element.removeAttribute('target'));
    await query.click(slow);
    const answer = seen.page.locator('.graphiql-response .view-lines');
    await expect.poll(async () => (await answer.allTextContents()).join(''), slow).toContain('"totalCount"');
  });

  it('connects Serbia with Kenya, other than through the initiative', async () => {
    await seen.open('/');
    await search('Serbia');
    await steps.click(details().getByRole('button', { name: 'Connect with …' }));
    const asking = seen.page.getByRole('region', { name: 'How are these connected?' });
    const box = asking.getByRole('combobox', { name: 'To' });
    await steps.type(box, 'Kenya');
    await asking.getByRole('option', { name: /Kenya/ }).first().waitFor(slow);
    await box.press('ArrowDown');
    await steps.press(box, 'Enter');
    await steps.click(asking.getByRole('button', { name: 'How are these connected?' }));
    await asking.getByText(/paths?, the shortest of/).waitFor(slow);
    const path = await asking.locator('.hops').first().textContent();
    expect(path).toContain('Kenya');
    expect(path).not.toContain('Belt and Road Initiative');
    expectSteps('How Serbia is connected with Kenya, other than through the Belt and Road Initiative');
  });

  it('ranks universities by the laboratories that they lead or host, and takes the list and a picture along', async () => {
    await seen.open('/');
    await steps.click(link(/Institutions$/));
    await toFilters();
    await steps.click(link(/^University/));
    await steps.click(main().getByRole('button', { name: /^Laboratories led or hosted/ }));
    const { institutions } = await app.data(
      '{ institutions(filter: { type: { in: [UNIVERSITY] } }, first: 1, orderBy: [{ labs: { count: DESC, filter: { edge: { role: { in: [LEAD, HOST] } } } } }, { name: ASC }]) { totalCount nodes { slug labs(filter: { edge: { role: { in: [LEAD, HOST] } } }, first: 0) { totalCount } } } }',
    );
    const [best] = institutions.nodes;
    const first = main().locator('.list-sheet tbody tr').first();
    await expect.poll(() => first.locator('th a').getAttribute('href'), slow).toContain(`pick=${best.slug}`);
    expect(await first.locator('.related .total').textContent()).toBe(String(best.labs.totalCount));
    expectSteps('Universities ranked by the laboratories that they lead or host');

    steps = new Steps();
    const exported = async (title: string) => {
      await steps.click(seen.page.getByText('Export', { exact: true }));
      const waiting = seen.page.waitForEvent('download', slow);
      await steps.click(seen.page.getByRole('button', { name: title }));
      return readFileSync(await (await waiting).path());
    };
    const rows = parse(await exported('All rows (CSV)'), { bom: true, columns: true }) as Record<string, string>[];
    expect(rows).toHaveLength(institutions.totalCount);
    expect(rows[0]).toMatchObject({ ID: best.slug, Address: `${seen.origin}/entity/${best.slug}` });
    expectSteps('That list as CSV');

    steps = new Steps();
    await steps.click(link(/^Groups$/));
    await main().locator('.bars').waitFor(slow);
    const picture = String(await exported('Image (SVG)'));
    expect(picture).toContain('Institutions by ');
    expect(picture).toContain(seen.origin);
    expectSteps('A captioned chart of that list, grouped');
  });

  it('shares a link that shows somebody else the same', async () => {
    const { page } = seen;
    await seen.open('/groups?of=institutions&by=type');
    await main().locator('.pivot').waitFor(slow);
    // A clipboard of the test, since that of the machine is shared.
    await page.evaluate(() => {
      Object.defineProperty(navigator, 'clipboard', {
        value: { writeText: async (text: string) => Object.assign(window, { copied: text }) },
      });
    });
    const before = await main().locator('.pivot').textContent();
    await steps.click(page.getByRole('button', { name: 'Share' }));
    await page.getByRole('button', { name: 'Link copied' }).waitFor(slow);
    const copied = await page.evaluate(() => (window as unknown as { copied: string }).copied);
    await page.goto('about:blank');
    await page.goto(copied);
    await expect.poll(() => main().locator('.pivot').textContent(), slow).toBe(before);
    expectSteps('A link that shows somebody else the same');
  });

  it('tells a journalist of Kenya, with sources', async () => {
    await seen.open('/');
    await search('Kenya');
    await steps.click(details().getByRole('link', { name: 'Full page', exact: true }));
    await seen.page.getByRole('heading', { level: 1, name: /Kenya/ }).waitFor(slow);
    const text = await seen.page.getByRole('main').textContent();
    for (const part of ['China-Kenya Joint Laboratory for Crop Molecular Biology', 'Sources']) {
      expect(text).toContain(part);
    }
    expectSteps('Kenya for a journalist, with its sources');
  });

  it('lists what changed since a date', async () => {
    await seen.open('/');
    await toPage('Ask');
    await steps.click(link(/^Changes/));
    const day = new Date(Date.now() - 7 * 24 * 60 * 60 * 1_000).toISOString().slice(0, 10);
    steps.count += 1;
    await main().getByLabel('Since').fill(day);
    await main()
      .getByText(/^Entities: |Nothing has been recorded/)
      .first()
      .waitFor(slow);
    expect(seen.page.url()).toContain(`from=${day}`);
    expectSteps('What changed since a date');
  });

  it('finds where the graph knows little, and on which platforms sources disagree', async () => {
    await seen.open('/');
    await toPage('Ask');
    await steps.click(link(/^Gaps/));
    const { gaps } = await app.data(
      '{ gaps { conflicts(kinds: [PLATFORM]) { count entities(first: 100) { slug name } } missing { count } } }',
    );
    const [conflict] = gaps.conflicts;
    const row = main()
      .getByRole('region', { name: 'Sources disagree' })
      .getByRole('row', { name: /Platforms/ });
    await expect.poll(() => row.getByRole('link').textContent(), slow).toBe(String(conflict.count));
    expect(await main().getByRole('region', { name: 'Missing values' }).getByRole('row').count()).toBe(
      gaps.missing.length + 1,
    );
    expectSteps('Where the graph knows little');

    await steps.click(row.getByRole('link'));
    await expect.poll(() => main().locator('.gap-entities li').count(), slow).toBe(conflict.count);
    await steps.click(main().locator('.gap-entities button').first());
    await details().getByRole('heading', { name: 'Sources disagree' }).waitFor(slow);
    expectSteps('Which sources disagree on a platform');
  });
});
