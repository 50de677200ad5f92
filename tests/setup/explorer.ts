import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import type { Graph } from '../../src/engine/graph/graph.ts';
import { keepStatistics } from '../../src/engine/reads/statistics.ts';
import { createContext } from '../../src/graphql/index.ts';
import type { Listening } from '../../src/server/connections/listen.ts';
import { createServer, type ServerOptions } from '../../src/service/server.ts';
import { launchBrowser } from './browser.ts';
import { served } from './served.ts';
import { axeFaults, type WatchedPage, watchedPage } from './watched-page.ts';

/** The explorer in a browser that reaches nothing but its server. */
export interface Explorer extends WatchedPage {
  /** Whether there is a browser on this machine. */
  readonly isThere: boolean;
  readonly origin: string;
  /** Ends the server while the page stays open. */
  stop(): Promise<void>;
  /** Starts it again at its address. */
  start(): Promise<void>;
  /** Opens a view by the part of its address after `#`, and waits until it is drawn. */
  open(view: string): Promise<void>;
  /** What axe finds wrong with what is seen, in short. */
  faults(): Promise<readonly string[]>;
  /** Where an entity stands in the picture of the graph once that is at rest, in pixels of the window. */
  placeOf(slug: string): Promise<{ x: number; y: number }>;
}

/** Gives a test file the explorer over the database of the run. */
export function explorer(graph: () => Graph, options: () => Partial<ServerOptions> = () => ({})): Explorer {
  let browser: Browser | undefined;
  let listening: Listening;
  let watched: WatchedPage;

  async function start(port: number): Promise<void> {
    const statistics = keepStatistics(graph());
    const server = createServer({
      ...served,
      // Longer than a database of a busy machine plans a new statement, for which a page would show an error, and try again.
      timeout: 60_000,
      // Nothing was warmed up, so that all that is asked is new: a page would soon have to wait for its next share of planning.
      newStatements: { characters: 1e9, charactersPerSecond: 1e9, wide: 1e9 },
      context: (read) => createContext(graph(), statistics, read),
      ...options(),
    });
    listening = await server.listen(port, '127.0.0.1');
  }

  beforeAll(async () => {
    browser = await launchBrowser();
    if (browser === undefined) return;
    await start(0);
    watched = await watchedPage(browser, () => listening.origin, { width: 1280, height: 800 });
  });
  afterAll(async () => {
    await browser?.close();
    await listening?.close(0);
  });

  const placeNow = (slug: string) =>
    watched.page.locator('.canvas').evaluate((element, id) => {
      const { x, y } = element.getBoundingClientRect();
      const { cy } = (
        element as unknown as {
          _cyreg: { cy: { getElementById(id: string): { renderedPosition(): { x: number; y: number } | undefined } } };
        }
      )._cyreg;
      const place = cy.getElementById(id).renderedPosition();
      return place && { x: x + place.x, y: y + place.y };
    }, slug);

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
    stop: () => listening.close(0),
    start: () => start(Number(new URL(listening.origin).port)),
    async open(view) {
      // A page of its own each time: a change of the part after `#` alone loads nothing.
      await watched.page.goto('about:blank');
      await watched.page.goto(`${listening.origin}/explore#${view}`);
      await watched.page.locator('main:not(:has(.loading))').waitFor();
    },
    async faults() {
      return Object.entries(await axeFaults(watched.page)).map(([rule, places]) => `${rule}: ${places.join(' | ')}`);
    },
    async placeOf(slug) {
      for (let before = await placeNow(slug); ; ) {
        await watched.page.waitForTimeout(150);
        const place = await placeNow(slug);
        if (place && place.x === before?.x && place.y === before.y) return place;
        before = place;
      }
    },
  };
}
