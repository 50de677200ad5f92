import { int } from 'neo4j-driver';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AccessRefused } from '../../src/engine/access/access-refused.ts';
import { anonymous } from '../../src/engine/access/viewer.ts';
import { explorer } from '../setup/explorer.ts';
import { ownSilkgraph } from '../setup/own-silkgraph.ts';
import { silkgraph } from '../setup/silkgraph.ts';

const app = silkgraph();

/** Every view, as pictures and as tables, with panels open and closed. */
const views = [
  '/',
  '/search?q=农业',
  '/graph',
  '/graph?do=open~ke&pick=ke',
  '/graph?do=open~ke&relation=MEMBER_OF~ke~african-union',
  '/graph?do=paths~ke~crop-science&path=0',
  '/graph?do=ask~designated-labs&as=table',
  '/graph?do=open~ke&connect=ke',
  '/graph?do=open~ke&since=soon&relation=MEMBER_OF~ke~atlantis',
  '/graph?do=open~nobody&pick=nobody',
  '/graph?pick=scio-2025-09-19',
  '/map',
  '/map?pick=ke&count=labs',
  '/map?as=table',
  '/timeline?count=labs',
  '/timeline?as=table',
  '/about',
  '/pattern',
  '/groups?of=labs&by=designation&per=partnerCountries.region',
  '/compare?with=ke,tz',
  '/compare?with=ke,eg,za',
  '/gaps?of=platforms',
  '/changes?from=2020-01-01',
  '/map?of=institutions',
  '/list?of=labs',
  '/list?of=labs&where=partnerCountries~ke&pick=ke',
  '/similar?to=ke',
  '/ask',
];

/** Windows of a desktop, a tablet and a phone, whose browser keeps a part of its height. */
const sizes = [
  { width: 1440, height: 900 },
  { width: 834, height: 1112 },
  { width: 390, height: 740 },
];

