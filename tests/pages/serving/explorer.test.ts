import { readFileSync } from 'node:fs';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import '../../setup/built-pages.ts';
import { createTinyServer } from '../../server/tiny-server.ts';

const { request, server } = createTinyServer();

const page = await (await request('/explore')).text();
const assets = [...page.matchAll(/(?:src|href)="(explore\/assets\/[^"]+)"/g)].map(([, path]) => `/${path}`);
const script = assets.find((path) => path.endsWith('.js')) ?? '';

/** Everything that a script fetches before anything is drawn: itself, and what it imports at its top. */
async function scriptsOf(path: string, seen = new Map<string, string>()): Promise<ReadonlyMap<string, string>> {
  if (seen.has(path)) return seen;
  const text = await (await request(path)).text();
  seen.set(path, text);
  const imported = [...text.matchAll(/\b(?:import|from)\s*"\.\/([^"]+\.js)"/g)].map(([, name]) => name);
  for (const name of imported) await scriptsOf(`/explore/assets/${name}`, seen);
  return seen;
}

/** The scripts that are fetched when a page is first wanted. */
const laterScripts = (texts: Iterable<string>) =>
  [...texts].flatMap((text) => [...text.matchAll(/import\("\.\/([^"]+\.js)"\)/g)].map(([, name]) => name ?? ''));

async function compressedSize(path: string): Promise<number> {
  const response = await request(path, { headers: { 'accept-encoding': 'gzip, br' } });
  return (await response.arrayBuffer()).byteLength;
}

describe('/explore', () => {
  it('is a page without a script or style of its own, which may run and fetch nothing but what is served here', async () => {
    const response = await request('/explore');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    // What previews of links are told names addresses that the page does not open.
    expect(page.replace(/<meta [^>]+>/g, '')).not.toMatch(/<style|style="|<script(?![^>]+src)|\son\w+=|https?:/);
    expect(assets).toHaveLength(3);
  });

  it('tells previews of links what it is, in the language of the link, with a picture of its own', async () => {
    const chinese = await (await request('/explore?lang=zh-Hans')).text();
    expect(page).toContain('<meta property="og:title" content="Science and technology');
    expect(page).toContain('<html lang="en">');
    expect(chinese).toContain('<html lang="zh-Hans">');
    expect(chinese).toMatch(/<meta property="og:title" content="[^"]*[一-鿿]/);
    const [, address = ''] = /<meta property="og:image" content="([^"]+)"/.exec(chinese) ?? [];
    const { pathname, search, origin } = new URL(address);
    expect(origin).not.toBe('null');
    const picture = await request(pathname + search);
    expect(picture.headers.get('content-type')).toBe('image/png');
    expect((await picture.arrayBuffer()).byteLength).toBeGreaterThan(5_000);
  });

  it('has one picture for previews of links, whatever host it is asked for: each takes long to draw', async () => {
    const pictureAt = async (host: string) => {
      const picture = await server.fetch(new Request(`http://${host}/explore/assets/preview.png`));
      return Buffer.from(await picture.arrayBuffer());
    };
    expect((await pictureAt('192.0.2.1')).equals(await pictureAt('192.0.2.2'))).toBe(true);
  });

  it('may be shown in frames of the origins that are allowed to, and only as an embedded view', async () => {
    const ancestors = async (server: ReturnType<typeof createTinyServer>, path: string) =>
      /frame-ancestors (.+)$/.exec((await server.request(path)).headers.get('content-security-policy') ?? '')?.[1];
    const isEmbeddable = async (server: ReturnType<typeof createTinyServer>) =>
      ((await (await server.request('/explore/assets/graph.json')).json()) as { isEmbeddable: boolean }).isEmbeddable;
    const closed = createTinyServer();
    const open = createTinyServer({ frameOrigins: ['https://news.example', 'https://other.example'] });
    expect(await ancestors(closed, '/explore?embed')).toBe("'none'");
    expect(await ancestors(open, '/explore')).toBe("'none'");
    expect(await ancestors(open, '/explore?lang=en&embed')).toBe('https://news.example https://other.example');
    expect([await isEmbeddable(closed), await isEmbeddable(open)]).toEqual([false, true]);
  });

  it('answers with every file that the page names, to be kept for ever', async () => {
    for (const path of assets) {
      const response = await request(path);
      expect(response.status, path).toBe(200);
      expect(response.headers.get('cache-control'), path).toBe('public, max-age=31536000, immutable');
      expect(response.headers.get('x-content-type-options'), path).toBe('nosniff');
    }
  });

  it('packs files once, and gives each client what it can unpack', async () => {
    const plain = Buffer.from(await (await request(script)).arrayBuffer());
    for (const [encoding, unpack] of [
      ['br', brotliDecompressSync],
      ['gzip', gunzipSync],
    ] as const) {
      const response = await request(script, { headers: { 'accept-encoding': encoding } });
      expect(response.headers.get('content-encoding')).toBe(encoding);
      expect(response.headers.get('vary')).toContain('accept-encoding');
      expect(unpack(Buffer.from(await response.arrayBuffer())).equals(plain)).toBe(true);
    }
    const refused = await request(script, { headers: { 'accept-encoding': 'br;q=0, gzip;q=0' } });
    expect(refused.headers.get('content-encoding')).toBeNull();
  });

  it('needs less than 40 kB before something is chosen, and 180 kB for the graph, beside settings and data', async () => {
    const first = await scriptsOf(script);
    const sizeOf = async (paths: Iterable<string>) => {
      const sizes = await Promise.all([...paths].map(compressedSize));
      return sizes.reduce((sum, each) => sum + each, 0);
    };
    const start = await sizeOf(['/explore', ...assets.filter((path) => !path.endsWith('.js')), ...first.keys()]);
    expect(start).toBeLessThan(40_000);
    const graph = laterScripts(first.values()).find((name) => name.startsWith('graph-page-')) ?? '';
    const all = await scriptsOf(`/explore/assets/${graph}`, new Map(first));
    expect(start + (await sizeOf([...all.keys()].filter((path) => !first.has(path))))).toBeLessThan(180_000);
  });

  it('gives its icon to the pages without scripts', async () => {
    const lost = await (await request('/nothing', { headers: { accept: 'text/html' } })).text();
    const [, icon = ''] = /<link rel="icon" type="image\/svg\+xml" href="([^"]+)">/.exec(lost) ?? [];
    expect(assets).toContain(`/${icon}`);
    expect((await request(`/${icon}`)).headers.get('content-type')).toBe('image/svg+xml');
  });

  it('loads the faces of the Chinese font apart from its styles', async () => {
    const sheet = assets.find((path) => path.endsWith('.css')) ?? '';
    expect(await (await request(sheet)).text()).not.toContain('.woff2');
    const [fonts = ''] = [...(await scriptsOf(script)).values()].flatMap(
      (text) => /explore\/assets\/fonts-\w+\.css/.exec(text)?.[0] ?? [],
    );
    expect(await (await request(`/${fonts}`)).text()).toContain('@font-face');
  });

  it('needs less than 300 kB of script, whichever page is opened first', async () => {
    const first = await scriptsOf(script);
    const later = laterScripts(first.values());
    expect(later.length).toBeGreaterThanOrEqual(3);
    for (const name of later) {
      const all = await scriptsOf(`/explore/assets/${name}`, new Map(first));
      const sizes = await Promise.all([...all.keys()].map(compressedSize));
      const size = sizes.reduce((sum, each) => sum + each, 0);
      expect(size, name).toBeLessThan(300_000);
    }
  });

  it('has no other file, and leads nowhere else on the disk', async () => {
    for (const name of ['main.js', 'index.html', '..%2f..%2fpackage.json', '%2e%2e/package.json', 'x.js/..']) {
      const response = await request(`/explore/assets/${name}`);
      expect(response.status, name).toBe(404);
    }
  });

  it('answers with the notices that the data asks for', async () => {
    const response = await request('/explore/notice.txt');
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(await response.text()).toBe(readFileSync(new URL('../../../seeds/NOTICE', import.meta.url), 'utf8'));
  });
});
