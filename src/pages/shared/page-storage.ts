import { serverAddress } from './server-address.ts';

/** Texts under names; a part of `Storage`. */
export type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/** A shelf that takes every text: what the browser does not store lasts as long as the page. */
export interface PageShelf extends Shelf {
  /** Whether the text of a name is lost when the page is left. */
  isPassing(name: string): boolean;
  /** Calls back whenever a page in another tab may have changed the texts. */
  onChange(changed: () => void): void;
}

/** What the names of texts begin with: one site may have several servers, below different paths. */
function prefix(): string {
  const { pathname } = new URL(serverAddress());
  return pathname === '/' ? '' : `${pathname} `;
}

/**
 * Browsers refuse storage with an error where cookies are blocked, also to a frame of another site only; some have none, and in
 * others it is full.
 */
function storage(open: () => Storage | null): PageShelf {
  const passing = new Map<string, string>();
  const lasting = (): Storage | null => {
    try {
      return open();
    } catch {
      return null;
    }
  };
  const isStored = (name: string, text: string): boolean => {
    try {
      const store = lasting();
      store?.setItem(prefix() + name, text);
      return store !== null;
    } catch {
      return false;
    }
  };
  const lastingNames = () =>
    Object.keys(lasting() ?? {})
      .filter((name) => name.startsWith(prefix()))
      .map((name) => name.slice(prefix().length));
  const names = () => [...new Set([...passing.keys(), ...lastingNames()])];
  return {
    isPassing: (name) => passing.has(name),
    onChange: (changed) => addEventListener('storage', changed),
    getItem: (name) => passing.get(name) ?? lasting()?.getItem(prefix() + name) ?? null,
    setItem(name, text) {
      if (isStored(name, text)) passing.delete(name);
      else passing.set(name, text);
    },
    removeItem(name) {
      passing.delete(name);
      lasting()?.removeItem(prefix() + name);
    },
    key: (index) => names()[index] ?? null,
    get length() {
      return names().length;
    },
  };
}

/** What is stored on this device, for all pages. */
export const onDevice: PageShelf = storage(() => localStorage);

/** What is stored in this tab. */
export const inTab: PageShelf = storage(() => sessionStorage);
