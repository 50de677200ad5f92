import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Driver } from 'neo4j-driver';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { importFiles } from '../../src/doors/data/import/import-files.ts';
import { openDriver } from '../../src/engine/database/open-driver.ts';
import { applySchemaChanges } from '../../src/engine/database/schema/apply-schema-changes.ts';
import { createGraph, type Graph } from '../../src/engine/graph/graph.ts';
import { indexStatements } from '../../src/engine/indexes/indexes.ts';
import { explorerOf } from '../../src/pages/views/contents.ts';
import type { ExplorerOption } from '../../src/pages/views/option.ts';
import { writeData } from '../doors/data/data-folder.ts';
import { bookshop, bookshopData } from '../setup/bookshop.ts';
import { explorer } from '../setup/explorer.ts';
import { ownDatabase } from '../setup/own-database.ts';

const { ontology, schema, explorer: contents } = bookshop;
const address = ownDatabase();
let driver: Driver;
let graph: Graph;

beforeAll(async () => {
  driver = openDriver(address());
  graph = createGraph(driver, ontology, address());
  const folder = mkdtempSync(join(tmpdir(), 'silkgraph-data-'));
  try {
    await applySchemaChanges(driver, address(), { derived: indexStatements(ontology) });
    writeData(folder, bookshopData);
    await importFiles(graph, [folder]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
afterAll(() => driver.close());

const seen = explorer(
  () => graph,
  () => ({ schema, examples: undefined, explorer: contents, trustedDocuments: new Map([['x', '{ __typename }']]) }),
);

// Long where a machine has much else to do; seconds where it has not.
describe('the explorer of a graph about something else, without sources', { timeout: 120_000 }, () => {
  const details = () => seen.page.getByRole('region', { name: 'Details' });

  beforeEach(({ skip }) => {
    if (!seen.isThere) skip('there is no Chrome or Chromium on this machine');
  });

  it('opens with its kinds and a question, and leads to no map, timeline or page about the data', async () => {
    await seen.open('/');
    const { page } = seen;
    await page.getByRole('heading', { level: 1, name: 'Authors, books and publishing houses' }).waitFor();
    expect(await page.getByRole('navigation', { name: 'Pages' }).getByRole('link').allTextContents()).toEqual([
      'Lists',
      'Graph',
      'Ask',
    ]);
    expect(await page.locator('.kinds .kind').allTextContents()).toEqual(['Authors', 'Books', 'Publishing houses']);
    expect(await page.locator('main').textContent()).not.toMatch(/source|official|laborator|Belt and Road/i);
    await page.getByRole('link', { name: /Which books are there/ }).click();
    await page.locator('.shown').getByText('10 entities', { exact: false }).waitFor();
    expect(await page.locator('.shown').textContent()).toBe('10 entities, 10 relations shown.');
  });

  it('says of a list without filters that it has none', async () => {
    await seen.open('/list?of=authors');
    const filters = seen.page.locator('.list-facets');
    await filters.getByText('There is nothing to filter by.').waitFor();
    expect(await filters.getByRole('searchbox').count()).toBe(0);
  });

  it('searches, opens what is found, and shows its details and neighbours', async () => {
    const { page } = seen;
    await seen.open('/search?q=richmond');
    await page.getByRole('button', { name: 'Hogarth Press' }).click();
    await details().getByRole('heading', { level: 2, name: 'Hogarth Press' }).waitFor();
    expect(await details().locator('.kind-line').textContent()).toContain('publishing house');
    const books = details().locator('.relations', { hasText: 'Books' });
    expect(await books.locator('.entity-line .name').allTextContents()).toEqual([
      'Orlando',
      'Poems',
      'Prelude',
      'The Waves',
    ]);
    expect(await books.getByText('note: Printed by hand.').count()).toBe(1);
    expect(await page.locator('.shown').textContent()).toBe('5 entities, 4 relations shown.');

    await books.getByRole('button', { name: 'Orlando' }).click();
    await details().getByText('A life of four centuries.').waitFor();
    expect(await details().locator('.properties').textContent()).toBe(
      'Published1928FormNovelPagehttps://example.org/orlando',
    );
    expect(await details().textContent()).not.toMatch(/source/i);
  });

  it('suggests names, and finds paths between two entities', async () => {
    const { page } = seen;
    await seen.open('/graph?connect=t-s-eliot');
    const asking = page.getByRole('region', { name: 'How are these connected?' });
    await asking.getByRole('combobox', { name: 'To' }).fill('virginia');
    await asking.getByRole('option', { name: /Virginia Stephen/ }).click();
    await asking.getByRole('button', { name: 'How are these connected?' }).click();
    await asking
      .getByRole('button', { name: /^4 hops/ })
      .first()
      .waitFor();
    expect(await asking.locator('.hops .relation-word').allTextContents()).toEqual([
      '← written by',
      'published by',
      '← published by',
      'written by',
    ]);
    expect(await asking.textContent()).not.toMatch(/No source/);
  });

  it('shows the graph as tables, without columns that it has nothing for', async () => {
    const { page } = seen;
    await seen.open('/graph?do=open~hogarth-press&as=table');
    const headings = await page
      .locator('thead')
      .evaluateAll((heads) =>
        heads.map((head) => [...head.querySelectorAll('button')].map((button) => button.firstChild?.textContent)),
      );
    expect(headings).toEqual([
      ['Name', 'Kind', 'Relations shown', 'ID'],
      ['From', 'Relation', 'To', 'Note', 'ID of start', 'Type of relation', 'ID of end'],
    ]);
  });

  it('says of a link to a map that there is none', async () => {
    await seen.open('/map');
    await seen.page.getByRole('alert').getByText('map').waitFor();
    await seen.page.getByRole('heading', { level: 1, name: 'Authors, books and publishing houses' }).waitFor();
    expect((await fetch(`${seen.origin}/explore/notice.txt`)).status).toBe(404);
  });

  const views = [
    '/',
    '/search?q=stephen',
    '/graph',
    '/graph?do=open~hogarth-press&pick=hogarth-press',
    '/graph?do=open~prelude&relation=PUBLISHED_BY~prelude~hogarth-press',
    '/graph?do=paths~t-s-eliot~virginia-stephen',
    '/graph?do=ask~books&as=table',
  ];

  it.each(views)('has nothing that axe finds wrong, light, dark or narrow: %s', async (view) => {
    const { page } = seen;
    for (const [width, scheme] of [
      [1440, 'light'],
      [834, 'dark'],
      [360, 'light'],
    ] as const) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
      await seen.open(view);
      expect(await seen.faults(), `${width} ${scheme}`).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      if (process.env.SHOTS)
        await page.screenshot({ path: `${process.env.SHOTS}/${views.indexOf(view)}-${width}.png` });
    }
  });

  it('complained of nothing and asked nobody else', () => {
    expect(seen.attempted).toEqual([]);
    expect(seen.complaints).toEqual([]);
  });
});

describe('the explorer of a graph that says more of itself', { timeout: 120_000 }, () => {
  const option: ExplorerOption = {
    title: 'Books of the Hogarth Press',
    introduction: {
      text: '**{books} books**, of which *{plays}* is a play.',
      counts: { books: { kind: 'Book' }, plays: { kind: 'Book', filter: '{ form: { eq: PLAY } }' } },
    },
    questions: [{ title: 'What did the press publish?', open: 'hogarth-press' }],
    starters: { orlando: 'Orlando' },
    highlighted: { Book: { property: 'form', value: 'NOVEL', word: 'long', others: 'short' } },
    dates: { Book: [{ property: 'published', words: 'publication' }] },
    about: [{ text: 'Five books.' }, { title: 'Years', text: 'Those of the first edition.' }],
  };
  const more = explorer(
    () => graph,
    () => ({ schema, examples: undefined, explorer: explorerOf(ontology, option) }),
  );

  beforeEach(({ skip }) => {
    if (!more.isThere) skip('there is no Chrome or Chromium on this machine');
  });

  it('opens with its words and questions, and with what an empty graph offers', async () => {
    const { page } = more;
    await more.open('/');
    // The numbers come after the words.
    await expect.poll(() => page.locator('.trust').textContent()).toBe('5 books, of which 1 is a play.');
    expect(await page.getByRole('navigation', { name: 'Pages' }).getByRole('link').allTextContents()).toEqual([
      'Lists',
      'Graph',
      'Timeline',
      'Ask',
      'About the data',
    ]);
    await page.getByRole('link', { name: /What did the press publish/ }).click();
    await page.locator('.shown').getByText('Books:').waitFor();
    expect(await page.locator('.shown').textContent()).toBe('5 entities, 4 relations shown. Books: 2 long, 2 short.');
    await more.open('/graph');
    await page.getByRole('button', { name: 'Orlando' }).waitFor();
    await more.open('/about');
    expect(await page.locator('main').textContent()).toBe('About the dataFive books.YearsThose of the first edition.');
  });

  it('counts by year, what stands out or all, and filters by it', async () => {
    const { page } = more;
    await more.open('/timeline');
    expect(await page.locator('.said').textContent()).toBe('2 long books.');
    await page.getByText('All books (with short)').click();
    await expect.poll(() => page.locator('.said').textContent()).toBe('5 books.');
    expect(page.url()).toContain('count=books');
    expect(await page.locator('.band-title').allTextContents()).toEqual(['All books, by year (publication)']);
    await more.open('/graph?do=open~hogarth-press&form=NOVEL&since=1930');
    expect(await page.locator('.shown').textContent()).toMatch(/^2 of 5 entities/);
    expect(await more.faults()).toEqual([]);
    expect(more.complaints).toEqual([]);
  });
});
