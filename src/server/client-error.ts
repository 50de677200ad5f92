import { GraphQLError, Kind } from 'graphql';
import type { Logger } from 'pino';
import { GraphError, type GraphFault, lackedMemory } from '../engine/graph/errors.ts';
import { codedError, type ErrorCode, hiddenFromRole } from '../graphql/errors.ts';

/** Codes and messages for faults of the graph; `STATEMENT` is an internal error. */
const graphFaults: Readonly<Record<Exclude<GraphFault, 'STATEMENT' | 'HIDDEN'>, readonly [ErrorCode, string]>> = {
  UNAVAILABLE: ['DATABASE_UNAVAILABLE', 'The database is not responding. Try again in a moment.'],
  CANCELLED: ['DATABASE_UNAVAILABLE', 'The database stopped this operation. Try again in a moment.'],
  TIMEOUT: ['TIMEOUT', 'The operation timed out. Request less at once: smaller pages or fewer nested fields.'],
  OVERLOADED: ['OVERLOADED', 'The server is overloaded. Try again in a moment, or request less at once.'],
  MEMORY: [
    'LIMIT_EXCEEDED',
    'The operation needs more memory than the database gives to one. Request less at once: narrower filters, fewer groups, facets or nested fields, smaller pages.',
  ],
};

/** A change has no pages to make smaller, and may have been committed when its time was over. */
const changeFaults: Readonly<Partial<Record<GraphFault, string>>> = {
  TIMEOUT:
    'The change timed out, and may have been made nevertheless. Send it again with the same idempotencyKey, or look whether it was made.',
  MEMORY: 'The change needs more memory than the database gives to one. Make it in smaller parts.',
};

/** Characters of a statement in the log. */
const LONGEST_STATEMENT = 10_000;

/** The text of a statement that needed much memory, for the log; its parameters may be confidential. */
function greedyStatement(error: unknown): { readonly statement?: string } {
  const text = error instanceof GraphError && lackedMemory(error) ? error.statement?.text : undefined;
  return text ? { statement: text.slice(0, LONGEST_STATEMENT) } : {};
}

/** Codes of yoga, with those of this server for the same fault. */
const yogaCodes: Readonly<Record<string, ErrorCode>> = {
  BAD_REQUEST: 'BAD_USER_INPUT',
  OPERATION_RESOLUTION_FAILURE: 'BAD_USER_INPUT',
  // Their messages are kept: clients recognise by this text that they have to send the document.
  PERSISTED_QUERY_NOT_FOUND: 'BAD_USER_INPUT',
  PERSISTED_QUERY_MISMATCH: 'BAD_USER_INPUT',
};

/** The original error inside all its wrappers. */
function rootOf(error: GraphQLError): unknown {
  const { originalError } = error;
  return originalError instanceof GraphQLError ? rootOf(originalError) : (originalError ?? error);
}

/** Whether the caller caused an error: by a value or a variable of the document, not by a field that cannot be completed. */
const isAboutValue = ({ nodes }: GraphQLError) => nodes?.[0] !== undefined && nodes[0].kind !== Kind.FIELD;

const recoded = (error: GraphQLError, code: ErrorCode, message: string, extensions: Record<string, unknown> = {}) =>
  codedError(code, message, { nodes: error.nodes ?? null, path: error.path ?? null, extensions });

/** An error as a client may see it, and its cause for the log. */
export interface ClientError {
  readonly error: GraphQLError;
  /** Absent if only the caller is at fault. */
  readonly cause?: { readonly fault: 'ours' | 'database'; readonly error: unknown };
}

/** Logs why a request failed, unless only its caller is at fault. */
export function logCause({ error, cause }: ClientError, facts: object, log: Logger, message: string): void {
  const { code, errorId } = error.extensions;
  if (cause?.fault === 'ours') log.error({ errorId, ...facts, err: cause.error }, message);
  // While the database is down every request fails: one short line each.
  else if (cause) {
    const reason = { code, ...facts, reason: String(cause.error), ...greedyStatement(cause.error) };
    const isTooLarge = cause.error instanceof GraphError && cause.error.fault === 'MEMORY';
    log.warn(reason, isTooLarge ? 'A statement needed too much memory.' : 'The database did not respond.');
  }
}

/** Gives an error its code. An unexpected one gets an ID in place of its message, which may come from the database. */
export function clientError(
  error: GraphQLError,
  errorId: (cause: unknown) => string,
  { isMutation = false }: { readonly isMutation?: boolean | undefined } = {},
): ClientError {
  const cause = rootOf(error);
  const fault = cause instanceof GraphError ? cause.fault : 'STATEMENT';
  if (fault === 'HIDDEN') return { error: recoded(error, 'FORBIDDEN', hiddenFromRole) };
  if (fault !== 'STATEMENT') {
    const [code, message] = graphFaults[fault];
    const told = isMutation ? changeFaults[fault] : undefined;
    return { error: recoded(error, code, told ?? message), cause: { fault: 'database', error: cause } };
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
  // Without data, yoga responds with 500 to `unexpected`, and removes the word.
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
