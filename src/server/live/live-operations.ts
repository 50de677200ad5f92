import type { ExecutionResult, GraphQLError } from 'graphql';
import { isAsyncIterable } from 'graphql-yoga';
import { AccessRefused } from '../../engine/access/access-refused.ts';
import type { Authenticator, Credentials } from '../../engine/access/authenticator.ts';
import type { Viewer } from '../../engine/access/viewer.ts';
import { times } from '../../engine/budgets/time-budget.ts';
import { getOrInsert } from '../../ontology/get-or-insert.ts';
import { credentialsOf } from '../access/access-credentials.ts';
import { credentialsRefused, refuseOperation } from '../access/access-refusal.ts';
import { callerOf, viewerOf } from '../access/caller.ts';
import { badRequest } from '../bad-request.ts';
import type { QuotaScope, Quotas } from '../limits/quotas.ts';
import type { RequestPlugin } from '../phases.ts';
import { atTime } from './at-time.ts';

/** The active subscriptions, on every transport. */
export interface LiveOperations {
  readonly plugin: RequestPlugin;
  /** Number of active subscriptions. */
  readonly count: number;
  /** Interrupts all of them, and every one that begins later, by `ServerStopping`. */
  end(): Promise<void>;
}

/**
 * Thrown in place of the next result when the server stops. The subscription is not complete: to a client, that would mean
 * that nothing follows, and it would not connect again.
 */
export class ServerStopping extends Error {
  // Yoga makes a result of any other error.
  override readonly name = 'AbortError';
  override readonly message = 'The server is stopping. Connect again.';
}

/** One subscription. */
interface Running {
  readonly caller: string | undefined;
  /** Credentials of its viewer. */
  readonly credentials: Credentials | undefined;
  /** Ends it, with the reason in place of its next result, if there is one. */
  stop(reason?: GraphQLError | ServerStopping): Promise<void>;
}

const refusals: Readonly<Record<QuotaScope, () => GraphQLError>> = {
  CALLER: () =>
    badRequest('You have reached the maximum number of subscriptions. End some first.', 429, 'RATE_LIMITED'),
  ALL: () =>
    badRequest('Too many subscriptions are active. Try again in a moment.', 503, 'OVERLOADED', { 'retry-after': '1' }),
};

/** Tracks subscriptions: they end with their client, with the server, and with the credentials of their viewer. */
export function createLiveOperations(
  { authenticate }: Authenticator,
  quotas: Quotas,
  interval = times.recheck.ms,
): LiveOperations {
  const running = new Set<Running>();
  let isEnding = false;
  let rechecks: NodeJS.Timeout | undefined;

  /** Why credentials have become invalid; `undefined` if they are valid, or if they cannot be checked at the moment. */
  const reasonAgainst = (credentials: Credentials): Promise<GraphQLError | undefined> =>
    authenticate(credentials).then(
      () => undefined,
      (error: unknown) => (error instanceof AccessRefused ? credentialsRefused(error.message) : undefined),
    );

  /** Ends the subscriptions of revoked keys. Each key is checked once, however many subscriptions it has. */
  function recheck(): void {
    const reasons = new Map<string, Promise<GraphQLError | undefined>>();
    for (const { credentials, stop } of running) {
      if (!credentials) continue;
      const shown = JSON.stringify(credentials);
      const reason = getOrInsert(reasons, shown, () => reasonAgainst(credentials));
      void reason.then((error) => error && stop(error));
    }
  }

  function add(one: Running): void {
    running.add(one);
    rechecks ??= setInterval(recheck, interval).unref();
  }

  function remove(one: Running): void {
    running.delete(one);
    quotas.give(one.caller);
    if (running.size > 0) return;
    clearInterval(rechecks);
    rechecks = undefined;
  }

  function followed(
    results: AsyncIterable<ExecutionResult>,
    request: Request,
    viewer: Viewer,
  ): AsyncIterableIterator<ExecutionResult> {
    const source = results[Symbol.asyncIterator]();
    const { signal } = request;
    let farewell: ExecutionResult | ServerStopping | undefined;
    let forgetExpiry = () => {};

    const leave = () => void one.stop();
    const one: Running = {
      caller: callerOf(request),
      credentials: credentialsOf(request),
      async stop(reason) {
        if (!running.has(one)) return;
        if (reason) farewell = reason instanceof ServerStopping ? reason : { errors: [reason] };
        remove(one);
        forgetExpiry();
        signal.removeEventListener('abort', leave);
        await source.return?.();
      },
    };
    add(one);
    if (viewer.expiresAt !== undefined) {
      forgetExpiry = atTime(viewer.expiresAt, () => void one.stop(refuseOperation(viewer, 'subscription')));
    }
    // If the client disconnects before the first result, nothing calls `return`.
    signal.addEventListener('abort', leave, { once: true });
    if (isEnding) void one.stop(new ServerStopping());
    else if (signal.aborted) leave();

    return {
      async next() {
        try {
          const step = await source.next();
          if (!step.done) return step;
        } catch (error) {
          await one.stop();
          throw error;
        }
        await one.stop();
        const value = farewell;
        farewell = undefined;
        if (value instanceof ServerStopping) throw value;
        return value ? { value, done: false } : { value: undefined, done: true };
      },
      async return() {
        await one.stop();
        farewell = undefined;
        return { value: undefined, done: true };
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }

  return {
    plugin: {
      phase: 'respond',
      onSubscribe({ args: { contextValue }, setResultAndStopExecution }) {
        const { request, viewer } = contextValue as { readonly request: Request; readonly viewer?: Viewer };
        const caller = callerOf(request);
        const bound = quotas.take(caller);
        if (bound) return setResultAndStopExecution({ errors: [refusals[bound]()] });
        return {
          onSubscribeResult({ result, setResult }) {
            if (!isAsyncIterable(result)) return quotas.give(caller);
            setResult(followed(result as AsyncIterable<ExecutionResult>, request, viewer ?? viewerOf(request)));
          },
        };
      },
    },
    get count() {
      return running.size;
    },
    async end() {
      isEnding = true;
      await Promise.allSettled([...running].map(({ stop }) => stop(new ServerStopping())));
    },
  };
}
