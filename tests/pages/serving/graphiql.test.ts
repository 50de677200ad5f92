import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { remarkOf, titleOf } from '../../../src/pages/shared/example-texts.ts';
import { loadExamples } from '../../../src/server/documents/examples.ts';
import '../../setup/built-pages.ts';
import { createTinyServer } from '../../server/tiny-server.ts';
import { served } from '../../setup/served.ts';

const { request } = createTinyServer();

const pageHeaders = { accept: 'text/html' };
const page = await (await request('/graphql', { headers: pageHeaders })).text();
const assets = [...page.matchAll(/(?:src|href)="(graphql\/assets\/[^"]+)"/g)].map(([, path]) => `/${path}`);
const main = `/${/<script type="module" src="([^"]+)"/.exec(page)?.[1]}`;
const textOf = async (path: string) => (await request(path)).text();

async function compressedSize(path: string): Promise<number> {
  const response = await request(path, { headers: { 'accept-encoding': 'gzip, br' } });
  return (await response.arrayBuffer()).byteLength;
}

/** A script and all that it imports at its top: what is fetched before anything is seen. */
async function scriptsOf(path: string, seen = new Set<string>()): Promise<ReadonlySet<string>> {
  if (seen.has(path)) return seen;
  seen.add(path);
  for (const [, name] of (await textOf(path)).matchAll(/\b(?:import|from)\s*"\.\/([^"]+\.js)"/g)) {
    await scriptsOf(`/graphql/assets/${name}`, seen);
  }
  return seen;
}

describe('the playground', () => {
  it('is what a browser gets at /graphql, and a program does not', async () => {
    expect(page).toContain('<title>Silkgraph playground</title>');
    expect((await request('/graphql?query={hello}')).headers.get('content-type')).toMatch(/json/);
  });

  it('is a page without a script of its own, which may run and fetch nothing but what is served here', async () => {
    const { status, headers } = await request('/graphql', { headers: pageHeaders });
    expect(status).toBe(200);
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' blob: data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; worker-src 'self'",
    );
    expect(headers.get('vary')).toContain('accept');
    expect(page).not.toMatch(/<style|style="|<script(?![^>]+src)|\son\w+=|https?:/);
    expect(assets.length).toBeGreaterThanOrEqual(3);
  });

  it('answers with every file that the page names, to be kept for ever, packed once for each client', async () => {
    for (const path of assets) {
      const response = await request(path);
      expect(response.status, path).toBe(200);
      expect(response.headers.get('cache-control'), path).toBe('public, max-age=31536000, immutable');
      const plain = Buffer.from(await response.arrayBuffer());
      for (const [encoding, unpack] of [
        ['br', brotliDecompressSync],
        ['gzip', gunzipSync],
      ] as const) {
        const packed = await request(path, { headers: { 'accept-encoding': encoding } });
        expect(packed.headers.get('content-encoding')).toBe(encoding);
        expect(unpack(Buffer.from(await packed.arrayBuffer())).equals(plain)).toBe(true);
      }
    }
  });

  it('evaluates no text, and runs its workers from files that are served here', async () => {
    const scripts = await scriptsOf(main);
    const texts = (await Promise.all([...scripts].map(textOf))).join('\n');
    const workers = new Set(
      texts.match(/graphql\/assets\/(?:editor|graphql|json)-\w+\.js/g)?.map((path) => `/${path}`),
    );
    expect(workers.size).toBe(3);
    for (const path of [...workers, ...scripts]) {
      const response = await request(path);
      expect(response.status, path).toBe(200);
      expect(await response.text(), path).not.toMatch(/new Function\(|[^.\w]eval\(/);
    }
  });

  it('names all scripts that GraphiQL begins with, which are less than 1,200 kB, and loads pictures later', async () => {
    const scripts = await scriptsOf(main);
    for (const path of scripts) expect(assets).toContain(path);
    const sizes = await Promise.all([...assets, '/graphql'].map(compressedSize));
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(1_200_000);
    const texts = await Promise.all([...scripts].map(textOf));
    expect(texts.some((text) => text.includes('cytoscape'))).toBe(false);
    expect(texts.some((text) => /import\("\.\/graph-view-\w+\.js"\)/.test(text))).toBe(true);
  });

  it('has the examples as they are in their folder', async () => {
    const response = await request('/graphql/assets/examples.json');
    expect(response.headers.get('content-type')).toContain('application/json');
    expect(response.headers.get('cache-control')).toBe('no-cache');
    const listed = loadExamples(served.examples);
    expect(await response.json()).toEqual(
      listed.map(({ name, query }) => ({ name, query, title: titleOf(query), remark: remarkOf(query) })),
    );
  });

  it('says what the examples ask in Chinese, beside them and in their comments', async () => {
    const response = await request('/graphql/assets/examples.json?lang=zh-Hans');
    const [first] = (await response.json()) as { name: string; query: string; title: string; remark: string }[];
    expect(first?.title).toMatch(/^肯尼亚有哪些/);
    expect(first?.remark).toMatch(/^只有/);
    const [lead = '', query = ''] = first?.query.split(/(?=^query )/m) ?? [];
    expect(lead).toBe(`# ${first?.title}\n#\n# ${first?.remark}\n`);
    expect(loadExamples(served.examples)[0]?.query.endsWith(`\n${query}`)).toBe(true);
  });

  it('has no other file, and leads nowhere else on the disk', async () => {
    for (const name of ['main.js', 'index.html', '..%2f..%2fpackage.json', 'x.js/..']) {
      expect((await request(`/graphql/assets/${name}`)).status, name).toBe(404);
    }
  });

  it('opens for everybody where reading is closed, since it tells nothing of the graph', async () => {
    const closed = createTinyServer({
      access: { authenticator: { authenticate: () => Promise.reject(new Error('nobody')) }, reading: 'closed' },
    });
    for (const path of [...assets, '/graphql/assets/examples.json']) {
      expect((await closed.request(path)).status, path).toBe(200);
    }
    expect((await closed.request('/graphql', { headers: pageHeaders })).status).toBe(200);
    expect((await closed.ask('{ hello }')).response.status).toBe(401);
  });
});
