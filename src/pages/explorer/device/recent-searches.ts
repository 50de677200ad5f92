import { deviceList } from './device-list.ts';

/** What was searched for: an entity that was chosen, or words. */
export interface RecentSearch {
  readonly words: string;
  /** Slug and kind of the entity. */
  readonly slug?: string;
  readonly kind?: string;
}

const isText = (value: unknown) => typeof value === 'string';

const isRecentSearch = (value: unknown): value is RecentSearch => {
  const { words, slug, kind } = (value ?? {}) as Partial<Record<string, unknown>>;
  return isText(words) && (slug === undefined || (isText(slug) && isText(kind)));
};

/** Recent searches on this device. */
export const recentSearches = deviceList<RecentSearch>({
  ...{ key: 'silkgraph-searches', most: 8 },
  nameOf: ({ words, slug }) => `${slug ?? ''} ${words}`,
  isItem: isRecentSearch,
});
