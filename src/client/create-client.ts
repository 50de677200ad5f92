import { type Document, type TextLike, textOf } from './document.ts';
import { type Change, type ChangesOptions, followChanges } from './follow-changes.ts';
import { leavable } from './leavable.ts';
import { type NodeOf, nodesOf, type Page, walkPages } from './pages.ts';
import { readAnswer } from './read-answer.ts';
import { type Connection, createSend } from './send.ts';
import { subscribe } from './subscribe.ts';
import { tryAgain } from './try-again.ts';

export interface ClientOptions extends Connection {
  /** How often a question is asked again while what is against it may pass; 3 unless told. */
  readonly retries?: number;
  /** Where the server asks to wait longer than so many milliseconds, its refusal is thrown at once; 30,000 unless told. */
  readonly longestWait?: number;
}

export interface AskOptions {
  /** Ends it: what waits for the answer is thrown the reason of the signal. */
  readonly signal?: AbortSignal | undefined;
  /** Which operation is meant, where the document has several. */
  readonly operationName?: string | undefined;
}

export interface SubscribeOptions extends AskOptions {
  /** Is told once the server has taken the subscription. */
  readonly opened?: () => void;
}

/** Variables may be left out where none is required. */
export type Given<Variables, Options> =
  Record<string, never> extends Variables
    ? [variables?: Variables | undefined, options?: Options]
    : [variables: Variables, options?: Options];

/** Variables of a document that walks pages: where to go on is seen to. */
type Elsewhere<Variables> = Omit<Variables, 'after'>;

/**
 * Speaks with one server. Everything throws a `SilkgraphError` where there is no answer; what the caller's own functions throw,
 * as `key` or `opened`, is thrown as it is, and ends what called them.
 */
export interface Client {
  /**
   * Asks a question, or has something changed. What may pass is tried again: questions, and mutations that carry an
   * `idempotencyKey`, so that nothing is done twice.
   */
  query<Data = unknown, Variables = Record<string, unknown>>(
    document: Document<Data, Variables>,
    ...given: Given<Variables, AskOptions>
  ): Promise<Data>;
  /** The pages of a connection, by a document that passes `$after` to it; `pick` finds the connection in the data. */
  pages<Data, Variables, P extends Page>(
    document: Document<Data, Variables>,
    variables: Elsewhere<Variables>,
    pick: (data: Data) => P | null | undefined,
    options?: AskOptions,
  ): AsyncIterableIterator<P>;
  /** What is on these pages, one by one. */
  all<Data, Variables, P extends Page>(
    document: Document<Data, Variables>,
    variables: Elsewhere<Variables>,
    pick: (data: Data) => P | null | undefined,
    options?: AskOptions,
  ): AsyncIterableIterator<NodeOf<P>>;
  /** The results of a subscription, over one connection: it throws where that breaks off. */
  subscribe<Data = unknown, Variables = Record<string, unknown>>(
    document: Document<Data, Variables>,
    ...given: Given<Variables, SubscribeOptions>
  ): AsyncIterableIterator<Data>;
  /** The changes to the graph, each once and in order, across connections that break off. */
  changes(options?: ChangesOptions): AsyncIterableIterator<Change>;
}

const ANSWER = 'application/graphql-response+json, application/json;q=0.9';

/** Reads may be repeated. Whether a mutation may be needs a parser, which is not loaded for less. */
const isRepeatable = async (query: string, variables?: object) =>
  !/\bmutation\b/.test(query) || (await import('./repeatable.ts')).isRepeatable(query, variables);

/** Makes a client of a server. It holds no connection open but those of subscriptions. */
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
