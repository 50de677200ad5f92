import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A page that reaches nothing but its server, and of which is kept what it should not do. */
export interface WatchedPage {
  readonly page: Page;
  /** Addresses elsewhere that the page asked for. */
  readonly attempted: readonly string[];
  /** What stood in the console as an error or a warning, or was refused by the page's policy. */
  readonly complaints: string[];
}

/** Opens an empty page that may ask only the origin that it is served from. */
export async function watchedPage(
  browser: Browser,
  origin: () => string,
  viewport: { readonly width: number; readonly height: number },
): Promise<WatchedPage> {
  const attempted: string[] = [];
  const complaints: string[] = [];
  const page = await browser.newPage({ viewport, reducedMotion: 'reduce' });
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
      console.error(`The policy forbids ${effectiveDirective}: ${blockedURI}`),
    );
  });
  // Seen, not intercepted: a browser whose requests are intercepted keeps no files, and compiles every script anew.
  page.on('request', (request) => {
    const address = request.url();
    if (!address.startsWith(`${origin()}/`) && !/^(blob|data|about):/.test(address)) attempted.push(address);
  });
  return { page, attempted, complaints };
}

interface AxeAnswer {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
}

/** What axe finds wrong with what is seen: the rules, and where, in short. */
export async function axeFaults(page: Page): Promise<Readonly<Record<string, readonly string[]>>> {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(async () =>
    (globalThis as unknown as { axe: { run(options: object): Promise<AxeAnswer> } }).axe.run({
      rules: { 'target-size': { enabled: true } },
      // Otherwise axe also describes the thousands of elements of a table in which it finds nothing wrong.
      resultTypes: ['violations'],
    }),
  );
  return Object.fromEntries(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 160))]));
}
