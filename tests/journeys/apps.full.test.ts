import { execFile, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { beforeAll, describe, expect, it, onTestFinished, type TestContext } from 'vitest';
import { cooperation } from '../../src/cooperation/ontology.ts';
import { createKey } from '../../src/engine/access/api-key-store.ts';
import { createAuthenticator } from '../../src/engine/access/authenticator.ts';
import { openDriver } from '../../src/engine/database/open-driver.ts';
import { createGraph, type Graph } from '../../src/engine/graph/graph.ts';
import { launchBrowser } from '../setup/browser.ts';
import { seededGraph } from '../setup/contents.ts';
import { liveServers } from '../setup/live-server.ts';
import { ownDatabase } from '../setup/own-database.ts';
import { seeds } from '../setup/seeds.ts';
import { type StaticFiles, serveFolder } from '../setup/static-files.ts';
import { unreachable } from '../setup/unreachable.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));
const address = ownDatabase();
const start = liveServers();
/** Apps are built in a copy, beside the schema that they read. */
const copy = mkdtempSync(join(tmpdir(), 'silkgraph-apps-'));
const folderOf = (app: string) => join(copy, 'examples/apps', app);

let graph: Graph;
let browser: Browser | undefined;
let key = '';

beforeAll(async () => {
  await seededGraph.write(address());
  const driver = openDriver(address());
  graph = createGraph(driver, cooperation, address());
  key = (await createKey(graph, { name: 'Ana', role: 'editor' })).key.text;
  browser = await launchBrowser();
  mkdirSync(join(copy, 'examples'));
  cpSync(join(root, 'schema.graphql'), join(copy, 'schema.graphql'));
  const made = new Set(['node_modules', 'dist', 'generated', '__generated__']);
  cpSync(join(root, 'examples/apps'), join(copy, 'examples/apps'), {
    recursive: true,
    filter: (path) => !made.has(basename(path)),
  });
  return async () => {
    await browser?.close();
    await driver.close();
    rmSync(copy, { recursive: true, force: true });
  };
});

// What a test runner sets would make a build for tests.
const { NODE_ENV: _, ...env } = process.env;

const npm = (app: string, args: readonly string[], settings: Readonly<Record<string, string>> = {}) =>
  run('npm', args, { cwd: folderOf(app), env: { ...env, ...settings }, maxBuffer: 1e8 });

const installed = new Map<string, Promise<boolean>>();

/** Installs an app once, as its lockfile says; false where the registry cannot be reached. */
function install(app: string): Promise<boolean> {
  const known = installed.get(app) ?? installNow(app);
  installed.set(app, known);
  return known;
}

async function installNow(app: string): Promise<boolean> {
  try {
    await npm(app, ['ci', '--no-audit', '--no-fund']);
    return true;
  } catch (error) {
    if (error instanceof Error && 'stderr' in error && unreachable.test(String(error.stderr))) return false;
    throw error;
  }
}

const startFor = (...corsOrigins: readonly string[]) =>
  start(graph, { corsOrigins, access: { authenticator: createAuthenticator({ graph }), reading: 'open' } });

/** The numbers of laboratories in the dataset, and of those with Pakistan. */
const inAll = seeds.entities.Lab.length;
const slugs = new Set(seeds.entities.Lab.map(({ id }) => id));
const inPakistan = seeds.relations.filter(
  ({ type, from, to }) => type === 'PARTNERS_WITH' && to === 'pk' && slugs.has(from),
).length;

const noBrowser = 'there is no Chrome or Chromium on this machine';
const noRegistry = 'the registry of packages cannot be reached';

/** An app built for a server of its own. The test is skipped where the machine lacks what it needs. */
async function built(app: string, skip: TestContext['skip']) {
  if (browser === undefined) skip(noBrowser);
  if (!(await install(app))) skip(noRegistry);
  const files = await serveFolder(join(folderOf(app), 'dist'));
  onTestFinished(() => files.close());
  const { graphql } = await startFor(files.origin);
  await npm(app, ['run', 'build'], { VITE_SILKGRAPH: graphql });
  return { files, graphql };
}

/** A page of an app, with what it asked the server and what it complained of. */
async function opened(files: StaticFiles, path = '') {
  if (!browser) throw new Error(noBrowser);
  const page = await browser.newPage();
  const asked: { query: string; variables: Record<string, unknown> }[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST') asked.push(request.postDataJSON());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(`${files.origin}/${path}`);
  return { page, asked, complaints };
}

const status = (page: Page) => page.getByRole('status').textContent();
const itemsOf = (page: Page) => page.locator('ul').first().locator('> li');

const renameElsewhere = (server: string, id: unknown, name: string) =>
  fetch(server, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({
      query: 'mutation ($input: UpdateInput!) { updateLab: update(input: $input) { errors { message } } }',
      variables: { input: { entity: { lab: { id, name } } } },
    }),
  });

describe('the example apps', () => {
  it('Apollo Client: pages become one list, and a rename changes it in the cache', async ({ skip }) => {
    const { files } = await built('apollo', skip);
    const { page, asked, complaints } = await opened(files);

    await expect.poll(() => status(page)).toBe(`20 of ${inAll}`);
    const [first] = await itemsOf(page).allTextContents();
    await page.getByRole('button', { name: 'More' }).click();
    await expect.poll(() => status(page)).toBe(`40 of ${inAll}`);
    expect(await itemsOf(page).first().textContent()).toBe(first);
    expect(new Set(await itemsOf(page).allTextContents()).size).toBe(40);
    expect(asked).toHaveLength(2);

    await page.getByRole('searchbox').fill('Kenya');
    await expect.poll(() => status(page)).toMatch(/^(\d) of \1$/);
    const kenyan = itemsOf(page).filter({ hasText: 'Crop Molecular Biology' });
    await kenyan.getByRole('button').click();
    await page.getByLabel('New name').fill('A Lab in Kenya');
    await page.getByLabel('Key').fill('sg_wrong');
    await page.getByRole('button', { name: 'Rename' }).click();
    await expect.poll(() => page.getByRole('alert').textContent()).toMatch(/API key/);
    await page.getByLabel('Key').fill(key);
    const before = asked.length;
    await page.getByRole('button', { name: 'Rename' }).click();
    await expect.poll(() => itemsOf(page).first().getByRole('button').first().textContent()).toBe('A Lab in Kenya');
    expect(asked.slice(before).map(({ query }) => /^\w+ \w+/.exec(query)?.[0])).toEqual(['mutation Rename']);

    // The list that grew is still there, and asked for no second time.
    await page.getByRole('searchbox').fill('');
    await expect.poll(() => status(page)).toBe(`40 of ${inAll}`);
    expect(complaints.filter((text) => !/status of 401/.test(text))).toEqual([]);
  }, 300_000);

  it('Relay: a connection grows by node(id), and a lab is read again by its id', async ({ skip }) => {
    const { files, graphql } = await built('relay', skip);
    const { page, asked, complaints } = await opened(files);

    await expect.poll(() => page.getByRole('heading', { level: 1 }).textContent()).toBe('Pakistan 巴基斯坦');
    expect(await status(page)).toBe(`5 of ${inPakistan} laboratories`);
    await page.getByRole('button', { name: 'More' }).click();
    await expect.poll(() => status(page)).toBe(`10 of ${inPakistan} laboratories`);
    expect(asked.at(-1)?.query).toMatch(/^query CountryLabsPageQuery[\s\S]*node\(id: \$id\)/);
    await page.getByRole('button', { name: 'More' }).click();
    await expect.poll(() => itemsOf(page).count()).toBe(inPakistan);
    expect(await page.getByRole('button', { name: 'More' }).count()).toBe(0);

    await itemsOf(page).first().getByRole('button').click();
    await expect.poll(() => page.getByRole('heading', { level: 2 }).count()).toBe(1);
    expect(await page.getByText('Revision 1').count()).toBe(1);
    expect(asked.at(-1)?.query).toMatch(/^query labDetailsQuery/);
    await renameElsewhere(graphql, asked.at(-1)?.variables.id, 'A Lab in Pakistan');
    await page.getByRole('button', { name: 'Read again' }).click();
    await expect.poll(() => page.getByText('Revision 2').count()).toBe(1);
    // One record of the store, so the list shows the new name too.
    expect(await itemsOf(page).first().getByRole('button').textContent()).toBe('A Lab in Pakistan');

    await page.getByRole('combobox').selectOption('KE');
    await expect.poll(() => page.getByRole('heading', { level: 1 }).textContent()).toBe('Kenya 肯尼亚');
    const before = asked.length;
    await page.getByRole('combobox').selectOption('PK');
    await expect.poll(() => status(page)).toMatch(new RegExp(` of ${inPakistan} laboratories$`));
    expect(asked.slice(before).every(({ query }) => query.startsWith('query countryQuery'))).toBe(true);
    expect(complaints).toEqual([]);
  }, 300_000);

  it('Relay: a failure is shown, not an empty page or no laboratories', async ({ skip }) => {
    const { files, graphql } = await built('relay', skip);
    const { page } = await opened(files);
    await expect.poll(() => status(page)).toBe(`5 of ${inPakistan} laboratories`);
    const message = 'The lists are not there.';
    await page.route(graphql, (route) =>
      route.fulfill({
        headers: { 'access-control-allow-origin': '*' },
        json: { data: { country: { id: 'a', name: 'Kenya', nameZh: '肯尼亚', labs: null } }, errors: [{ message }] },
      }),
    );
    await page.getByRole('button', { name: 'More' }).click();
    await expect.poll(() => page.getByRole('alert').allTextContents()).toEqual([message]);
    await page.getByRole('combobox').selectOption('KE');
    await expect.poll(() => page.locator('#app p').allTextContents()).toEqual([message]);
    await page.unroute(graphql);
    await page.route(graphql, (route) => route.abort());
    await page.getByRole('combobox').selectOption('KZ');
    await expect.poll(() => page.locator('#app p').allTextContents()).toEqual(['Failed to fetch']);
  }, 300_000);

  it.for<[app: string, expected: string]>([
    ['apollo', `20 of ${inAll}`],
    ['relay', `5 of ${inPakistan} laboratories`],
  ])('%s: the script `dev` serves it and goes on', { timeout: 300_000 }, async ([app, expected], { skip }) => {
    if (browser === undefined) skip(noBrowser);
    if (!(await install(app))) skip(noRegistry);
    const { graphql } = await startFor('*');
    // A group of its own, which ends with all that npm starts in it.
    const child = spawn('npm', ['run', 'dev', '--', '--host', '127.0.0.1', '--port', '0'], {
      cwd: folderOf(app),
      env: { ...env, VITE_SILKGRAPH: graphql, NO_COLOR: '1' },
      detached: true,
    });
    try {
      let said = '';
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8').on('data', (part: string) => {
          said += part;
        });
      }
      const serving = () => /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
      await expect.poll(() => serving() ?? child.exitCode ?? undefined, { timeout: 90_000 }).toBeDefined();
      expect(serving(), said).toBeDefined();
      const { page } = await opened({ origin: String(serving()), close: () => {} });
      await expect.poll(() => status(page), { timeout: 60_000 }).toBe(expected);
      expect(child.exitCode, said).toBeNull();
    } finally {
      if (child.exitCode === null) process.kill(-Number(child.pid), 'SIGTERM');
    }
  });

  it('plain fetch: the same file asks in Node.js and in a page', async ({ skip }) => {
    const files = await serveFolder(folderOf('plain'));
    try {
      const { graphql } = await startFor(files.origin);
      const { stdout } = await run(process.execPath, ['main.js', 'PK', graphql], { cwd: folderOf('plain') });
      const lines = stdout.trimEnd().split('\n');
      expect(lines).toHaveLength(inPakistan);
      await expect(run(process.execPath, ['main.js', 'XX', graphql], { cwd: folderOf('plain') })).rejects.toMatchObject(
        {
          code: 1,
          stderr: 'There is no country with the code XX.\n',
        },
      );
      if (browser === undefined) skip(noBrowser);
      const { page, complaints } = await opened(files, `?server=${encodeURIComponent(graphql)}`);
      await page.getByLabel('Country').fill('PK');
      await page.getByRole('button', { name: 'Ask' }).click();
      await expect.poll(() => status(page)).toBe(`${inPakistan} laboratories`);
      expect(await itemsOf(page).allTextContents()).toEqual(lines);
      expect(complaints).toEqual([]);
    } finally {
      files.close();
    }
  }, 120_000);

  it('urql: pages become one list, and a rename changes it in the cache', async ({ skip }) => {
    if (!(await install('urql'))) skip(noRegistry);
    const { graphql } = await startFor();
    const { stdout } = await run(process.execPath, ['main.js', graphql, key], { cwd: folderOf('urql') });
    const [pages, renamed, restored] = stdout.trimEnd().split('\n');
    const name = /^Two pages of 10 are one list of 20, from (.+) on\.$/.exec(pages ?? '')?.[1];
    expect(name).toBeDefined();
    expect(renamed).toBe(`The cache alone now says: ${name}, renamed.`);
    expect(restored).toBe('The laboratory has its name again.');
    const asked = await fetch(`${graphql}?query=${encodeURIComponent('{ labs(first: 1) { nodes { name } } }')}`);
    expect(await asked.json()).toEqual({ data: { labs: { nodes: [{ name }] } } });
  }, 120_000);

  it('keep no address of a registry in their lockfiles, and nothing that is made', () => {
    for (const app of ['apollo', 'relay', 'urql']) {
      expect(readFileSync(join(root, 'examples/apps', app, 'package-lock.json'), 'utf8')).not.toContain('"resolved"');
    }
  });
});
