import { randomUUID } from 'node:crypto';
import { GraphQLError } from 'graphql';
import { isAsyncIterable, mapAsyncIterator } from 'graphql-yoga';
import type { Logger } from 'pino';
import { boundedErrors } from './bounded-errors.ts';
import { type ClientError, clientError, logCause } from './client-error.ts';
import type { RequestPlugin } from './phases.ts';
import { stateOf } from './request-state.ts';
import { namesOf } from './use-request-id.ts';

interface Result {
  readonly errors?: readonly Error[] | undefined;
}

/** `Retry-After` in seconds: a database that restarts is back within a few. */
const RETRY_AFTER = '2';

/** Gives every error its code, logs what the client may not see, and limits the errors of a response. */
export function useErrorCodes(log: Logger): RequestPlugin {
  // An error that makes many fields fail has one ID and one line in the log.
  const known = new WeakMap<object, string>();

  function errorsOf(errors: readonly Error[], request: Request): GraphQLError[] {
    return errors.map((raw) => {
      const found = raw instanceof GraphQLError ? raw : new GraphQLError(raw.message, { originalError: raw });
      const errorId = (fault: unknown) =>
        (typeof fault === 'object' && fault !== null && known.get(fault)) || randomUUID();
      const reported = clientError(found, errorId, stateOf(request));
      if (!request.signal.aborted) report(reported, request);
      return reported.error;
    });
  }

  function report(reported: ClientError, request: Request): void {
    const { error, cause } = reported;
    const thrown = cause?.error;
    if (typeof thrown === 'object' && thrown !== null) {
      if (known.has(thrown)) return;
      known.set(thrown, String(error.extensions.errorId ?? ''));
    }
    logCause(reported, { ...namesOf(request), path: error.path?.join('.') }, log, 'A field failed.');
  }

  const coded = <R extends Result>(result: R, request: Request): R =>
    result.errors === undefined ? result : { ...result, errors: boundedErrors(errorsOf(result.errors, request)) };

  return {
    phase: 'finish',
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
