import { GraphQLError, type GraphQLErrorOptions } from 'graphql';

/** Every value of `extensions.code` in an error, with its meaning for clients. */
export const errorCodes = {
  GRAPHQL_PARSE_FAILED: 'The document is not valid GraphQL syntax.',
  GRAPHQL_VALIDATION_FAILED: 'The document does not match the schema.',
  BAD_USER_INPUT: 'A value in the request is invalid; the message says which and why.',
  INVALID_CURSOR: 'A cursor is malformed, or belongs to another list or sort order.',
  NO_SUCH_REVISION:
    'The graph has no such revision, or its history does not go back that far; the message says which revisions it has.',
  LIMIT_EXCEEDED: 'The request exceeds a limit; the message says which.',
  RATE_LIMITED: 'Too many requests; wait for the time in `Retry-After`.',
  TIMEOUT: 'The request exceeded the time limit.',
  UNAUTHENTICATED: 'The request has no valid API key or token.',
  FORBIDDEN: 'The API key or token does not permit this.',
  CONFLICT: 'The graph has changed in the meantime.',
  OVERLOADED: 'The server is overloaded; try again shortly.',
  DATABASE_UNAVAILABLE: 'The database is unavailable; try again shortly.',
  INTERNAL_SERVER_ERROR: 'An error in the server; the log lists it by `errorId`.',
} as const;

export type ErrorCode = keyof typeof errorCodes;

/** An error that a client may read: a code, and a sentence that says what to do. */
export const codedError = (code: ErrorCode, message: string, options: GraphQLErrorOptions = {}): GraphQLError =>
  new GraphQLError(message, { ...options, extensions: { ...options.extensions, code } });

export const badUserInput = (message: string) => codedError('BAD_USER_INPUT', message);
export const limitExceeded = (message: string) => codedError('LIMIT_EXCEEDED', message);

/** Why a field is refused where an operation asks about an earlier state. */
export const onlyToday = (field?: string) =>
  badUserInput(
    `${field === undefined ? 'This field' : `\`${field}\``} is about today alone. Leave it out of a query with \`@asOf\`, or ask it in a query of its own.`,
  );

/** Why changes, earlier states and revisions are refused to a role that sees a part of the graph. */
export const hiddenFromRole =
  'Your role sees the graph as it is now, without its history: no changes, revisions, earlier states or subscriptions. Use a key or token whose role sees all of it.';
