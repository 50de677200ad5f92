import { getOperationAST } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { type Bookmarks, createBookmarks } from '../graph/graph.ts';
import { badRequest } from './bad-request.ts';

const header = 'silkgraph-bookmark';

/** One header holds as many bookmarks as one change leaves, which is one, and those of a client that goes on from several. */
const MOST_BOOKMARKS = 20;

const kept = new WeakMap<Request, Bookmarks>();

/** The bookmarks of a request: what it reads has seen at least what they stand for. */
export function bookmarksOf(request: Request): Bookmarks {
  const known = kept.get(request);
  if (known) return known;
  const bookmarks = createBookmarks(givenBy(request));
  kept.set(request, bookmarks);
  return bookmarks;
}

function givenBy({ headers }: Request): readonly string[] {
  const given = headers.get(header);
  if (given === null) return [];
  const bookmarks = given.split(',').map((bookmark) => bookmark.trim());
  if (bookmarks.length <= MOST_BOOKMARKS && bookmarks.every((bookmark) => /^[\w+/=:.-]{1,500}$/.test(bookmark))) {
    return bookmarks;
  }
  throw badRequest(
    `The header Silkgraph-Bookmark takes up to ${MOST_BOOKMARKS} bookmarks, parted by commas, each as a response had it.`,
  );
}

/**
 * Reads your own writes, on every server of a cluster: who sends along the bookmark that a change was answered with is
 * answered from a graph that has seen it.
 */
export function useBookmarks(): Plugin {
  const changing = new WeakSet<Request>();
  return {
    onParams: ({ request }) => void bookmarksOf(request),
    onExecute({ args: { document, operationName, contextValue } }) {
      const { request } = contextValue as { readonly request?: Request };
      if (request && getOperationAST(document, operationName)?.operation === 'mutation') changing.add(request);
    },
    async onResponse({ request, response: { headers } }) {
      if (!changing.has(request)) return;
      const [...bookmarks] = await bookmarksOf(request).getBookmarks();
      if (bookmarks.length > 0) headers.set(header, bookmarks.join(','));
    },
  };
}
