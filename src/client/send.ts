import { SilkgraphError } from './silkgraph-error.ts';

/** Address and credentials. */
export interface Connection {
  /** Address of the GraphQL endpoint, for example `https://example.org/graphql`. */
  readonly url: string | URL;
  /** An API key or a token, or a function that returns the current one. */
  readonly key?: string | (() => string | undefined | Promise<string | undefined>) | undefined;
  /** Implementation of `fetch`. Default: that of the runtime. */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>;
}

/** Body of a request. */
export interface Sent {
  readonly query: string;
  readonly variables?: object | undefined;
  readonly operationName?: string | undefined;
}

export type Send = (sent: Sent, accept: string, signal?: AbortSignal) => Promise<Response>;

/** The error for a lost or failed connection. */
export const noConnection = (cause?: unknown): SilkgraphError =>
  new SilkgraphError('NO_CONNECTION', 'The server cannot be reached, or the connection was lost. Try again.', {
    cause,
  });

/** Header with the bookmarks of the last writes, for servers of a cluster. */
const BOOKMARK = 'silkgraph-bookmark';

/** Number of bookmarks that a server takes. */
const MOST_BOOKMARKS = 20;

/**
 * Creates the function that sends all requests. It throws the reason of an aborted signal, errors from `key`, from a key
 * that no header can have or from serialisation, or a SilkgraphError.
 */
export function createSend({ url, key, fetch = (input, init) => globalThis.fetch(input, init) }: Connection): Send {
  let bookmarks: readonly string[] = [];
  return async (sent, accept, signal) => {
    const shown = typeof key === 'function' ? await key() : key;
    const body = JSON.stringify(sent);
    const known = bookmarks;
    const headers = {
      'content-type': 'application/json',
      accept,
      ...(shown === undefined ? {} : { authorization: `Bearer ${shown}` }),
      ...(known.length === 0 ? {} : { [BOOKMARK]: known.join(',') }),
    };
    // Throws for a key that no header can have, which `fetch` would report like a lost connection.
    new Headers(headers);
    try {
      const response = await fetch(String(url), {
        method: 'POST',
        headers,
        body,
        ...(signal === undefined ? {} : { signal }),
      });
      const left = response.headers.get(BOOKMARK);
      // They include those that were sent, but not those of writes at the same time; there are none if those are refused.
      if (left !== null) {
        const given = left.split(',').filter((one) => one !== '');
        bookmarks = [...bookmarks.filter((one) => !known.includes(one)), ...given].slice(-MOST_BOOKMARKS);
      }
      return response;
    } catch (error) {
      signal?.throwIfAborted();
      throw noConnection(error);
    }
  };
}
