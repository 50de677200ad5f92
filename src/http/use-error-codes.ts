import { randomUUID } from 'node:crypto';
import { GraphQLError } from 'graphql';
import { isAsyncIterable, mapAsyncIterator, type Plugin } from 'graphql-yoga';
import type { Logger } from 'pino';
import { boundedErrors } from './bounded-errors.ts';
import { clientError } from './client-error.ts';
import { requestId } from './use-request-id.ts';

interface Result {
  readonly errors?: readonly Error[] | undefined;
}

/** So long, in seconds, whoever is told to try again waits: a database that restarts is back in a few. */
const RETRY_AFTER = '2';

/** Gives every error its code on its way out, logs what the caller is not told, and bounds the errors of a response. */
export function useErrorCodes(log: Logger): Plugin {
  // One fault may fail many fields: it has one id and one line in the log.
  const known = new WeakMap<object, string>();

  function errorsOf(errors: readonly Error[], request: Request): GraphQLError[] {
    return errors.map((raw) => {
      const found = raw instanceof GraphQLError ? raw : new GraphQLError(raw.message, { originalError: raw });
      const { error, cause } = clientError(found, (fault) => {
        return (typeof fault === 'object' && fault !== null && known.get(fault)) || randomUUID();
      });
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
    // A database that is down fails every request: one short line each.
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
