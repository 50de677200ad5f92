import { getOperationAST } from 'graphql';
import { type Bookmarks, createBookmarks } from '../../engine/graph/graph.ts';
import type { RequestPlugin } from '../phases.ts';
import { requestIn, stateOf } from '../request-state.ts';
import type { SignedBookmarks } from './signed-bookmarks.ts';

const header = 'silkgraph-bookmark';

/** The bookmarks of a request: its reads see at least these states. */
export function bookmarksOf(request: Request): Bookmarks {
  const state = stateOf(request);
  state.bookmarks ??= createBookmarks();
  return state.bookmarks;
}

/**
 * Reads the bookmarks that a request sends, and waits until the database has reached them.
 * @returns `undefined` if it sends none
 * @throws GraphQLError
 */
export function openBookmarks(request: Request, { open }: SignedBookmarks): Promise<void> | undefined {
  const given = request.headers.get(header);
  if (given === null) return undefined;
  return open(given).then((bookmarks) => {
    stateOf(request).bookmarks = createBookmarks(bookmarks);
  });
}

/**
 * Lets clients read their own writes on every server of a cluster: a request with the bookmark of a change reads a database
 * that has seen it. A request needs no place while it waits.
 */
export function useBookmarks(bookmarks: SignedBookmarks): RequestPlugin {
  return {
    phase: 'receive',
    onRequestParse: ({ request }) => openBookmarks(request, bookmarks),
    onExecute({ args: { document, operationName, contextValue } }) {
      const request = requestIn(contextValue);
      if (request) stateOf(request).isMutation = getOperationAST(document, operationName)?.operation === 'mutation';
    },
    async onResponse({ request, response: { headers } }) {
      if (!stateOf(request).isMutation) return;
      const left = [...(await bookmarksOf(request).getBookmarks())];
      if (left.length === 0) return;
      // The change is committed, even if its bookmark cannot be signed.
      const signed = await bookmarks.sign(left).catch(() => undefined);
      if (signed !== undefined) headers.set(header, signed);
    },
  };
}
