/** Why there is no answer: a code of the server's (docs/errors.md), or one of the two that only a client can tell. */
export type ErrorCode =
  | 'GRAPHQL_PARSE_FAILED'
  | 'GRAPHQL_VALIDATION_FAILED'
  | 'BAD_USER_INPUT'
  | 'INVALID_CURSOR'
  | 'LIMIT_EXCEEDED'
  | 'RATE_LIMITED'
  | 'TIMEOUT'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'CONFLICT'
  | 'OVERLOADED'
  | 'DATABASE_UNAVAILABLE'
  | 'INTERNAL_SERVER_ERROR'
  /** The server was not reached, or the connection broke off. */
  | 'NO_CONNECTION'
  /** What answered is no GraphQL server, or something between spoiled the answer. */
  | 'NO_ANSWER';

/** One error of an answer, as the server gave it. */
export interface AnswerError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly locations?: readonly { readonly line: number; readonly column: number }[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

interface Circumstances {
  readonly errors?: readonly AnswerError[];
  readonly data?: unknown;
  readonly status?: number | undefined;
  readonly requestId?: string | undefined;
  readonly retryAfter?: number | undefined;
  readonly cause?: unknown;
}

/** A question that was not answered, or not in full. The message says what to do. */
export class SilkgraphError extends Error {
  override readonly name = 'SilkgraphError';
  readonly code: ErrorCode;
  /** All errors of the answer; the message is that of the first. */
  readonly errors: readonly AnswerError[];
  /** What was answered all the same: fields that failed are null in it. */
  readonly data: unknown;
  /** Status of the response; absent where there was none. */
  readonly status: number | undefined;
  /** What the server has logged the request under. */
  readonly requestId: string | undefined;
  /** So many milliseconds the server asks to wait before the next try. */
  readonly retryAfter: number | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    { errors = [], data, status, requestId, retryAfter, cause }: Circumstances = {},
  ) {
    super(message, { cause });
    this.code = code;
    this.errors = errors;
    this.data = data;
    this.status = status;
    this.requestId = requestId;
    this.retryAfter = retryAfter;
  }
}
