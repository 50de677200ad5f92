import { useEffect } from 'preact/hooks';

/** Names what is seen in the title of the page, and so in tabs, bookmarks and shared links. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title === '' ? 'Silkgraph' : `${title} · Silkgraph`;
  }, [title]);
}
