import { GraphQLError, Kind } from 'graphql';
import { GraphError, type GraphFault } from '../graph/errors.ts';
import { codedError, type ErrorCode } from '../schema/errors.ts';

/** What a client is told when the graph did not answer; `STATEMENT` is a fault of ours. */
const graphFaults: Readonly<Record<Exclude<GraphFault, 'STATEMENT'>, readonly [ErrorCode, string]>> = {
  UNAVAILABLE: ['DATABASE_UNAVAILABLE', 'The database is not responding. Try again in a moment.'],
  CANCELLED: ['DATABASE_UNAVAILABLE', 'The database stopped this operation. Try again in a moment.'],
  TIMEOUT: ['TIMEOUT', 'The operation timed out. Request less at once: smaller pages or fewer nested fields.'],
  OVERLOADED: ['OVERLOADED', 'The server is overloaded. Try again in a moment, or request less at once.'],
};

/** Codes of Yoga's own, and ours for the same. */
const yogaCodes: Readonly<Record<string, ErrorCode>> = {
  BAD_REQUEST: 'BAD_USER_INPUT',
  OPERATION_RESOLUTION_FAILURE: 'BAD_USER_INPUT',
  // Their messages stay as they are: by these words clients know that they have to send the document.
  PERSISTED_QUERY_NOT_FOUND: 'BAD_USER_INPUT',
  PERSISTED_QUERY_MISMATCH: 'BAD_USER_INPUT',
};

/** What first went wrong, under all that was wrapped around it. */
function rootOf(error: GraphQLError): unknown {
  const { originalError } = error;
  return originalError instanceof GraphQLError ? rootOf(originalError) : (originalError ?? error);
}

/** A value or a variable of the document is the caller's; a field that cannot be completed is ours. */
const isAboutValue = ({ nodes }: GraphQLError) => nodes?.[0] !== undefined && nodes[0].kind !== Kind.FIELD;

const recoded = (error: GraphQLError, code: ErrorCode, message: string, extensions: Record<string, unknown> = {}) =>
  codedError(code, message, { nodes: error.nodes ?? null, path: error.path ?? null, extensions });

/** An error as a client may see it, and what of it belongs in the log. */
export interface ClientError {
  readonly error: GraphQLError;
  /** Absent where the caller alone is at fault. */
  readonly cause?: { readonly fault: 'ours' | 'database'; readonly error: unknown };
}

/** Gives an error its code. One that nobody expected loses its words, which may be the database's, and gets an id. */
export function clientError(error: GraphQLError, errorId: (cause: unknown) => string): ClientError {
  const cause = rootOf(error);
  if (cause instanceof GraphError && cause.fault !== 'STATEMENT') {
    const [code, message] = graphFaults[cause.fault];
    return { error: recoded(error, code, message), cause: { fault: 'database', error: cause } };
  }
  const given = cause instanceof GraphQLError ? error.extensions.code : undefined;
  if (typeof given === 'string' && given !== 'INTERNAL_SERVER_ERROR') {
    const code = Object.hasOwn(yogaCodes, given) ? yogaCodes[given] : undefined;
    return { error: code === undefined ? error : recoded(error, code, error.message, error.extensions) };
  }
  if (given === undefined && isAboutValue(error)) {
    return { error: recoded(error, 'BAD_USER_INPUT', error.message, error.extensions) };
  }
  const id = errorId(cause);
  // Yoga answers 500 to `unexpected` where there is no data, and keeps the word to itself.
  const extensions = { errorId: id, unexpected: true };
  return {
    error: recoded(
      error,
      'INTERNAL_SERVER_ERROR',
      `Internal server error. Quote ${id} when you report it.`,
      extensions,
    ),
    cause: { fault: 'ours', error: cause },
  };
}
