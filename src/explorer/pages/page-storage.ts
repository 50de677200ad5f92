/** Texts under names; a part of `Storage`. */
export type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

function inMemory(): Shelf {
  const texts = new Map<string, string>();
  return {
    getItem: (name) => texts.get(name) ?? null,
    setItem: (name, text) => void texts.set(name, text),
    removeItem: (name) => void texts.delete(name),
    key: (index) => [...texts.keys()][index] ?? null,
    get length() {
      return texts.size;
    },
  };
}

/** Browsers refuse storage with an error where cookies are blocked, also to a frame of another site only; some have none. */
function storage(open: () => Storage | null): () => Shelf {
  const passing = inMemory();
  return () => {
    try {
      return open() ?? passing;
    } catch {
      return passing;
    }
  };
}

/** What is stored on this device, for all pages. Where the browser stores nothing, it lasts as long as the page. */
export const onDevice: () => Shelf = storage(() => localStorage);

/** What is stored in this tab. Where the browser stores nothing, it lasts as long as the page. */
export const inTab: () => Shelf = storage(() => sessionStorage);
