import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { explorer } from '../setup/explorer.ts';
import { ownSilkgraph } from '../setup/own-silkgraph.ts';

const COUNTRIES = 130;
const CONTEXT_LABS = 104;

// Long where a machine has much else to do; seconds where it has not.
describe('the map of a graph with more than a page can list', { timeout: 120_000 }, () => {
  const { server } = ownSilkgraph();
  const seen = explorer(() => server.graph);

  beforeAll(async () => {
    await server.driver.executeQuery(
      `MATCH (lab:Lab {id: 'lab-one'}), (country:Country {id: 'ci'})
       CREATE (designated:Entity:Lab) SET designated = lab {.*, id: 'z-designated', name: 'Z designated', designation: 'BELT_AND_ROAD_JOINT_LABORATORY'}
       CREATE (designated)-[:PARTNERS_WITH]->(country)
       WITH lab, country, designated
       UNWIND range(1, $countries) AS number
       WITH lab, country, designated, number, 'made-' + right('00' + number, 3) AS id
       CREATE (made:Entity:Country) SET made = country {.*, id: id, name: id, code: id, codeAlpha3: id}
       CREATE (designated)-[:PARTNERS_WITH]->(made)
       WITH DISTINCT lab, country
       UNWIND range(1, $labs) AS number
       CREATE (other:Entity:Lab) SET other = lab {.*, id: 'a-' + number, name: 'A ' + number}
       CREATE (other)-[:PARTNERS_WITH]->(country)`,
      // Of those, one is there from the beginning.
      { countries: COUNTRIES - 1, labs: CONTEXT_LABS - 1 },
    );
  });

  beforeEach(({ skip }) => {
    if (!seen.isThere) skip('there is no Chrome or Chromium on this machine');
  });

  it('counts in every country, however many have a laboratory', async () => {
    const { page } = seen;
    await seen.open('/map?as=table');
    expect(await page.locator('.said').textContent()).toContain(`${COUNTRIES} countries with a designated laboratory.`);
    const designated = await page.locator('tbody tr td:nth-child(5)').allTextContents();
    expect(designated.filter((count) => count === '1')).toHaveLength(COUNTRIES);
    await page.getByText('All laboratories (with context)').click();
    await page.getByText(`${COUNTRIES} countries with a laboratory, designated or context`).waitFor();
    const held = await page.locator('tbody tr td:nth-child(6)').allTextContents();
    expect(held.map(Number).sort((a, b) => b - a)).toEqual([
      CONTEXT_LABS + 1,
      ...Array.from({ length: COUNTRIES - 1 }, () => 1),
      0,
    ]);
    const buttons = await page.locator('.measures .count').allTextContents();
    expect(buttons).toEqual(['1', String(CONTEXT_LABS + 2), '0']);
  });

  it('tells of a country the designated laboratories apart from all others, and how many of these it leaves out', async () => {
    await seen.open('/map?pick=ci');
    const country = seen.page.getByRole('region', { name: 'Country', exact: true });
    const section = (title: string) => country.locator('section', { hasText: title });
    const designated = section('Designated laboratories');
    expect(await designated.locator('.count').textContent()).toBe('1');
    expect(await designated.locator('.entity-line .name').allTextContents()).toEqual(['Z designated']);
    const others = section('Other laboratories (context)');
    expect(await others.locator('.count').textContent()).toBe(String(CONTEXT_LABS));
    expect(await others.getByRole('listitem').count()).toBe(100);
    await others.getByText(`Not listed: ${CONTEXT_LABS - 100} laboratories.`).waitFor();
  });

  it('is fitted into a phone, and wide enough to hit circles again when it is zoomed in', async () => {
    const { page } = seen;
    await page.setViewportSize({ width: 390, height: 844 });
    await seen.open('/map');
    const widths = () =>
      page.locator('.world').evaluate((map) => [map.clientWidth, map.parentElement?.clientWidth ?? 0] as const);
    const isCut = async () => {
      const [map, room] = await widths();
      return map > room;
    };
    await page.locator('.world .sea').first().waitFor();
    expect(await isCut()).toBe(true);
    await page.getByRole('button', { name: 'Fit' }).click();
    await expect.poll(isCut).toBe(false);
    await page.getByRole('button', { name: 'Zoom in' }).click();
    await expect.poll(isCut).toBe(true);
    expect(page.url()).not.toContain('at=');
    await page.getByRole('button', { name: 'Zoom out' }).click();
    await expect.poll(isCut).toBe(false);
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  it('complained of nothing', () => {
    expect(seen.complaints).toEqual([]);
  });
});
