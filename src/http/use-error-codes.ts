import { randomUUID } from 'node:crypto';
import { GraphQLError } from 'graphql';
import { isAsyncIterable, mapAsyncIterator, type Plugin } from 'graphql-yoga';
import type { Logger } from 'pino';
import { boundedErrors } from './bounded-errors.ts';
import { clientError } from './client-error.ts';
import { stateOf } from './request-state.ts';
import { requestId } from './use-request-id.ts';

interface Result {
  readonly errors?: readonly Error[] | undefined;
}

/** `Retry-After` in seconds: a database that restarts is back within a few. */
const RETRY_AFTER = '2';

/** Gives every error its code, logs what the client may not see, and limits the errors of a response. */
export function useErrorCodes(log: Logger): Plugin {
  // An error that makes many fields fail has one ID and one line in the log.
  const known = new WeakMap<object, string>();

  function errorsOf(errors: readonly Error[], request: Request): GraphQLError[] {
    return errors.map((raw) => {
      const found = raw instanceof GraphQLError ? raw : new GraphQLError(raw.message, { originalError: raw });
      const errorId = (fault: unknown) =>
        (typeof fault === 'object' && fault !== null && known.get(fault)) || randomUUID();
      const { error, cause } = clientError(found, errorId, stateOf(request));
      if (cause !== undefined && !request.signal.aborted) report(cause.fault, cause.error, error, request);
      return error;
    });
  }

  function report(fault: 'ours' | 'database', cause: unknown, error: GraphQLError, request: Request): void {
    const errorId = String(error.extensions.errorId ?? '');
    if (typeof cause === 'object' && cause !== null) {
      if (known.has(cause)) return;
      known.set(cause, errorId);
    }
    const facts = { requestId: requestId(request), path: error.path?.join('.') };
    if (fault === 'ours') log.error({ errorId, ...facts, err: cause }, 'A field failed.');
    // While the database is down every request fails: one short line each.
    else log.warn({ code: error.extensions.code, ...facts, reason: String(cause) }, 'The database did not respond.');
  }

  const coded = <R extends Result>(result: R, request: Request): R =>
    result.errors === undefined ? result : { ...result, errors: boundedErrors(errorsOf(result.errors, request)) };

  return {
    onResponse({ response: { status, headers } }) {
      if (status === 503 && !headers.has('retry-after')) headers.set('retry-after', RETRY_AFTER);
    },
    onResultProcess({ request, result, setResult }) {
      if (isAsyncIterable(result)) setResult(mapAsyncIterator(result, (part) => coded(part, request)));
      else if (Array.isArray(result)) setResult(result.map((one) => coded(one, request)));
      else if (result.errors !== undefined) setResult(coded(result, request));
    },
  };
}
