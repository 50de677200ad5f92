import { type Document, type TextLike, textOf } from './document.ts';
import { type Change, type ChangesOptions, followChanges } from './follow-changes.ts';
import { leavable } from './leavable.ts';
import { type NodeOf, nodesOf, type Page, walkPages } from './pages.ts';
import { readAnswer } from './read-answer.ts';
import { type Connection, createSend } from './send.ts';
import { subscribe } from './subscribe.ts';
import { tryAgain } from './try-again.ts';

export interface ClientOptions extends Connection {
  /** Maximum number of retries after temporary errors. Default: 3. */
  readonly retries?: number;
  /** Maximum wait in ms before a retry. If `Retry-After` is longer, the error is thrown at once. Default: 30,000. */
  readonly longestWait?: number;
}

export interface AskOptions {
  /** Aborts the operation, which then throws the reason of the signal. */
  readonly signal?: AbortSignal | undefined;
  /** Operation to run, if the document has several. */
  readonly operationName?: string | undefined;
}

export interface SubscribeOptions extends AskOptions {
  /** Called once the server has accepted the subscription. */
  readonly opened?: () => void;
}

/** Arguments of an operation; variables are optional if none is required. */
export type Given<Variables, Options> =
  Record<string, never> extends Variables
    ? [variables?: Variables | undefined, options?: Options]
    : [variables: Variables, options?: Options];

/** Variables of a document that is read page by page; the client sets `after`. */
type Elsewhere<Variables> = Omit<Variables, 'after'>;

/**
 * Client of one server. All methods throw a `SilkgraphError` if there is no response. Errors from callbacks such as `key` or
 * `opened` are rethrown unchanged and end the operation.
 */
export interface Client {
  /**
   * Runs a query or a mutation. After temporary errors it retries queries, and mutations with an `idempotencyKey`, which
   * take effect only once.
   */
  query<Data = unknown, Variables = Record<string, unknown>>(
    document: Document<Data, Variables>,
    ...given: Given<Variables, AskOptions>
  ): Promise<Data>;
  /** The pages of a connection. The document must pass `$after` to it; `pick` selects the connection from the data. */
  pages<Data, Variables, P extends Page>(
    document: Document<Data, Variables>,
    variables: Elsewhere<Variables>,
    pick: (data: Data) => P | null | undefined,
    options?: AskOptions,
  ): AsyncIterableIterator<P>;
  /** The nodes of all pages. */
  all<Data, Variables, P extends Page>(
    document: Document<Data, Variables>,
    variables: Elsewhere<Variables>,
    pick: (data: Data) => P | null | undefined,
    options?: AskOptions,
  ): AsyncIterableIterator<NodeOf<P>>;
  /** The results of a subscription over one connection. Throws if the connection is lost. */
  subscribe<Data = unknown, Variables = Record<string, unknown>>(
    document: Document<Data, Variables>,
    ...given: Given<Variables, SubscribeOptions>
  ): AsyncIterableIterator<Data>;
  /** The changes to the graph, each once and in order. Reconnects automatically. */
  changes(options?: ChangesOptions): AsyncIterableIterator<Change>;
}

const ANSWER = 'application/graphql-response+json, application/json;q=0.9';

/** Queries can be repeated. To decide on mutations, the parser is loaded on demand. */
const isRepeatable = async (query: string, variables?: object) =>
  !/\bmutation\b/.test(query) || (await import('./repeatable.ts')).isRepeatable(query, variables);

/** Creates a client. It keeps connections open only for subscriptions. */
export function createClient({ retries = 3, longestWait = 30_000, ...connection }: ClientOptions): Client {
  const send = createSend(connection);

  async function ask(
    document: TextLike,
    variables?: object,
    { signal, operationName }: AskOptions = {},
  ): Promise<unknown> {
    const query = textOf(document);
    const once = async () => readAnswer(await send({ query, variables, operationName }, ANSWER, signal), signal);
    const mostRetries = (await isRepeatable(query, variables)) ? retries : 0;
    return tryAgain(once, { retries: mostRetries, longestWait, signal });
  }

  const pages: Client['pages'] = <Data, Variables, P extends Page>(
    document: Document<Data, Variables>,
    variables: Elsewhere<Variables>,
    pick: (data: Data) => P | null | undefined,
    options?: AskOptions,
  ) => walkPages<P>(async (after) => pick((await ask(document, { ...variables, after }, options)) as Data));

  return {
    query<Data, Variables>(document: Document<Data, Variables>, ...given: Given<Variables, AskOptions>) {
      const [variables, options] = given as [object?, AskOptions?];
      return ask(document, variables, options) as Promise<Data>;
    },
    pages,
    all: (document, variables, pick, options) => nodesOf(pages(document, variables, pick, options)),
    subscribe<Data, Variables>(document: Document<Data, Variables>, ...given: Given<Variables, SubscribeOptions>) {
      const [variables, { operationName, signal, opened } = {}] = given as [object?, SubscribeOptions?];
      const sent = { query: textOf(document), variables, operationName };
      return leavable((left) => subscribe(send, sent, { signal: left, opened }), signal) as AsyncIterableIterator<Data>;
    },
    changes: ({ signal, ...options } = {}) =>
      leavable((left) => followChanges(send, { ...options, signal: left }), signal),
  };
}
