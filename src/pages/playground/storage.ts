import type { Shelf } from '../shared/page-storage.ts';

const NAMESPACE = 'graphiql:';

const PERSISTS_HEADERS = `${NAMESPACE}shouldPersistHeaders`;

/** Where GraphiQL keeps headers, which may contain a key: its history keeps them even if they are not to be stored. */
const withHeaders = ['tabState', 'queries', 'favorites'].map((key) => NAMESPACE + key);

/** Names shared with the explorer. */
const shared: Readonly<Record<string, string>> = { [`${NAMESPACE}theme`]: 'silkgraph-theme' };

/** Values before something is chosen: headers are not stored. */
const initial: Readonly<Record<string, string>> = { [PERSISTS_HEADERS]: 'false' };

/** Tabs that stay when a link opens another one. */
const MOST_TABS = 4;

/** The text of the tabs of GraphiQL without the oldest ones, so that links do not pile up. */
function lastTabs(text: string): string {
  try {
    const state = JSON.parse(text) as { readonly tabs: readonly unknown[] };
    const tabs = state.tabs.slice(-MOST_TABS);
    return JSON.stringify({ ...state, tabs, activeTabIndex: tabs.length - 1 });
  } catch {
    return '';
  }
}

function withoutHeaders(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), (name, value) => (name === 'headers' ? null : value));
  } catch {
    return '';
  }
}

/** Storage of GraphiQL on a device, which has no headers unless their storage is chosen in the settings. */
export function createStorage(device: Shelf) {
  const nameOf = (key: string) => shared[key] ?? key;
  const getItem = (key: string): string | null => device.getItem(nameOf(key)) ?? initial[key] ?? null;
  const names = () =>
    Array.from({ length: device.length }, (_, index) => device.key(index) ?? '').filter((name) =>
      name.startsWith(NAMESPACE),
    );

  function setItem(key: string, text: string): void {
    const isStripped = withHeaders.includes(key) && getItem(PERSISTS_HEADERS) !== 'true';
    device.setItem(nameOf(key), isStripped ? withoutHeaders(text) : text);
    if (key !== PERSISTS_HEADERS || text === 'true') return;
    for (const other of withHeaders) {
      const stored = device.getItem(other);
      if (stored !== null) device.setItem(other, withoutHeaders(stored));
    }
  }

  return {
    getItem,
    setItem,
    removeItem: (key: string) => device.removeItem(nameOf(key)),
    /** Makes a query the one that GraphiQL opens. */
    open({ query, variables }: { readonly query: string; readonly variables: string }): void {
      setItem(`${NAMESPACE}query`, query);
      setItem(`${NAMESPACE}variables`, variables);
      setItem(`${NAMESPACE}tabState`, lastTabs(getItem(`${NAMESPACE}tabState`) ?? ''));
    },
    clear(): void {
      for (const name of names()) device.removeItem(name);
    },
    get length() {
      return names().length;
    },
  };
}

export type PlaygroundStorage = ReturnType<typeof createStorage>;

/** The stored headers: GraphiQL loads the schema before its editor of headers is there. */
export function storedHeaders(storage: PlaygroundStorage): Readonly<Record<string, string>> {
  try {
    return JSON.parse(storage.getItem(`${NAMESPACE}headers`) ?? '{}');
  } catch {
    return {};
  }
}