describe('every view of the explorer', { timeout: 120_000 }, () => {
  const seen = explorer(() => app.graph);

  beforeEach(({ skip }) => {
    if (!seen.isThere) skip('there is no Chrome or Chromium on this machine');
  });

  it.each(views)('has nothing that axe finds wrong at any size, light or dark: %s', async (view) => {
    for (const size of sizes) {
      await seen.page.setViewportSize(size);
      await seen.page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
      await seen.open(view);
      expect(await seen.faults(), `light, ${size.width}`).toEqual([]);
      await seen.page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
      // The page is drawn anew in the frame after the one that it is told in.
      await seen.page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
      expect(await seen.faults(), `dark, ${size.width}`).toEqual([]);
    }
  });

  it.each(['ke', 'cn', 'no-such-entity'])(
    'has nothing that axe finds wrong beside it, on the page of %s',
    async (slug) => {
      for (const size of sizes) {
        await seen.page.setViewportSize(size);
        for (const colorScheme of ['light', 'dark'] as const) {
          await seen.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
          const page = await seen.page.goto(`${seen.origin}/entity/${slug}`);
          expect(await seen.faults(), `${colorScheme}, ${size.width}`).toEqual([]);
          // A browser complains of the status of a page that is not there.
          if (page?.status() === 404) expect(seen.complaints.pop()).toContain('404');
        }
      }
    },
  );

  it.each(views)('fits a window of 360 pixels: %s', async (view) => {
    await seen.page.setViewportSize({ width: 360, height: 740 });
    await seen.open(view);
    expect(await seen.page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    expect(await seen.faults()).toEqual([]);
  });

  it('is dark where that is chosen, whatever the device says, and remembers it', async () => {
    const { page } = seen;
    const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    // The choice is in the menu on a phone, and in the bar above otherwise.
    await page.setViewportSize({ width: 1440, height: 900 });
    await seen.open('/');
    const light = await ground();
    await page.getByLabel('Theme').first().selectOption('dark');
    const dark = await ground();
    expect(dark).not.toBe(light);
    await seen.open('/');
    expect(await ground()).toBe(dark);
    await page.getByLabel('Theme').first().selectOption('system');
    expect(await ground()).toBe(light);
  });

  it('complained of nothing and asked nobody else', () => {
    expect(seen.attempted).toEqual([]);
    expect(seen.complaints).toEqual([]);
  });
});

describe('the explorer of a server that is read with a key', { timeout: 120_000 }, () => {
  const seen = explorer(
    () => app.graph,
    () => ({
      access: {
        reading: 'closed',
        authenticator: {
          async authenticate({ authorization }) {
            if (!authorization) return anonymous;
            if (authorization !== 'Bearer right')
              throw new AccessRefused('This key is not known. Ask for another one.');
            return { name: 'somebody', role: 'reader' };
          },
        },
      },
    }),
  );

  async function giveKey(key: string) {
    const dialog = seen.page.getByRole('dialog', { name: 'API key required' });
    await dialog.getByLabel('API key').fill(key);
    await dialog.getByRole('button', { name: 'Use key' }).click();
  }

  it('refuses what cannot be a key, in words, keeps nothing of it, and takes the right one after it', async ({
    skip,
  }) => {
    if (!seen.isThere) skip('there is no Chrome or Chromium on this machine');
    const { page } = seen;
    await page.goto(`${seen.origin}/explore#/graph?do=open~ke`);
    const dialog = page.getByRole('dialog', { name: 'API key required' });
    for (const typed of ['sg_钥匙', 'sg_é', 'sg_a b']) {
      await giveKey(typed);
      await dialog.getByText('Not a valid key').waitFor();
      expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
    }
    expect(await seen.faults()).toEqual([]);
    await giveKey('wrong');
    await dialog.getByText('This key is not known.').waitFor();
    await giveKey('right');
    await page.locator('.shown').getByText('entities').waitFor();
    await page.evaluate(() => sessionStorage.clear());
    await page.goto('about:blank');
  });

  it('asks for it, takes no wrong one, keeps it for this tab alone, and then shows what was asked for', async ({
    skip,
  }) => {
    if (!seen.isThere) skip('there is no Chrome or Chromium on this machine');
    const { page } = seen;
    await page.goto(`${seen.origin}/explore#/graph?do=open~ke`);
    const dialog = page.getByRole('dialog', { name: 'API key required' });
    await dialog.waitFor();
    // Nothing can be seen without one. A browser closes a dialog, whatever the page says, once somebody insists.
    for (let times = 0; times < 5; times += 1) {
      await page.keyboard.press('Escape');
      await page.waitForTimeout(200);
      expect(await dialog.isVisible()).toBe(true);
    }
    expect(await seen.faults()).toEqual([]);
    await giveKey('wrong');
    await dialog.getByText('This key is not known.').waitFor();
    await giveKey('right');
    await page.locator('.shown').getByText('entities').waitFor();
    expect(await page.evaluate(() => [Object.keys(localStorage), sessionStorage.length])).toEqual([[], 1]);
    await page.reload();
    await page.locator('.shown').getByText('entities').waitFor();
    expect(await dialog.isVisible()).toBe(false);
    // A key that was revoked since: another one, or none.
    await page.evaluate(() => sessionStorage.setItem('silkgraph-key', 'revoked'));
    await page.reload();
    await dialog.getByText('This key is not known.').waitFor();
    await dialog.getByRole('button', { name: 'Continue without a key' }).click();
    await dialog.getByText('This key is not known.').waitFor({ state: 'detached' });
    expect(await dialog.getByRole('button', { name: 'Continue without a key' }).isVisible()).toBe(false);
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
    // The browser itself tells of each answer that refuses.
    expect(seen.complaints.filter((text) => !text.includes('401'))).toEqual([]);
  });
});

describe('the explorer beside an entity with 10,000 neighbours', { timeout: 120_000 }, () => {
  const { server } = ownSilkgraph();
  const seen = explorer(() => server.graph);

  beforeAll(async () => {
    for (const first of [1, 2501, 5001, 7501]) {
      await server.driver.executeQuery(
        `MATCH (lab:Lab {id: 'lab-one'}), (host:Institution {id: 'institute'})
         UNWIND range($first, $first + 2499) AS number
         CREATE (made:Entity:Lab) SET made = lab {.*, id: 'made-' + toInteger(number), name: 'Lab ' + toInteger(number)}
         CREATE (made)-[:HOSTED_BY]->(host)`,
        { first: int(first) },
      );
    }
  });

  it('draws some, says how many it leaves out, draws more when told, and stops where a picture can still be read', async ({
    skip,
  }) => {
    if (!seen.isThere) skip('there is no Chrome or Chromium on this machine');
    const { page } = seen;
    const counts = async () => {
      const drawn = await page.locator('.shown strong').first().textContent();
      const told = /([\d,]+) relations more/.exec((await page.locator('.step-notes').textContent()) ?? '');
      return [Number(drawn), Number((told?.[1] ?? '').replace(',', ''))];
    };
    await seen.open('/graph?do=open~institute&pick=institute');
    const [drawn = 0, left = 0] = await counts();
    expect(drawn).toBe(60);
    expect(drawn - 1 + left).toBeGreaterThanOrEqual(10_000);
    await page.getByText('Not listed:').waitFor();
    expect(await seen.faults()).toEqual([]);
    for (const most of [180, 500]) {
      await page.getByRole('button', { name: 'Show more' }).click();
      await expect.poll(counts, { timeout: 30_000 }).toEqual([most, drawn + left - most]);
    }
    expect(await page.getByRole('button', { name: 'Show more' }).count()).toBe(0);
    expect(seen.complaints).toEqual([]);
  });
});
