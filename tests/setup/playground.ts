import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import type { Listening } from '../../src/server/connections/listen.ts';
import type { Server } from '../../src/service/server.ts';
import { launchBrowser } from './browser.ts';
import { axeFaults, type WatchedPage, watchedPage } from './watched-page.ts';

/** The playground in a browser that reaches nothing but its server. */
export interface Playground extends WatchedPage {
  /** Whether there is a browser on this machine. */
  readonly isThere: boolean;
  readonly origin: string;
  /** Opens the page with parameters in its address, and waits until it can be typed in. */
  open(search?: string): Promise<void>;
  /** Asks what stands in the editor. */
  run(): Promise<void>;
  /** What stands in the editor, or in the answer, in so far as it is seen. */
  textOf(part: 'query' | 'response'): Promise<string>;
  /** What axe finds wrong with what is seen: the rules, and how often. */
  faults(): Promise<Readonly<Record<string, readonly string[]>>>;
}

/** Gives a test file the playground of a server. */
export function playground(start: () => Server, viewport = { width: 1440, height: 900 }): Playground {
  let browser: Browser | undefined;
  let listening: Listening;
  let watched: WatchedPage;

  beforeAll(async () => {
    browser = await launchBrowser();
    if (browser === undefined) return;
    listening = await start().listen(0, '127.0.0.1');
    watched = await watchedPage(browser, () => listening.origin, viewport);
    watched.page.setDefaultTimeout(60_000);
  });
  afterAll(async () => {
    await browser?.close();
    await listening?.close(0);
  });

  return {
    get isThere() {
      return browser !== undefined;
    },
    get page() {
      return watched.page;
    },
    get attempted() {
      return watched.attempted;
    },
    get complaints() {
      return watched.complaints;
    },
    get origin() {
      return listening.origin;
    },
    async open(search = '') {
      await watched.page.goto(`${listening.origin}/graphql${search}`);
      await watched.page.locator('.graphiql-query-editor .view-line').first().waitFor();
    },
    async run() {
      await watched.page.getByRole('button', { name: /execute query/i }).click();
    },
    async textOf(part) {
      const text = await watched.page
        .locator(`.graphiql-${part === 'query' ? 'query-editor' : 'response'} .view-lines`)
        .textContent();
      // The editor writes spaces that do not break.
      return (text ?? '').replaceAll('\u00a0', ' ');
    },
    faults: () => axeFaults(watched.page),
  };
}
