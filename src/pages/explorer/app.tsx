import type { ComponentType } from 'preact';
import { useRef } from 'preact/hooks';
import { inLine } from '../drawing/words.ts';
import { inTab } from '../shared/page-storage.ts';
import { AskError } from './api/ask.ts';
import { keyedResource } from './api/resource.ts';
import { passFocus } from './keyboard/pass-focus.ts';
import { isAnalysis, type PageName } from './navigation/address.ts';
import { addressWith, unread, view } from './navigation/navigation.ts';
import { AboutPage } from './page/about-page.tsx';
import { AskPage } from './page/ask-page.tsx';
import { StartPage } from './page/start-page.tsx';
import { KeyDialog } from './panels/key-dialog.tsx';
import { Await } from './parts/parts.tsx';
import { TopBar } from './parts/top-bar.tsx';
import { addressForFrame, isEmbedded } from './settings/language.ts';
import { say } from './settings/say.tsx';

const stillPages: Partial<Record<PageName, ComponentType>> = {
  start: StartPage,
  ask: AskPage,
  about: AboutPage,
};

/** Pages that are loaded on first use, so that the first view is small. */
const laterPages: Partial<Record<string, () => Promise<ComponentType>>> = {
  search: async () => (await import('./page/search-page.tsx')).SearchPage,
  list: async () => (await import('./list/list-page.tsx')).ListPage,
  graph: async () => (await import('./graph/graph-page.tsx')).GraphPage,
  map: async () => (await import('./map/map-page.tsx')).MapPage,
  timeline: async () => (await import('./timeline/timeline-page.tsx')).TimelinePage,
  pattern: async () => (await import('./analysis/pattern-page.tsx')).PatternPage,
  groups: async () => (await import('./analysis/groups-page.tsx')).GroupsPage,
  compare: async () => (await import('./analysis/compare-page.tsx')).ComparePage,
  similar: async () => (await import('./analysis/similar-page.tsx')).SimilarPage,
  gaps: async () => (await import('./analysis/gaps-page.tsx')).GapsPage,
  changes: async () => (await import('./analysis/changes-page.tsx')).ChangesPage,
};

const RELOADED = 'silkgraph-reloaded';

/**
 * Browsers cache a failed import until the page is reloaded. The whole view is in the address, so a reload loses nothing.
 * Reloads at most once a minute.
 */
async function reload(): Promise<void> {
  const { ok } = await fetch('explore', { cache: 'no-store' });
  if (!ok || Date.now() - Number(inTab.getItem(RELOADED)) < 60_000) return;
  inTab.setItem(RELOADED, String(Date.now()));
  location.reload();
}

const missing = new Set<string>();

const laterPage = keyedResource(async (name) => {
  try {
    if (missing.has(name)) await reload();
    return await laterPages[name]?.();
  } catch (cause) {
    missing.add(name);
    const message = navigator.onLine
      ? 'The server is restarting or has a newer version. Reload the page if this persists.'
      : 'The server cannot be reached. Check your connection.';
    throw new AskError(message, { isPassing: true, cause });
  }
});

/** The pages as nouns. */
const whatIs: Readonly<Record<PageName, string>> = {
  start: 'the page',
  search: 'the results',
  list: 'the list',
  graph: 'the graph',
  map: 'the map',
  timeline: 'the timeline',
  ask: 'the page',
  about: 'the page',
  pattern: 'the page',
  groups: 'the groups',
  compare: 'the comparison',
  similar: 'the similar entities',
  gaps: 'the gaps',
  changes: 'the changes',
};

/** Titles of the pages until they are loaded. */
const titles: Readonly<Record<PageName, string>> = {
  start: 'Silkgraph',
  search: 'Search',
  list: 'Lists',
  graph: 'Graph',
  map: 'Map',
  timeline: 'Timeline',
  ask: 'Ask',
  about: 'About the data',
  pattern: 'Patterns',
  groups: 'Groups',
  compare: 'Compare',
  similar: 'Similar',
  gaps: 'Gaps',
  changes: 'Changes',
};

function CurrentPage({ name }: { readonly name: PageName }) {
  const StillPage = stillPages[name];
  if (StillPage) return <StillPage />;
  return (
    <>
      {laterPage(name).loaded.value.state !== 'ready' && <h1 class="visually-hidden">{say(titles[name])}</h1>}
      <Await resource={laterPage(name)} what={say(whatIs[name])}>
        {(Page) => Page && <Page />}
      </Await>
    </>
  );
}

/** Reports parts of the address that could not be read, for example because a link was cut off. */
function UnreadNote() {
  if (unread.value.length === 0) return null;
  return (
    <div class="unread" role="alert">
      <p>
        <strong>{say('Part of this address could not be read, or is unknown here:')}</strong>{' '}
        <span class="unread-parts">{say('{parts}.', { parts: inLine(unread.value) })}</span> {say('The rest is shown.')}
      </p>
      <button
        type="button"
        class="small"
        onClick={() => {
          passFocus(() => document.querySelector('main'));
          unread.value = [];
        }}
      >
        {say('Close')}
      </button>
    </div>
  );
}

/** The whole explorer. */
export function App() {
  const { page } = view.value;
  const main = useRef<HTMLElement>(null);
  return (
    <>
      <button type="button" class="skip" onClick={() => main.current?.focus()}>
        {say('Skip to content')}
      </button>
      {!isEmbedded && <TopBar />}
      <UnreadNote />
      <main id="main" ref={main} tabIndex={-1} class={`page ${page}-page${isAnalysis(page) ? ' analysis-page' : ''}`}>
        <CurrentPage name={page} />
      </main>
      {isEmbedded && (
        <footer class="frame-foot">
          <a href={addressForFrame(false, addressWith({}))} target="_blank" rel="noopener">
            {say('Open in the explorer')}
          </a>
        </footer>
      )}
      <KeyDialog />
    </>
  );
}
