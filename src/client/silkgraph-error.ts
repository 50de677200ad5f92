/** Error code: one of the server (docs/errors.md), or one of the two that the client adds. */
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
  /** The server was not reached, or the connection was lost. */
  | 'NO_CONNECTION'
  /** The response is not GraphQL: wrong address, or changed by a proxy. */
  | 'NO_ANSWER';

/** One error of a response. */
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

/** An operation failed, entirely or in part. The message says what to do. */
export class SilkgraphError extends Error {
  override readonly name = 'SilkgraphError';
  readonly code: ErrorCode;
  /** All errors of the response; `message` is that of the first. */
  readonly errors: readonly AnswerError[];
  /** Partial data: failed fields are null. */
  readonly data: unknown;
  /** HTTP status; undefined without a response. */
  readonly status: number | undefined;
  /** Request ID in the log of the server. */
  readonly requestId: string | undefined;
  /** `Retry-After` in milliseconds. */
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
