import { signal } from '@preact/signals';

/** A question together with its variables: enough to ask it, and to open it in GraphiQL. */
export interface Asked {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** An answer that cannot be had; the message is for people. */
export class AskError extends Error {
  override readonly name = 'AskError';
  /** Whether it may be had a little later, without another question. */
  readonly isPassing: boolean;

  constructor(message: string, { isPassing = false, cause }: { isPassing?: boolean; cause?: unknown } = {}) {
    super(message, { cause });
    this.isPassing = isPassing;
  }
}

/** What a server says that starts, or has too much to do, at the moment. */
const passing = new Set(['DATABASE_UNAVAILABLE', 'OVERLOADED', 'RATE_LIMITED', 'TIMEOUT']);

const KEY = 'silkgraph-key';

/** Why the server wants a key, in its words; nothing while it does not. */
export const keyWanted = signal<string | undefined>(undefined);

let waiting: (() => void)[] = [];

/** Whether a key is kept that the server does not take. */
export const hasKey = (): boolean => sessionStorage.getItem(KEY) !== null;

/** Whether a key can be sent: browsers send no request with other characters in its headers, and no key has them. */
export const canBeSent = (key: string): boolean => /^[!-~]+$/.test(key);

/** Keeps a key as long as this tab lives, or none, and asks again what had waited for it. */
export function giveKey(key: string | undefined): void {
  if (key === undefined) sessionStorage.removeItem(KEY);
  else sessionStorage.setItem(KEY, key);
  keyWanted.value = undefined;
  const those = waiting;
  waiting = [];
  for (const again of those) again();
}

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

async function send({ query, variables }: Asked, signal?: AbortSignal): Promise<Response> {
  const key = sessionStorage.getItem(KEY);
  try {
    return await fetch('/graphql', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        ...(key && { authorization: `Bearer ${key}` }),
      },
      body: JSON.stringify({ query, variables }),
      ...(signal && { signal }),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new AskError('The server cannot be reached. Check the connection.', { isPassing: true, cause: error });
  }
}

async function read(response: Response): Promise<Answer> {
  try {
    return (await response.json()) as Answer;
  } catch (error) {
    const message = `The server answered with ${response.status} and nothing that can be read.`;
    throw new AskError(message, { isPassing: response.status >= 500, cause: error });
  }
}

/**
 * Asks the server. Where it wants a key, waits until one is given.
 * @throws AskError
 */
export async function ask<Data>(asked: Asked, signal?: AbortSignal): Promise<Data> {
  const { data, errors } = await read(await send(asked, signal));
  const [error] = errors ?? [];
  if (error?.extensions?.code === 'UNAUTHENTICATED') {
    keyWanted.value = error.message;
    await new Promise<void>((resolve) => waiting.push(resolve));
    return ask(asked, signal);
  }
  if (error) {
    const code = error.extensions?.code ?? '';
    // The server tells programs to ask for less; nobody here can.
    const message =
      code === 'TIMEOUT' ? 'This took the server too long: it has much to do at the moment.' : error.message;
    throw new AskError(message, { isPassing: passing.has(code) });
  }
  return data as Data;
}

/** Asks for page after page of a list, and gives all its nodes. @throws AskError */
export async function askAll<Node>(query: string, field: string): Promise<readonly Node[]> {
  const nodes: Node[] = [];
  let after: string | null = null;
  do {
    const data: Record<string, Page<Node>> = await ask({ query, variables: { after } });
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

/** Where GraphiQL opens a question. */
export function graphiqlAddress({ query, variables }: Asked): string {
  const parts = new URLSearchParams({ query });
  if (variables) parts.set('variables', JSON.stringify(variables, null, 2));
  return `/graphql?${parts}`;
}
