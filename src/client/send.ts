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

/** Header with the bookmark of the last write, for servers of a cluster. */
const BOOKMARK = 'silkgraph-bookmark';

/**
 * Creates the function that sends all requests. It throws the reason of an aborted signal, errors from `key` or from
 * serialisation, or a SilkgraphError.
 */
export function createSend({ url, key, fetch = (input, init) => globalThis.fetch(input, init) }: Connection): Send {
  let bookmark: string | undefined;
  return async (sent, accept, signal) => {
    const shown = typeof key === 'function' ? await key() : key;
    const body = JSON.stringify(sent);
    try {
      const response = await fetch(String(url), {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept,
          ...(shown === undefined ? {} : { authorization: `Bearer ${shown}` }),
          ...(bookmark === undefined ? {} : { [BOOKMARK]: bookmark }),
        },
        body,
        ...(signal === undefined ? {} : { signal }),
      });
      bookmark = response.headers.get(BOOKMARK) ?? bookmark;
      return response;
    } catch (error) {
      signal?.throwIfAborted();
      throw noConnection(error);
    }
  };
}
