import { signal } from '@preact/signals';
import { inTab } from '../../shared/page-storage.ts';

/** A query with its variables. */
export interface Asked {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** The response is unavailable. The message is shown to users. */
export class AskError extends Error {
  override readonly name = 'AskError';
  /** Whether the same request may succeed later. */
  readonly isPassing: boolean;
  /** Code of the API, if it reported the error. */
  readonly code: string | undefined;
  /** Words to search for instead, if what was asked for does not exist. */
  readonly instead: string | undefined;

  constructor(
    message: string,
    {
      isPassing = false,
      code,
      instead,
      cause,
    }: { isPassing?: boolean; code?: string; instead?: string; cause?: unknown } = {},
  ) {
    super(message, { cause });
    this.isPassing = isPassing;
    this.code = code;
    this.instead = instead;
  }
}

/** Codes of temporary failures. */
const passing = new Set(['DATABASE_UNAVAILABLE', 'OVERLOADED', 'RATE_LIMITED', 'TIMEOUT']);

/** Where the message of the server advises clients to query less, which users of this page cannot. */
const inReadersWords: Readonly<Record<string, string>> = {
  TIMEOUT: 'The server took too long to respond. It is busy at the moment.',
  RATE_LIMITED: 'The server is busy at the moment.',
  OVERLOADED: 'The server is busy at the moment.',
};

/** The message of an error for users of the page. GraphQL refuses variables in words for those who wrote the query. */
const wordsOf = (code: string, message: string): string =>
  inReadersWords[code] ??
  (message.startsWith('Variable "$') ? 'The graph does not know a part of this address. Remove the filters.' : message);

const KEY = 'silkgraph-key';

/** The message with which the server asked for a key; undefined if it did not. */
export const keyWanted = signal<string | undefined>(undefined);

let waiting: (() => void)[] = [];

/** Whether a key is stored. */
export const hasKey = (): boolean => inTab.getItem(KEY) !== null;

/** Whether a key can be sent in a header: browsers reject other characters, which no key contains. */
export const canBeSent = (key: string): boolean => /^[!-~]+$/.test(key);

/** Stores or removes the key of this tab, and retries the requests that waited for it. */
export function giveKey(key: string | undefined): void {
  if (key === undefined) inTab.removeItem(KEY);
  else inTab.setItem(KEY, key);
  keyWanted.value = undefined;
  const those = waiting;
  waiting = [];
  for (const again of those) again();
}

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

/** Sends data to a path of the server, with the key of this tab. @throws AskError */
export async function post(path: string, body: object, signal?: AbortSignal): Promise<Response> {
  const key = inTab.getItem(KEY);
  try {
    return await fetch(path, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: path === 'graphql' ? 'application/json' : '*/*',
        ...(key && { authorization: `Bearer ${key}` }),
      },
      body: JSON.stringify(body),
      ...(signal && { signal }),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new AskError('The server cannot be reached. Check your connection.', { isPassing: true, cause: error });
  }
}

/** The body of a response of the API. @throws AskError if it cannot be read, as where a proxy answers in its place */
export async function read(response: Response): Promise<Answer> {
  try {
    return (await response.json()) as Answer;
  } catch (error) {
    const message = `The server responded with status ${response.status} and no readable body.`;
    throw new AskError(message, { isPassing: response.status >= 500, cause: error });
  }
}

/**
 * Sends a query. If the server requires a key, waits until the user enters one.
 * @throws AskError
 */
export async function ask<Data>(asked: Asked, signal?: AbortSignal): Promise<Data> {
  const { query, variables } = asked;
  const { data, errors } = await read(await post('graphql', { query, variables }, signal));
  const [error] = errors ?? [];
  if (error?.extensions?.code === 'UNAUTHENTICATED') {
    keyWanted.value = error.message;
    await new Promise<void>((resolve) => waiting.push(resolve));
    return ask(asked, signal);
  }
  if (error) {
    const code = error.extensions?.code ?? '';
    throw new AskError(wordsOf(code, error.message), { isPassing: passing.has(code), code });
  }
  return data as Data;
}

/** Reads all pages of a list. @throws AskError */
export async function askAll<Node>(
  query: string,
  field: string,
  variables: Asked['variables'] = {},
): Promise<readonly Node[]> {
  const nodes: Node[] = [];
  let after: string | null = null;
  do {
    const data: Record<string, Page<Node>> = await ask({ query, variables: { ...variables, after } });
    const page: Page<Node> | undefined = data[field];
    nodes.push(...(page?.nodes ?? []));
    after = page?.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null);
  return nodes;
}

interface Page<Node> {
  readonly nodes: readonly Node[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** Address that opens a query in GraphiQL, in a language if one is given. */
export function graphiqlAddress({ query, variables }: Asked, language?: string): string {
  const parts = new URLSearchParams({ ...(language && { lang: language }), query });
  if (variables) parts.set('variables', JSON.stringify(variables, null, 2));
  return `graphql?${parts}`;
}
