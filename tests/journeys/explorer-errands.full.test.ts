import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import type { Download } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { explorer } from '../setup/explorer.ts';
import { silkgraph } from '../setup/silkgraph.ts';

const app = silkgraph();
const seen = explorer(() => app.graph);

/** How long something may take until it is seen. */
const slow = { timeout: 30_000 };

const LAB = 'china-cuba-belt-and-road-joint-laboratory-on-neurotechnology-and-brain-apparatus-communication';

async function contentOf(download: Download): Promise<Buffer> {
  return readFileSync(await download.path());
}

/** Takes along what is seen, by the menu. */
async function exported(title: string): Promise<Buffer> {
  await seen.page.getByText('Export', { exact: true }).click();
  const waiting = seen.page.waitForEvent('download');
  await seen.page.getByRole('button', { name: title }).click();
  return contentOf(await waiting);
}

// Long where a machine has much else to do; seconds where it has not.
describe('the explorer', { timeout: 120_000 }, () => {
  beforeEach(({ skip }) => {
    if (!seen.isThere) skip('there is no Chrome or Chromium on this machine');
  });

  it('opens with the contents, coverage of official totals, and the number of designated laboratories', async () => {
    await seen.open('/');
    const { ontology, gaps } = await app.data(
      '{ ontology { kinds { kind count } } gaps { totals { expected held } } }',
    );
    const main = seen.page.getByRole('main');
    await main.getByText('Only 32 of the 116 laboratories in this dataset are officially designated').waitFor();
    const counts = await main.locator('.kinds .count').allTextContents();
    expect(counts.map((count) => Number(count.replace(',', '')))).toEqual(
      ontology.kinds.map(({ count }: { count: number }) => count),
    );
    const held = await main.locator('.total .held').allTextContents();
    expect(held.map(Number)).toEqual(gaps.totals.map((total: { held: number }) => total.held));
    expect(await main.locator('.total').first().textContent()).toContain('over 70');
  });

  it('finds the labs on artificial intelligence, expands one, connects it with Kenya, and exports', async () => {
    const { page } = seen;
    await seen.open('/');
    await page.getByRole('link', { name: /work on artificial intelligence/ }).click();
    const { labs } = await app.data(
      '{ labs(filter: { areas: { some: { within: "artificial-intelligence" } } }) { nodes { slug designation } } }',
    );
    const designated = labs.nodes.filter(
      ({ designation }: { designation: string }) => designation === 'BELT_AND_ROAD_JOINT_LABORATORY',
    );
    const shown = page.locator('.shown');
    await shown
      .getByText(`Laboratories: ${designated.length} designated, ${labs.nodes.length - designated.length} context.`)
      .waitFor();

    // One click tells, two expand.
    const { x, y } = await seen.placeOf(LAB);
    await page.mouse.click(x, y);
    const details = page.getByRole('region', { name: 'Details' });
    await details.getByRole('heading', { level: 2, name: /China-Cuba Belt and Road Joint Laboratory/ }).waitFor();
    expect(await details.locator('.mark.highlighted').first().textContent()).toBe('designated');
    await page.waitForTimeout(400);
    const before = await shown.textContent();
    await page.mouse.dblclick(x, y);
    await expect.poll(() => shown.textContent(), slow).not.toBe(before);
    expect(page.url()).toContain(`open~${LAB}`);

    await details.getByRole('button', { name: 'Connect with …' }).click();
    const asking = page.getByRole('region', { name: 'How are these connected?' });
    await expect.poll(() => asking.getByRole('combobox', { name: 'From' }).inputValue(), slow).toContain('China-Cuba');
    await asking.getByRole('combobox', { name: 'To' }).pressSequentially('Keny');
    await asking.getByRole('option', { name: /Kenya/ }).first().waitFor();
    await asking.getByRole('combobox', { name: 'To' }).press('ArrowDown');
    await asking.getByRole('combobox', { name: 'To' }).press('Enter');
    await asking.getByRole('button', { name: 'How are these connected?' }).click();
    await asking.getByText(/paths?, the shortest of/).waitFor();
    const { paths } = await app.data(
      // Paths through hubs come last in the explorer.
      'query ($from: ID!) { paths(from: $from, to: "ke", avoidHubs: 120) { paths { length hops { sources { slug } } } } }',
      { from: LAB },
    );
    const hops = asking.locator('.hops > li');
    await expect.poll(() => hops.count(), slow).toBe(paths.paths[0].length);
    for (const hop of await hops.allTextContents()) expect(hop).toMatch(/\d+ sources?|No source recorded/);

    const entities = parse(await exported('Entities (CSV)'), { bom: true, columns: true }) as Record<string, string>[];
    expect(entities.map(({ ID }) => ID)).toEqual(expect.arrayContaining(['ke', LAB]));
    expect(entities.find(({ ID }) => ID === LAB)).toMatchObject({ Designation: 'designated' });
    const graph = JSON.parse(String(await exported('Graph (JSON)')));
    expect(graph.nodes).toHaveLength(entities.length);
    expect(graph.edges.length).toBeGreaterThan(0);
    expect((await exported('Image (PNG)')).subarray(1, 4).toString()).toBe('PNG');
  });

  it('comes back as it was from its address, and goes back step by step', async () => {
    const { page } = seen;
    const shown = page.locator('.shown');
    await seen.open('/graph?do=open~ke,drop~african-union&pick=ke&without=PROGRAM');
    const [first, place] = [await shown.textContent(), await seen.placeOf('egerton-university')];
    expect(first).toMatch(/^5 of 7 entities/);
    await seen.open('/graph?do=open~ke,drop~african-union&pick=ke&without=PROGRAM');
    expect(await shown.textContent()).toBe(first);
    const again = await seen.placeOf('egerton-university');
    // A line of text that is a pixel higher moves the picture as a whole.
    expect(Math.hypot(again.x - place.x, again.y - place.y)).toBeLessThan(3);

    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => shown.textContent(), slow).toMatch(/^6 of 8 entities/);
    await page.goBack();
    await expect.poll(() => shown.textContent(), slow).toBe(first);
  });

  it('is used by keyboard alone: search, walk, expand, remove, undo', async () => {
    const { page } = seen;
    await seen.open('/');
    await page.keyboard.press('Tab');
    await expect(page.locator(':focus').textContent()).resolves.toBe('Skip to content');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    const box = page.getByRole('combobox', { name: /Search/ });
    expect(await box.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.type('kenya');
    await page
      .getByRole('option', { name: /^Kenya/ })
      .first()
      .waitFor();
    expect(await box.getAttribute('aria-expanded')).toBe('true');
    await page.keyboard.press('Escape');
    expect(await box.getAttribute('aria-expanded')).toBe('false');
    await page.keyboard.press('ArrowDown');
    await page
      .getByRole('option', { name: /^Kenya/ })
      .first()
      .waitFor();
    await page.keyboard.press('ArrowDown');
    const active = await box.getAttribute('aria-activedescendant');
    expect(await page.locator(`[id="${active}"]`).getAttribute('aria-selected')).toBe('true');
    await page.keyboard.press('Enter');

    const picture = page.getByRole('application');
    await picture.waitFor();
    const shown = page.locator('.shown');
    await shown.getByText('entities').waitFor();
    await picture.focus();
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => page.url(), slow).not.toContain('pick=ke');
    const picked = new URL(page.url()).hash.match(/pick=([\w-]+)/)?.[1] ?? '';
    expect(picked).not.toBe('');
    await page
      .getByRole('status')
      .filter({ hasText: /relations? shown\.$/ })
      .waitFor();
    await page.keyboard.press('e');
    await expect.poll(() => page.url(), slow).toContain(`open~${picked}`);
    await page.keyboard.press('u');
    await expect.poll(() => page.url(), slow).not.toContain(`open~${picked}`);
    await page.keyboard.press('Delete');
    await expect.poll(() => page.url(), slow).toContain(`drop~${picked}`);
  });

  it('shows each picture as a table, and what a country has when it is picked on the map', async () => {
    const { page } = seen;
    await seen.open('/map');
    await page.getByRole('button', { name: 'Kenya: 1 designated laboratory' }).press('Enter');
    const country = page.getByRole('region', { name: 'Country', exact: true });
    await country.getByText('China-Kenya Joint Laboratory for Crop Molecular Biology').waitFor();
    expect(await country.getByRole('heading', { name: /Designated laboratories/ }).textContent()).toBe(
      'Designated laboratories 1',
    );
    await page.getByText('Table', { exact: true }).click();
    const { countries } = await app.data('{ countries(first: 0) { totalCount } }');
    expect(await page.locator('tbody tr').count()).toBe(countries.totalCount);

    await seen.open('/timeline?as=table');
    const rows = page.locator('tbody');
    const { labs, events } = await app.data('{ labs(first: 0) { totalCount } events(first: 0) { totalCount } }');
    expect(await rows.nth(0).locator('tr').count()).toBe(labs.totalCount);
    expect(await rows.nth(1).locator('tr').count()).toBe(events.totalCount);
    // Official totals of laboratories as a whole, not of their batches.
    const official = await rows.nth(2).locator('tr').allTextContents();
    expect(official.filter((row) => row.startsWith('Belt and Road joint laboratories')).length).toBeGreaterThan(1);
    expect(official.filter((row) => row.includes('batch'))).toEqual([]);
  });

  it('tells a re-post as text and links every other source', async () => {
    const { page } = seen;
    const { sources } = await app.data(
      '{ sources(filter: { mirror: { eq: true }, url: { exists: true } }, first: 1) { nodes { slug name url citedBy(first: 1) { nodes { slug } } } } }',
    );
    const [repost] = sources.nodes;
    await seen.open(`/graph?pick=${repost.citedBy.nodes[0].slug}`);
    const told = page.locator('.source-list > .source', { hasText: repost.url }).first();
    expect(await told.textContent()).toContain('re-post, not linked');
    expect(await told.locator('a').count()).toBe(0);
    await seen.open('/graph?pick=china-kenya-joint-laboratory-for-crop-molecular-biology');
    expect(await page.locator('.source-list > .source a[href^="http"]').count()).toBeGreaterThan(0);
  });

  it('opens the question behind a view in GraphiQL', async () => {
    const { page } = seen;
    await seen.open('/graph?do=open~ke');
    const address = await page.getByRole('link', { name: 'Open as GraphQL' }).first().getAttribute('href');
    const given = new URL(address ?? '', seen.origin);
    expect(given.pathname).toBe('/graphql');
    const answer = await app.data(
      given.searchParams.get('query') ?? '',
      JSON.parse(given.searchParams.get('variables') ?? '{}'),
    );
    expect(answer.neighborhood.nodes[0]).toMatchObject({ slug: 'ke' });
  });

  it('leads from a question about two entities, typed as it is asked, to what connects them', async () => {
    const { page } = seen;
    await seen.open('/');
    const search = page.getByRole('combobox').first();
    await search.fill('how is Serbia connected to Kenya?');
    await page.getByText('Press Enter to search all names and texts.').waitFor();
    await search.press('Enter');
    await page.getByRole('link', { name: 'How are Serbia and Kenya connected?' }).click();
    await page.getByRole('heading', { name: 'How are these connected?' }).waitFor();
    expect(page.url()).toContain('paths~rs~ke');
    // A class is no entity.
    await seen.open('/search?q=labs in Africa and Kenya');
    await page.getByText('entities found').waitFor();
    expect(await page.getByRole('link', { name: /connected/ }).count()).toBe(0);
    expect(await page.getByText('Nothing meets all of these words.').count()).toBe(0);
  });

  it('says in words that nothing fits, that nothing is there, and that the server cannot be reached', async () => {
    const { page } = seen;
    await seen.open('/search?q=zzzzqqqq');
    await page.getByText('No results.').waitFor();
    await seen.open('/search?q=crops on moon cheese');
    await page.getByText('Nothing meets all of these words. The results meet some of them.').waitFor();
    await seen.open('/graph?do=open~nobody');
    const alert = page.getByRole('alert');
    expect(await alert.textContent()).toContain('nobody');
    await seen.open('/graph');
    await page.getByText('The graph is empty.').waitFor();

    await page.route('**/graphql', (route) => route.abort());
    await page.getByRole('button', { name: 'ASEAN' }).click();
    await page.getByRole('alert').filter({ hasText: 'The server cannot be reached.' }).first().waitFor();
    await page.unroute('**/graphql');
    // Nobody needs to try again by hand.
    await page.locator('.shown').getByText('entities').waitFor();
    await expect.poll(() => page.getByRole('alert').count(), slow).toBe(0);
    // The browser itself complains of what was cut off.
    const own = seen.complaints.splice(0).filter((text) => !text.includes('net::ERR_FAILED'));
    expect(own).toEqual([]);
  });

  it('keeps a view while the server restarts, says so, and goes on by itself', async () => {
    const { page } = seen;
    await seen.open('/graph?do=open~ke');
    const shown = page.locator('.shown');
    const before = await shown.textContent();
    const { x, y } = await seen.placeOf('egerton-university');
    await seen.stop();
    await page.mouse.click(x, y);
    const details = page.getByRole('region', { name: 'Details' });
    await details.getByText('The server cannot be reached.').waitFor();
    expect(await details.textContent()).toContain('Retrying automatically.');
    expect(await shown.textContent()).toBe(before);
    // A page whose script was not fetched yet.
    await page.getByRole('link', { name: 'Timeline' }).click();
    await page.getByRole('alert').filter({ hasText: 'Could not load the timeline.' }).waitFor();
    await seen.start();
    await page.getByRole('heading', { level: 1, name: 'Timeline' }).waitFor();
    await page.goBack();
    await details.getByRole('heading', { level: 2, name: /Egerton University/ }).waitFor();
    expect(await shown.textContent()).toBe(before);
    seen.complaints.splice(0);
  });

  it('leaves out of an address what is gone or cannot be read, says what, and shows the rest', async () => {
    const { page } = seen;
    await seen.open('/graph?do=open~ke,fly~th&since=soon&relation=MEMBER_OF~ke~atlantis');
    const note = page.getByRole('alert').filter({ hasText: 'could not be read' });
    expect(await note.textContent()).toContain('do=fly~th, since=soon.');
    expect(await page.locator('.shown').textContent()).toMatch(/^8 entities/);
    await page.getByRole('region', { name: 'Relation' }).getByText('This relation is not shown').waitFor();
    await page.getByRole('button', { name: 'Close the relation' }).click();
    await note.waitFor({ state: 'detached' });

    await seen.open('/graph?do=open~ke,open~nobody&pick=nobody');
    await page.getByRole('region', { name: 'Details' }).getByRole('alert').waitFor();
    await page.getByRole('button', { name: 'Remove this step' }).click();
    await page.locator('.step-notes').getByRole('alert').waitFor({ state: 'detached' });
    expect(page.url()).not.toContain('open~nobody');
    expect(await page.locator('.shown').textContent()).toMatch(/^8 entities/);
  });

  it('draws Chinese characters, in the page, in boxes to type into and in the picture, without a font of the machine', async () => {
    const { page } = seen;
    await seen.open('/graph?do=open~ke&pick=ke');
    const box = page.getByRole('combobox', { name: /Search/ });
    const drawn = async (text: string) => {
      await box.fill(text);
      await page.waitForFunction((signs) => {
        const held = (sign: string) =>
          [...document.fonts].some(
            ({ family, status, unicodeRange }) =>
              family.includes('Noto Sans SC') &&
              status === 'loaded' &&
              unicodeRange.split(',').some((range) => {
                const [from = 0, to = from] = range
                  .replace(/U\+/i, '')
                  .split('-')
                  .map((code) => Number.parseInt(code, 16));
                const code = sign.codePointAt(0) ?? 0;
                return code >= from && code <= to;
              }),
          );
        return [...signs].every(held);
      }, text);
      return box.screenshot({ animations: 'disabled', caret: 'hide' });
    };
    // What a font lacks is the same sign for every character; 中 and 一 are in a slice with Latin ones.
    await drawn('一一');
    const [one, other, again] = [await drawn('中中'), await drawn('一一'), await drawn('中中')];
    expect(one.equals(again)).toBe(true);
    expect(one.equals(other)).toBe(false);
    const inPicture = await page.locator('.canvas').evaluate((element) => {
      const { cy } = (
        element as unknown as {
          _cyreg: { cy: { getElementById(id: string): { style(name: string): string } } };
        }
      )._cyreg;
      const node = cy.getElementById('ke');
      return ['中', '一'].map((text) => {
        const canvas = document.createElement('canvas');
        const pen = canvas.getContext('2d');
        if (!pen) return text;
        pen.font = `600 40px ${node.style('font-family')}`;
        pen.fillText(text, 20, 60);
        return canvas.toDataURL();
      });
    });
    expect(new Set(inPicture).size).toBe(2);

    // What stands in the box when the page is opened is drawn before any font has come.
    const opened = async (words: string) => {
      await seen.open(`/search?q=${words}`);
      await page.evaluate(() => document.fonts.ready);
      await page.waitForTimeout(500);
      return box.screenshot({ animations: 'disabled', caret: 'hide' });
    };
    expect((await opened('中中')).equals(await opened('一一'))).toBe(false);
  });

  it('gives data sets that ask for a notice theirs where their data is shown, and in what is taken along', async () => {
    const { page } = seen;
    await seen.open('/graph?do=open~ke&pick=ke');
    await page.getByRole('region', { name: 'Details' }).getByText('World Bank, CC BY 4.0').waitFor();
    const graph = JSON.parse(String(await exported('Graph (JSON)')));
    expect(graph.notices).toBe(`${seen.origin}/explore/notice.txt`);
    await seen.open('/map');
    await page.getByText('Green Finance & Development Center').waitFor();
    await page.getByRole('link', { name: 'All notices' }).click();
    await page.getByText('Licensed under Creative Commons Attribution 4.0').waitFor();
  });

  it('has nothing that axe finds wrong, on the page that it opens with and beside the graph', async () => {
    await seen.open('/');
    expect(await seen.faults()).toEqual([]);
    await seen.open('/graph?do=open~ke&pick=ke');
    expect(await seen.faults()).toEqual([]);
  });

  it('has asked nobody else for anything, has broken no policy, and runs nothing that is slipped in', async () => {
    expect(seen.attempted).toEqual([]);
    expect(seen.complaints).toEqual([]);
    const ran = await seen.page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'globalThis.slippedIn = true';
      document.head.append(script);
      return 'slippedIn' in globalThis;
    });
    expect(ran).toBe(false);
    // And this would have been heard, had anything done so before.
    await expect.poll(() => seen.complaints.join('\n'), slow).toContain('The policy forbids script-src-elem: inline');
  });
});
