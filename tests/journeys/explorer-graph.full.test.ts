import { beforeEach, describe, expect, it } from 'vitest';
import { explorer } from '../setup/explorer.ts';
import { silkgraph } from '../setup/silkgraph.ts';

const app = silkgraph();
const seen = explorer(() => app.graph);

/** How long something may take until it is seen. */
const slow = { timeout: 60_000 };

interface Place {
  readonly x: number;
  readonly y: number;
}

/** The rectangle around places. */
function rectangleAround(places: readonly Place[]) {
  const [xs, ys] = [places.map(({ x }) => x), places.map(({ y }) => y)];
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
}

// Long where a machine has much else to do; seconds where it has not.
describe('the graph of the explorer', { timeout: 240_000 }, () => {
  beforeEach(({ skip }) => {
    if (!seen.isThere) skip('there is no Chrome or Chromium on this machine');
    seen.page.setDefaultTimeout(slow.timeout);
  });

  const shown = () => seen.page.locator('.shown').textContent();
  /** Kinds of Kenya and its neighbours, by slug. */
  async function kindsAroundKenya(): Promise<ReadonlyMap<string, string>> {
    const { neighborhood } = await app.data('{ neighborhood(of: ["ke"]) { nodes { __typename slug } } }');
    return new Map(
      neighborhood.nodes.map(({ slug, __typename }: { slug: string; __typename: string }) => [slug, __typename]),
    );
  }

  it('shows the whole again when the way back leads to an address without a part', async () => {
    const { page } = seen;
    await seen.open('/graph?do=open~ke');
    const before = await seen.placeOf('ke');
    await page.locator('.canvas-frame').press('ArrowRight');
    await expect.poll(() => page.url(), slow).toContain('pick=');
    await page.getByRole('button', { name: 'Zoom in' }).click();
    await expect.poll(() => page.url(), slow).toContain('at=');
    await page.goBack();
    await expect.poll(() => page.url(), slow).not.toContain('at=');
    expect(await seen.placeOf('ke')).toEqual(before);
    await page.goForward();
    await expect.poll(() => page.url(), slow).toContain('at=');
    expect(await seen.placeOf('ke')).not.toEqual(before);
  });

  it('finds paths that leave out an entity of a path, and takes the entity back', async () => {
    const { page } = seen;
    await seen.open('/graph?do=paths~rs~ke&path=0');
    const asking = page.getByRole('region', { name: 'How are these connected?' });
    const avoid = asking.getByRole('button', { name: /^Not through / }).first();
    const name = ((await avoid.textContent()) ?? '').replace('Not through ', '');
    const before = await asking.locator('.hops').first().textContent();
    expect(before).toContain(name);

    await avoid.click();
    const chip = asking.getByRole('button', { name: `Remove not through ${name}` });
    await chip.waitFor();
    await expect.poll(() => asking.locator('.hops').first().textContent(), slow).not.toContain(name);
    for (const way of await asking.locator('button.path').allTextContents()) expect(way).not.toContain(name);
    const avoided = /do=paths~rs~ke~[^&]*/.exec(page.url());
    expect(avoided).not.toBeNull();

    await chip.click();
    await expect.poll(() => asking.locator('.hops').first().textContent(), slow).toBe(before);
  });

  it.each([
    ['rs', 'ke'],
    ['fj', 'rs'],
  ])(
    'says that paths from %s to %s lead through hubs, because there are no others, and opens the query that found them',
    async (from, to) => {
      await seen.open(`/graph?do=paths~${from}~${to}&path=0`);
      const asking = seen.page.getByRole('region', { name: 'How are these connected?' });
      await asking.getByText('Without hubs there is no path, so these lead through them.').waitFor();
      const link = await asking.getByRole('link', { name: 'Open as GraphQL' }).getAttribute('href');
      const opened = new URL(link ?? '', seen.page.url());
      const given = new URLSearchParams(opened.hash.slice(1) || opened.search);
      const { paths, all } = await app.data(given.get('query') ?? '', JSON.parse(given.get('variables') ?? '{}'));
      const found = [...paths.paths, ...(all?.paths ?? [])].length;
      expect(found).toBeGreaterThan(0);
      await asking.getByText(new RegExp(`^${found} path`)).waitFor();
    },
  );

  it('takes quick clicks on two entities for two clicks, and on one for a double click', async () => {
    const { page } = seen;
    await seen.open('/graph?do=open~ke');
    const [first = '', second = ''] = [...(await kindsAroundKenya()).keys()].filter((slug) => slug !== 'ke');
    const [one, other] = [await seen.placeOf(first), await seen.placeOf(second)];
    await page.mouse.click(one.x, one.y);
    await page.mouse.click(other.x, other.y);
    await expect.poll(() => page.url(), slow).toContain(`pick=${second}`);
    expect(page.url()).not.toContain(`open~${second}`);
    await page.mouse.dblclick(other.x, other.y);
    await expect.poll(() => page.url(), slow).toContain(`open~${second}`);
  });

  it('selects several entities by Shift and click, compares, and removes them together', async () => {
    const { page } = seen;
    await seen.open('/graph?do=open~ke');
    const kinds = await kindsAroundKenya();
    const [first = '', second = ''] = [...kinds.keys()].filter((slug) => slug !== 'ke');
    for (const slug of [first, second]) {
      const { x, y } = await seen.placeOf(slug);
      await page.keyboard.down('Shift');
      await page.mouse.click(x, y);
      await page.keyboard.up('Shift');
      await expect.poll(() => page.url(), slow).toContain(slug);
    }
    const selection = page.getByRole('region', { name: 'Selection' });
    await selection.getByRole('heading', { name: '2 entities selected' }).waitFor();
    const compare = await selection.getByRole('link', { name: 'Compare' }).getAttribute('href');
    expect(new URLSearchParams((compare ?? '').split('?')[1]).get('with')?.split(',')).toEqual([first, second]);

    const all = Number.parseInt((await shown()) ?? '', 10);
    await selection.getByRole('button', { name: 'Remove', exact: true }).click();
    await expect.poll(async () => Number.parseInt((await shown()) ?? '', 10), slow).toBe(all - 2);
    expect(page.url()).toContain(`drop~${first},drop~${second}`);
    await selection.waitFor({ state: 'detached' });
  });

  it('groups by kind, each in a block of its own, and keeps that in the address', async () => {
    const { page } = seen;
    await seen.open('/graph?do=open~ke');
    const kinds = await kindsAroundKenya();
    await page.getByLabel('Group by').selectOption({ label: 'By Kind' });
    await expect.poll(() => page.url(), slow).toContain('grouped=kind');

    const places: (Place & { readonly kind: string })[] = [];
    for (const [slug, kind] of kinds) places.push({ kind, ...(await seen.placeOf(slug)) });
    const blocks = [...new Set(kinds.values())].map((kind) =>
      rectangleAround(places.filter((place) => place.kind === kind)),
    );
    expect(blocks.length).toBeGreaterThan(2);
    for (const one of blocks) {
      for (const other of blocks.filter((each) => each !== one)) {
        const isApart =
          one.right < other.left || other.right < one.left || one.bottom < other.top || other.bottom < one.top;
        expect(isApart, JSON.stringify([one, other])).toBe(true);
      }
    }
    const kept = new URL(page.url()).hash.slice(1);
    await seen.open(kept);
    expect(await page.getByLabel('Group by').inputValue()).toBe('kind');
  });
});
