import { noConnection } from './send.ts';
import { type AnswerError, type ErrorCode, SilkgraphError } from './silkgraph-error.ts';

/** A GraphQL response. */
export interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly AnswerError[];
}

/** Status and headers of a response. */
export interface Circumstances {
  readonly status: number;
  readonly requestId: string | undefined;
  readonly retryAfter: number | undefined;
}

/** `Retry-After` in milliseconds; the header contains seconds or a date. */
function retryAfterOf(text: string | null): number | undefined {
  if (text === null) return undefined;
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : Math.max(0, time - Date.now());
}

export const circumstancesOf = ({ status, headers }: Response): Circumstances => ({
  status,
  requestId: headers.get('x-request-id') ?? undefined,
  retryAfter: retryAfterOf(headers.get('retry-after')),
});

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const isError = (value: unknown): value is AnswerError =>
  isObject(value) && 'message' in value && typeof value.message === 'string';

function isAnswer(value: unknown): value is Answer {
  if (!isObject(value)) return false;
  if (!('errors' in value)) return 'data' in value;
  return Array.isArray(value.errors) && value.errors.length > 0 && value.errors.every(isError);
}

/** The error for responses that are not GraphQL. */
export const noAnswer = (circumstances: Circumstances, cause?: unknown): SilkgraphError =>
  new SilkgraphError(
    'NO_ANSWER',
    `Not a GraphQL response (status ${circumstances.status}). Check the address of the server, for example http://127.0.0.1:4000/graphql.`,
    { ...circumstances, cause },
  );

/** The data of a JSON response. @throws SilkgraphError if it has errors or is not a GraphQL response */
export function dataOf(text: string, circumstances: Circumstances): unknown {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch (error) {
    throw noAnswer(circumstances, error);
  }
  if (!isAnswer(answer)) throw noAnswer(circumstances);
  const [first] = answer.errors ?? [];
  if (first === undefined) return answer.data;
  const { code = 'INTERNAL_SERVER_ERROR' } = first.extensions ?? {};
  throw new SilkgraphError(code as ErrorCode, first.message, { ...circumstances, ...answer });
}

/** The data of a single response. @throws SilkgraphError, or the reason of an aborted signal */
export async function readAnswer(response: Response, signal?: AbortSignal): Promise<unknown> {
  const circumstances = circumstancesOf(response);
  const text = await response.text().catch((error: unknown) => {
    signal?.throwIfAborted();
    throw noConnection(error);
  });
  return dataOf(text, circumstances);
}
