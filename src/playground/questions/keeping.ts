/** What of a browser's storage is used. */
type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

const NAMESPACE = 'graphiql:';
const KEEPS_HEADERS = 'silkgraph-keep-headers';
/** The explorer has its theme there too. */
const THEME = 'silkgraph-theme';

/** What GraphiQL writes headers into, by itself or among other things. */
const telling: ReadonlySet<string> = new Set(['headers', 'tabState', 'queries', 'favorites']);

/** What is so until somebody changes it: panels beside the editors are narrower than GraphiQL makes them. */
const atFirst: Readonly<Record<string, string>> = { docExplorerFlex: '0.28' };

/** The same text without any headers. */
function withoutHeaders(key: string, text: string): string {
  if (key === 'headers') return '';
  return JSON.stringify(JSON.parse(text), (name, value) => (name === 'headers' ? null : value));
}

/**
 * Where GraphiQL keeps what is typed. All of it outlives the browser, but for headers, which may hold a key: they live as
 * long as their tab, unless somebody chooses to keep them on the device.
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
    /** Chooses whether headers stay on the device, for those too that are written already. */
    keepHeaders(keeps: boolean): void {
      if (keeps) device.setItem(KEEPS_HEADERS, 'true');
      else device.removeItem(KEEPS_HEADERS);
      for (const key of telling) {
        const name = NAMESPACE + key;
        const text = tab.getItem(name) ?? device.getItem(name);
        if (text === null) continue;
        // What was read from the device stays in this tab.
        if (!keeps) tab.setItem(name, text);
        put(key, keeps ? text : withoutHeaders(key, text));
      }
    },
    /** Keeps a question that nobody typed, as GraphiQL keeps those that somebody did. */
    keepQuestion({ query, variables }: { readonly query: string; readonly variables: string }): void {
      put('query', query);
      put('variables', variables);
    },
    /** The headers that were typed last. */
    headers: (): string => tab.getItem(`${NAMESPACE}headers`) ?? device.getItem(`${NAMESPACE}headers`) ?? '',
    /** In the form that GraphiQL takes. */
    storage: {
      getItem(name: string): string | null {
        const key = name.slice(NAMESPACE.length);
        // It is told to write headers; where they end is decided here.
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
