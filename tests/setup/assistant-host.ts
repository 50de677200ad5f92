import { fileURLToPath } from 'node:url';
import type { Client } from '@modelcontextprotocol/client';
import { build } from 'esbuild';
import type { Browser, FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { launchBrowser } from './browser.ts';

/** The policy under which a host frames a page that names no addresses (MCP Apps 2026-01-26, "Security Implications"). */
const POLICY =
  "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; media-src 'self' data:; connect-src 'none'";

const ADDRESS = 'http://host.localhost/';

/** How a host shows a page, and what it lets the page do. */
export interface HostOptions {
  readonly theme?: 'light' | 'dark';
  readonly locale?: string;
  readonly width?: number;
  /** @default calls of tools, messages and links */
  readonly capabilities?: object;
}

/** A host of MCP Apps in a browser, with the published bridge and client. */
export interface AssistantHost {
  /** Whether there is a browser on this machine. */
  readonly isThere: boolean;
  readonly page: Page;
  readonly frame: FrameLocator;
  /** What stood in the console as an error or a warning, or was refused by the policy. */
  readonly complaints: readonly string[];
  /** Addresses that the page asked its host to open. */
  readonly opened: readonly string[];
  /** Messages that the page sent for its user. */
  readonly sent: readonly string[];
  /** Opens the page of a tool as its description names it. */
  open(tool: string, options?: HostOptions): Promise<void>;
  /** Calls a tool, and shows its result. */
  call(tool: string, args: object): Promise<void>;
  cancel(): Promise<void>;
  change(context: Pick<HostOptions, 'theme' | 'locale'>): Promise<void>;
}

const everything = { serverTools: {}, message: { text: {} }, openLinks: {} };

/** Gives a test file a host that asks the server of a client. */
export function assistantHost(client: () => Client): AssistantHost {
  const complaints: string[] = [];
  const opened: string[] = [];
  const sent: string[] = [];
  let browser: Browser | undefined;
  let page: Page;

  // biome-ignore lint/suspicious/noExplicitAny: the page of the host has its own types.
  const inHost = (act: (host: any, given: any) => unknown, given?: unknown) =>
    page.evaluate(`(${act})(globalThis.host, ${JSON.stringify(given ?? null)})`);

  beforeAll(async () => {
    browser = await launchBrowser();
    if (!browser) return;
    page = await browser.newPage({ reducedMotion: 'reduce' });
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    page.on('pageerror', ({ message }) => complaints.push(message));
    const source = fileURLToPath(new URL('../pages/assistant/host-page.ts', import.meta.url));
    const bundle = await build({ entryPoints: [source], bundle: true, write: false, format: 'iife', target: 'es2022' });
    const script = bundle.outputFiles[0]?.text ?? '';
    const style = 'body { margin: 0 } iframe { display: block; width: 100%; border: 0 }';
    const body = `<!doctype html><html lang="en"><title>Host</title><style>${style}</style><body><script>${script.replaceAll('</script', '<\\/script')}</script>`;
    await page.route(ADDRESS, (route) => route.fulfill({ contentType: 'text/html', body }));
    await page.exposeFunction('callTool', (name: string, args: Record<string, unknown>) =>
      client().callTool({ name, arguments: args }),
    );
    await page.exposeFunction('opened', (url: string) => opened.push(url));
    await page.exposeFunction('sent', (text: string) => sent.push(text));
  });
  afterAll(async () => {
    await browser?.close();
  });

  return {
    get isThere() {
      return browser !== undefined;
    },
    get page() {
      return page;
    },
    get frame() {
      return page.frameLocator('iframe');
    },
    ...{ complaints, opened, sent },
    async open(tool, { theme = 'light', locale = 'en', width = 800, capabilities = everything } = {}) {
      const { tools } = await client().listTools();
      // biome-ignore lint/suspicious/noExplicitAny: metadata of any shape.
      const meta = tools.find(({ name }) => name === tool)?._meta as any;
      const { contents } = await client().readResource({ uri: meta.ui.resourceUri });
      const [content] = contents;
      if (content?.mimeType !== 'text/html;profile=mcp-app' || !('text' in content))
        throw new Error('There is no page.');
      const policy = `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`;
      await page.setViewportSize({ width, height: 1_000 });
      await page.goto(ADDRESS);
      await inHost(
        (host, [html, can, context]) => host.open(html, can, context),
        [content.text.replace('<head>', `<head>${policy}`), capabilities, { theme, locale }],
      );
    },
    async call(tool, args) {
      const result = await client().callTool({ name: tool, arguments: { ...args } });
      await inHost((host, given) => host.result(given), result);
    },
    async cancel() {
      await inHost((host) => host.cancel());
    },
    async change(context) {
      await inHost((host, given) => host.change(given), context);
    },
  };
}
