import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Client } from '@modelcontextprotocol/client';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { assistantHost, type HostOptions } from '../../setup/assistant-host.ts';
import { mcpClient } from '../../setup/mcp.ts';
import { silkgraph } from '../../setup/silkgraph.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const server = silkgraph({ mcp: 'read', operationTimeout: 25_000 });
let client: Client;
beforeAll(async () => {
  client = await mcpClient(server);
});

const host = assistantHost(() => client);
const between = { from: 'rs', to: 'ke', limit: 2 };
const perCountry = { kind: 'LAB', by: ['PARTNER_COUNTRIES'], first: 5 };

/** Shows the answer of a tool in a page of its own. */
async function shown(tool: string, args: object, options?: HostOptions): Promise<void> {
  await host.open(tool, options);
  await host.call(tool, args);
}

const tabs = () => host.frame.getByRole('tab').allTextContents();
const chosen = () => host.frame.getByRole('tab', { selected: true }).textContent();

/** What axe finds wrong within the frame. */
async function faults(): Promise<readonly string[]> {
  const frame = host.page.frames().find((each) => each.parentFrame() !== null);
  // The policy of the frame allows scripts that stand in it, and none that are evaluated.
  await frame?.addScriptTag({ content: axe });
  const found = await frame?.evaluate(() =>
    (globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string }[] }> } }).axe.run(),
  );
  return (found?.violations ?? []).map(({ id }) => id);
}

describe('the page of answers in a host of MCP Apps', () => {
  afterEach(() => {
    expect(host.complaints).toEqual([]);
  });

  it('draws paths, and says each relation with the numbers of its sources', async () => {
    await shown('find_paths', between);
    await host.frame.locator('canvas').first().waitFor();
    const sentence = host.frame.getByRole('listitem').filter({ hasText: /^Serbia participates in/i });
    await expect.poll(() => sentence.first().textContent()).toMatch(/Belt and Road Initiative\s*1/);
    expect(await chosen()).toBe('Graph');
    await host.frame.getByText(/^Sources \(\d+\)/).click();
    await host.frame.locator('.sources a').first().click();
    await expect.poll(() => host.opened).toHaveLength(1);
    expect(host.opened[0]).toMatch(/^https?:/);
  });

  it('shows groups as bars, and as circles where they are places', async () => {
    await shown('count_entities', perCountry);
    await expect.poll(tabs).toEqual(['Table', 'Map']);
    expect(await host.frame.getByRole('row').nth(1).textContent()).toBe('Pakistan13');
    await host.frame.getByRole('tab', { name: 'Map' }).click();
    await host.frame.getByRole('button', { name: 'Pakistan: 13' }).click();
    expect(await host.frame.getByRole('status').textContent()).toContain('Pakistan');
  });

  it('lists entities with their number, and grows a graph from one of them', async () => {
    await shown('find_entities', { kind: 'LAB', first: 3, properties: ['status'] });
    expect(await host.frame.locator('.total').textContent()).toMatch(/^\d+ laboratories$/);
    expect(await host.frame.getByRole('columnheader').allTextContents()).toEqual(['Name', 'Kind', 'Status']);
    await host.frame.getByRole('tab', { name: 'Map' }).click();
    await host.frame.locator('.spot').first().click();
    await host.frame.getByRole('button', { name: 'Find what is around it' }).click();
    await expect.poll(chosen).toBe('Graph');
    await host.frame.getByText('The relations as text').waitFor();
    await host.frame.getByRole('button', { name: 'Ask about it' }).click();
    await expect.poll(() => host.sent).toHaveLength(1);
    expect(host.sent[0]).toMatch(/^Tell me more about .+ \(.+\), with its sources\.$/);
  });

  it('says how a question was read', async () => {
    await shown('ask', { question: 'how many laboratories per region' });
    expect(await host.frame.getByRole('list', { name: 'Read as' }).textContent()).toContain('region');
    expect(await host.frame.getByRole('row').nth(1).textContent()).toMatch(/^asia\d+$/i);
  });

  it('speaks the language of its host, and changes with it', async () => {
    await shown('find_paths', between, { locale: 'zh-CN' });
    await expect.poll(tabs).toEqual(['图谱', '表格', '地图']);
    await expect.poll(() => host.frame.locator('.sentences').textContent()).toContain('塞尔维亚');
    await host.change({ locale: 'en-GB' });
    await expect.poll(chosen).toBe('Graph');
  });

  it.each(['light', 'dark'] as const)('has no barrier that axe finds, in %s', async (theme) => {
    await shown('find_paths', between, { theme });
    await host.frame.locator('canvas').first().waitFor();
    expect(await faults()).toEqual([]);
    for (const name of ['Table', 'Map']) {
      await host.frame.getByRole('tab', { name }).click();
      expect(await faults(), name).toEqual([]);
    }
    await shown('get_entities', { slugs: ['ke'], each: 3 }, { theme, width: 390 });
    await host.frame.getByRole('tab', { name: 'Table' }).click();
    expect(await faults(), 'facts').toEqual([]);
  });

  it('says what went wrong, and that a call was cancelled', async () => {
    await shown('get_entities', { slugs: ['nowhere'] });
    expect(await host.frame.getByRole('alert').textContent()).toContain('nowhere');
    await host.cancel();
    await expect.poll(() => host.frame.getByRole('main').textContent()).toContain('The call was cancelled.');
  });

  it('offers nothing that its host does not let it do', async () => {
    await shown('find_paths', between, { capabilities: {} });
    await host.frame.getByText(/^Sources/).click();
    expect(await host.frame.locator('.sources a').count()).toBe(0);
    expect(await tabs()).toEqual(['Graph', 'Table']);
  });

  it('says that nothing was found', async () => {
    await shown('search', { query: 'qqqqqqqq' });
    await expect.poll(() => host.frame.getByRole('main').textContent()).toMatch(/0 |Nothing was found/);
  });
});
