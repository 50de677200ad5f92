import { getOperationAST } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { type Bookmarks, createBookmarks } from '../../graph/graph.ts';
import { stateOf } from '../request-state.ts';
import type { SignedBookmarks } from './signed-bookmarks.ts';

const header = 'silkgraph-bookmark';

/** The bookmarks of a request: what it reads has seen at least what they stand for. */
export function bookmarksOf(request: Request): Bookmarks {
  const state = stateOf(request);
  state.bookmarks ??= createBookmarks();
  return state.bookmarks;
}

/**
 * Reads the bookmarks that a request brings along, and waits until the database has reached them.
 * @returns nothing to wait for where it brings none
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
 * Lets clients read their own writes, on every server of a cluster: a request with the bookmark of a change is answered from
 * a graph that has seen it. It is to stand before the places are given out, because a request that waits needs none.
 */
export function useBookmarks(bookmarks: SignedBookmarks): Plugin {
  return {
    onRequestParse: ({ request }) => openBookmarks(request, bookmarks),
    onExecute({ args: { document, operationName, contextValue } }) {
      const { request } = contextValue as { readonly request?: Request };
      if (request) stateOf(request).isMutation = getOperationAST(document, operationName)?.operation === 'mutation';
    },
    async onResponse({ request, response: { headers } }) {
      if (!stateOf(request).isMutation) return;
      const left = [...(await bookmarksOf(request).getBookmarks())];
      if (left.length === 0) return;
      // The change is done, whether or not its bookmark can be signed.
      const signed = await bookmarks.sign(left).catch(() => undefined);
      if (signed !== undefined) headers.set(header, signed);
    },
  };
}
