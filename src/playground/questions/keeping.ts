import type { Shelf } from '../../explorer/pages/page-storage.ts';

const NAMESPACE = 'graphiql:';
/** Tabs that stay open when a link opens another one. */
const MOST_TABS = 4;

const KEEPS_HEADERS = 'silkgraph-keep-headers';
/** Shared with the explorer. */
const THEME = 'silkgraph-theme';

/** Keys of GraphiQL whose values contain headers. */
const telling: ReadonlySet<string> = new Set(['headers', 'tabState', 'queries', 'favorites']);

/** Initial values: side panels are narrower than the default of GraphiQL. */
const atFirst: Readonly<Record<string, string>> = { docExplorerFlex: '0.28' };

/** The tabs in a text of GraphiQL, or of another page that uses the same names. */
function tabsIn(text: string): { readonly state: object; readonly tabs: readonly unknown[] } {
  try {
    const state: unknown = JSON.parse(text);
    if (typeof state === 'object' && state !== null && 'tabs' in state && Array.isArray(state.tabs))
      return { state, tabs: state.tabs };
  } catch {
    // GraphiQL ignores such a text as well.
  }
  return { state: {}, tabs: [] };
}

/** The same text without any headers. */
function withoutHeaders(key: string, text: string): string {
  if (key === 'headers') return '';
  try {
    return JSON.stringify(JSON.parse(text), (name, value) => (name === 'headers' ? null : value));
  } catch {
    return '';
  }
}

/**
 * Storage of GraphiQL. It is persistent except for headers, which may contain a key: they are stored for the tab only, unless
 * the user chooses to store them on the device.
 */
export function createKeeping(device: Shelf, tab: Shelf) {
  const keepsHeaders = () => device.getItem(KEEPS_HEADERS) === 'true';

  function put(key: string, text: string): void {
    if (text === '') device.removeItem(NAMESPACE + key);
    else device.setItem(NAMESPACE + key, text);
  }

  const own = (shelf: Shelf) =>
    Array.from({ length: shelf.length }, (_, index) => shelf.key(index) ?? '').filter((key) =>
      key.startsWith(NAMESPACE),
    );

  return {
    keepsHeaders,
    /** Sets whether headers are stored on the device, including existing ones. */
    keepHeaders(keeps: boolean): void {
      if (keeps) device.setItem(KEEPS_HEADERS, 'true');
      else device.removeItem(KEEPS_HEADERS);
      for (const key of telling) {
        const name = NAMESPACE + key;
        const text = tab.getItem(name) ?? device.getItem(name);
        if (text === null) continue;
        // Headers from the device are kept in this tab.
        if (!keeps) tab.setItem(name, text);
        put(key, keeps ? text : withoutHeaders(key, text));
      }
    },
    /** Stores a linked query in the same way as typed ones. */
    keepQuestion({ query, variables }: { readonly query: string; readonly variables: string }): void {
      put('query', query);
      put('variables', variables);
    },
    /** Makes room for the tab of a link: the oldest tabs are closed, so that links do not pile up. */
    makeRoom(): void {
      const name = `${NAMESPACE}tabState`;
      for (const shelf of [device, tab]) {
        const text = shelf.getItem(name);
        if (text === null) continue;
        const { state, tabs } = tabsIn(text);
        if (tabs.length <= MOST_TABS) continue;
        shelf.setItem(name, JSON.stringify({ ...state, tabs: tabs.slice(-MOST_TABS), activeTabIndex: MOST_TABS - 1 }));
      }
    },
    /** The last headers. */
    headers: (): string => tab.getItem(`${NAMESPACE}headers`) ?? device.getItem(`${NAMESPACE}headers`) ?? '',
    /** Storage interface for GraphiQL. */
    storage: {
      getItem(name: string): string | null {
        const key = name.slice(NAMESPACE.length);
        // GraphiQL always writes headers; this storage decides where.
        if (key === 'shouldPersistHeaders') return 'true';
        if (key === 'theme') return device.getItem(THEME);
        const kept = (telling.has(key) ? tab.getItem(name) : null) ?? device.getItem(name);
        return kept ?? atFirst[key] ?? null;
      },
      setItem(name: string, text: string): void {
        const key = name.slice(NAMESPACE.length);
        if (telling.has(key)) {
          tab.setItem(name, text);
          put(key, keepsHeaders() ? text : withoutHeaders(key, text));
        } else device.setItem(key === 'theme' ? THEME : name, text);
      },
      removeItem(name: string): void {
        const key = name.slice(NAMESPACE.length);
        tab.removeItem(name);
        device.removeItem(key === 'theme' ? THEME : name);
      },
      clear(): void {
        for (const shelf of [device, tab]) for (const key of own(shelf)) shelf.removeItem(key);
      },
      get length() {
        return own(device).length;
      },
    },
  };
}

export type Keeping = ReturnType<typeof createKeeping>;
