import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createContext, runInContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { type BuildOptions, build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type * as client from '../../src/client/index.ts';
import { launchBrowser } from '../setup/browser.ts';
import { liveServers } from '../setup/live-server.ts';
import { seeds } from '../setup/seeds.ts';
import { silkgraph } from '../setup/silkgraph.ts';
import { type StaticFiles, serveFiles } from '../setup/static-files.ts';
import { fakeServers, next, refusal, stream } from './fake-server.ts';

type Module = typeof client;

const entry = fileURLToPath(new URL('../../src/client/index.ts', import.meta.url));

/** The client as a bundler makes it for a runtime that has nothing of Node's: what Node alone has fails to bundle. */
const bundle = (options: Pick<BuildOptions, 'format' | 'splitting' | 'globalName'>) =>
  build({
    entryPoints: { client: entry },
    outdir: '/bundle',
    bundle: true,
    minify: true,
    platform: 'browser',
    target: 'es2022',
    write: false,
    metafile: true,
    logLevel: 'silent',
    ...options,
  });

const forPages = () => bundle({ format: 'esm', splitting: true });

describe('the client in a bundle', () => {
  it('brings nothing along but a parser, in a piece that only mutations load', async () => {
    const { metafile, outputFiles } = await forPages();
    const libraries = Object.keys(metafile.inputs).filter((path) => path.includes('node_modules'));
    expect(libraries.filter((path) => !/node_modules\/graphql\/(language|error|jsutils)\//.test(path))).toEqual([]);
    const main = Object.entries(metafile.outputs).find(([path]) => path.endsWith('/client.js'))?.[1];
    const loadedAtOnce = [
      ...Object.keys(main?.inputs ?? {}),
      ...(main?.imports ?? [])
        .filter(({ kind }) => kind === 'import-statement')
        .flatMap(({ path }) => Object.keys(metafile.outputs[path]?.inputs ?? {})),
    ];
    expect(loadedAtOnce.filter((path) => path.includes('node_modules'))).toEqual([]);
    const bytes = outputFiles.find(({ path }) => path.endsWith('/client.js'))?.contents ?? new Uint8Array();
    expect(gzipSync(bytes).length).toBeLessThan(5_000);
  });
});

/** Globals that all web-like runtimes have (https://min-common-api.proposal.wintertc.org). */
const webGlobals = {
  AbortController,
  AbortSignal,
  clearTimeout,
  fetch,
  Headers,
  ReadableStream,
  Request,
  Response,
  setTimeout,
  TextDecoder,
  TextEncoder,
  URL,
};

describe('the client in an edge runtime', () => {
  const start = fakeServers();
  let edge: Module;

  beforeAll(async () => {
    const { outputFiles } = await bundle({ format: 'iife', globalName: 'silkgraph' });
    const context = createContext({ ...webGlobals });
    edge = runInContext(`${outputFiles[0]?.text}; silkgraph`, context);
    expect(runInContext('typeof process + typeof Buffer + typeof require', context)).toBe('undefined'.repeat(3));
  });

  it('asks, waits, writes once, and follows changes', async () => {
    const { url, received } = await start(
      refusal('OVERLOADED', 503, { 'retry-after': '0' }),
      (response) => response.end('{"data":{"labs":{"totalCount":110}}}'),
      refusal('OVERLOADED', 503),
      stream([next({ changes: { __typename: 'EntityChange', sequence: 1, cursor: 'c1' } })], { ends: false }),
    );
    const { query, changes } = edge.createClient({ url });
    expect(await query('{ labs { totalCount } }')).toMatchObject({ labs: { totalCount: 110 } });
    const refused = query('mutation { deleteLab: delete(input: { entity: { kind: LAB, id: "x" } }) { outcome } }');
    await expect(refused).rejects.toMatchObject({ name: 'SilkgraphError', code: 'OVERLOADED' });
    const followed = changes({ after: 'c0' });
    expect((await followed.next()).value).toMatchObject({ sequence: 1 });
    await followed.return?.();
    expect(received).toHaveLength(4);
  });
});

describe('the client in a browser, on a page of another site', () => {
  const graph = silkgraph();
  const start = liveServers();
  let browser: Browser | undefined;
  let files: StaticFiles;
  let page: Page;

  beforeAll(async () => {
    browser = await launchBrowser();
    if (browser === undefined) return;
    const { outputFiles } = await forPages();
    const scripts = new Map(outputFiles.map(({ path, text }) => [`/${basename(path)}`, text]));
    files = await serveFiles(async (path) => {
      if (path === '/index.html') {
        return `<!doctype html><link rel="icon" href="data:,"><title>app</title>
          <script type="module">import * as client from '/client.js'; globalThis.client = client;</script>`;
      }
      const script = scripts.get(path);
      if (script === undefined) throw new Error(`There is no ${path}.`);
      return script;
    });
    page = await browser.newPage();
  });
  afterAll(async () => {
    await browser?.close();
    files?.close();
  });

  it('asks, walks pages, is refused in words, and follows changes', async ({ skip }) => {
    if (browser === undefined) skip('there is no Chrome or Chromium on this machine');
    const { graphql } = await start(graph.graph, {
      corsOrigins: [files.origin],
      rateLimit: { requests: 8, seconds: 60 },
    });
    await page.goto(files.origin);
    await page.waitForFunction(() => 'client' in globalThis);
    const seen = await page.evaluate(async (url) => {
      const { createClient, SilkgraphError } = (globalThis as unknown as { client: Module }).client;
      const { query, all, changes } = createClient({ url, longestWait: 0 });
      const labs = [];
      const document =
        'query ($after: String) { labs(first: 60, after: $after) { nodes { slug } pageInfo { hasNextPage endCursor } } }';
      type Data = { labs: { nodes: { slug: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } } };
      for await (const { slug } of all(document, {}, (data) => (data as Data).labs)) labs.push(slug);
      const start = btoa('["changes",0]').replaceAll('=', '');
      const followed = changes({ after: start });
      const { value } = await followed.next();
      await followed.return?.();
      const refusals = [];
      for (const text of [
        'mutation { deleteLab: delete(input: { entity: { kind: LAB, id: "x" } }) { outcome } }',
        ...Array(8).fill('{ nothing }'),
      ]) {
        const error: unknown = await query(text).catch((thrown: unknown) => thrown);
        if (error instanceof SilkgraphError) refusals.push({ ...error, message: error.message });
      }
      return { labs: labs.length, change: value?.__typename, refusals };
    }, graphql);
    expect(seen).toMatchObject({ labs: seeds.entities.Lab.length, change: 'ImportChange' });
    expect(seen.refusals[0]).toMatchObject({ code: 'UNAUTHENTICATED', status: 401, requestId: expect.any(String) });
    // Only what CORS exposes can be read: how long to wait is.
    expect(seen.refusals.at(-1)).toMatchObject({ code: 'RATE_LIMITED', status: 429, retryAfter: expect.any(Number) });
  }, 60_000);
});
