import { GraphQLError, type GraphQLErrorOptions } from 'graphql';

/** Every code that `extensions.code` of an error can have, and what it tells a client. */
export const errorCodes = {
  GRAPHQL_PARSE_FAILED: 'The document is not GraphQL.',
  GRAPHQL_VALIDATION_FAILED: 'The document does not fit the schema.',
  BAD_USER_INPUT: 'A value in the request cannot be used; the message says which and why.',
  INVALID_CURSOR: 'A cursor is broken, or of another list or order.',
  LIMIT_EXCEEDED: 'The request asks for more than one request may; the message gives the limit.',
  RATE_LIMITED: 'Too many requests; wait as `Retry-After` says.',
  TIMEOUT: 'The request took longer than it may.',
  UNAUTHENTICATED: 'The request names no valid key or token.',
  FORBIDDEN: 'The key or token does not allow this.',
  CONFLICT: 'The graph changed meanwhile.',
  OVERLOADED: 'The server has more to do than it can; try again shortly.',
  DATABASE_UNAVAILABLE: 'The database does not answer; try again shortly.',
  INTERNAL_SERVER_ERROR: 'Our fault; `errorId` is in the log.',
} as const;

export type ErrorCode = keyof typeof errorCodes;

/** An error that a client may read: a code, and a sentence that says what to do. */
export const codedError = (code: ErrorCode, message: string, options: GraphQLErrorOptions = {}): GraphQLError =>
  new GraphQLError(message, { ...options, extensions: { ...options.extensions, code } });

export const badUserInput = (message: string) => codedError('BAD_USER_INPUT', message);
export const limitExceeded = (message: string) => codedError('LIMIT_EXCEEDED', message);
