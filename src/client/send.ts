import { SilkgraphError } from './silkgraph-error.ts';

/** Where a server is, and who asks. */
export interface Connection {
  /** The address of GraphQL, as in `https://example.org/graphql`. */
  readonly url: string | URL;
  /** An API key or a token, or what gives the one that counts now. */
  readonly key?: string | (() => string | undefined | Promise<string | undefined>) | undefined;
  /** What requests are sent with; the runtime's own where absent. */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>;
}

/** An operation as it is sent. */
export interface Sent {
  readonly query: string;
  readonly variables?: object | undefined;
  readonly operationName?: string | undefined;
}

export type Send = (sent: Sent, accept: string, signal?: AbortSignal) => Promise<Response>;

/** The connection broke off, or never came about. */
export const noConnection = (cause?: unknown): SilkgraphError =>
  new SilkgraphError('NO_CONNECTION', 'The server cannot be reached, or the connection broke off. Try again.', {
    cause,
  });

/** With what a server of a cluster recognises which changes whoever asks has made. */
const BOOKMARK = 'silkgraph-bookmark';

/**
 * Makes the one way by which requests leave. It throws the reason of an aborted signal, what `key` throws, or what cannot be
 * written as JSON, else a SilkgraphError.
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
