import { useEffect } from 'preact/hooks';
import { settings } from '../settings/known.ts';

/** Names what is seen in the title of the page, and so in tabs, bookmarks and shared links. */
export function useTitle(title: string): void {
  useEffect(() => {
    const { brand } = settings();
    document.title = title === '' ? brand : `${title} · ${brand}`;
  }, [title]);
}
