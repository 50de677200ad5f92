import type { ComponentType } from 'preact';
import { useRef } from 'preact/hooks';
import { AskError } from './api/ask.ts';
import { keyedResource } from './api/resource.ts';
import type { PageName } from './navigation/address.ts';
import { unread, view } from './navigation/navigation.ts';
import { AboutPage } from './page/about-page.tsx';
import { SearchPage } from './page/search-page.tsx';
import { StartPage } from './page/start-page.tsx';
import { KeyDialog } from './panels/key-dialog.tsx';
import { Await } from './parts/parts.tsx';
import { TopBar } from './parts/top-bar.tsx';

const stillPages: Partial<Record<PageName, ComponentType>> = {
  start: StartPage,
  search: SearchPage,
  about: AboutPage,
};

/** The pages that draw are fetched when they are first wanted: the libraries that draw are most of the script. */
const drawingPages: Partial<Record<string, () => Promise<ComponentType>>> = {
  graph: async () => (await import('./graph/graph-page.tsx')).GraphPage,
  map: async () => (await import('./map/map-page.tsx')).MapPage,
  timeline: async () => (await import('./timeline/timeline-page.tsx')).TimelinePage,
};

const RELOADED = 'silkgraph-reloaded';

/**
 * A browser keeps in mind that a script could not be had until the page is loaded anew. All that is seen stands in the
 * address, so that nothing is lost by that; it is not done twice a minute.
 */
async function reload(): Promise<void> {
  const { ok } = await fetch('/explore', { cache: 'no-store' });
  if (!ok || Date.now() - Number(sessionStorage.getItem(RELOADED)) < 60_000) return;
  sessionStorage.setItem(RELOADED, String(Date.now()));
  location.reload();
}

const missing = new Set<string>();

const drawingPage = keyedResource(async (name) => {
  try {
    if (missing.has(name)) await reload();
    return await drawingPages[name]?.();
  } catch (cause) {
    missing.add(name);
    const message =
      'Its script cannot be had: the server restarts, or has a newer version. Reload the page if this lasts.';
    throw new AskError(message, { isPassing: true, cause });
  }
});

function CurrentPage({ name }: { readonly name: PageName }) {
  const StillPage = stillPages[name];
  if (StillPage) return <StillPage />;
  return (
    <Await resource={drawingPage(name)} what={`the ${name}`}>
      {(Page) => Page && <Page />}
    </Await>
  );
}

/** Says that an address was not read as a whole: it may have been cut off on its way. */
function UnreadNote() {
  if (unread.value.length === 0) return null;
  return (
    <div class="unread" role="alert">
      <p>
        <strong>A part of this address could not be read:</strong> {unread.value.join(', ')}. The rest is shown.
      </p>
      <button
        type="button"
        class="small"
        onClick={() => {
          unread.value = [];
        }}
      >
        Close
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
        Skip to the page
      </button>
      <TopBar />
      <UnreadNote />
      <main id="main" ref={main} tabIndex={-1} class={`page ${page}-page`}>
        <CurrentPage name={page} />
      </main>
      <KeyDialog />
    </>
  );
}
