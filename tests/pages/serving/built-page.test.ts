import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAssets } from '../../../src/pages/bundling/assets.ts';
import { createBuiltPage } from '../../../src/pages/serving/built-page.ts';

// Not through the front door: what all tests are served must not be built anew under them.
let folder: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'silkgraph-page-')), 'web');
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

const open = () => createBuiltPage({ name: 'explorer', folder: pathToFileURL(`${folder}/`), headers: {} });

/** Builds a page of a few words. @returns what its script is called */
function build(words: string): string {
  const assets = createAssets(folder);
  const script = assets.add('main.js', `"${words}"`);
  assets.writePage('{{main.js}}', { 'main.js': script });
  assets.finish();
  return script;
}

const request = (path: string, headers: Record<string, string> = {}) =>
  new Request(`http://silkgraph/explore${path}`, { headers });

const text = (body: string | Uint8Array | undefined) => Buffer.from(body ?? '').toString();

describe('a page that is built anew while the server runs', () => {
  it('stays the one that was there, with every file of it, asked for before or not', async () => {
    const first = build('first');
    const { page, asset } = open();
    expect(text((await page(request(''))).body)).toBe(first);
    const second = build('second');
    expect(second).not.toBe(first);
    expect(text((await page(request(''))).body)).toBe(first);
    expect(text((await asset(request(`/assets/${first}`))).body)).toBe('"first"');
    const packed = await asset(request(`/assets/${first}`, { 'accept-encoding': 'br' }));
    expect(packed.headers?.['content-encoding']).toBe('br');
    expect((await asset(request(`/assets/${second}`))).status).toBe(404);
  });

  it('is there as soon as it is built for the first time', async () => {
    const { page, asset } = open();
    const missing = await page(request(''));
    expect(missing.status).toBe(503);
    expect(text(missing.body)).toContain('npm run build`');
    const script = build('late');
    expect(text((await page(request(''))).body)).toBe(script);
    expect(text((await asset(request(`/assets/${script}`))).body)).toBe('"late"');
  });
});
