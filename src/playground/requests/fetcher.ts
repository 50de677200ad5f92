import type { Fetcher, FetcherParams, Observable } from '@graphiql/toolkit';
import type { ExecutionResult, FormattedExecutionResult } from 'graphql';
import type { Exchange, Exchanges, Question } from './exchange.ts';
import { operationType } from './operations.ts';
import { type Headers, send } from './send.ts';

const questionOf = ({ query, variables, operationName }: FetcherParams): Question => ({
  query,
  ...(variables && { variables }),
  ...(operationName && { operationName }),
});

/** Observer of results. */
interface Follower {
  next(result: FormattedExecutionResult): void;
  error(error: unknown): void;
  complete(): void;
}

const observable = (follow: (follower: Follower) => () => void) =>
  ({
    subscribe: (follower: Follower) => ({ unsubscribe: follow(follower) }),
  }) as unknown as Observable<ExecutionResult>;

/** Sends a single request. Unsubscribing aborts it. */
const answerOnce = (question: Question, headers: Headers, keep: (exchange: Exchange) => void, kind: Exchange['kind']) =>
  observable((follower) => {
    const stop = new AbortController();
    keep({ question, kind, headers });
    send(question, headers, stop.signal).then(
      (answered) => {
        keep({ question, kind, headers, ...answered });
        follower.next(answered.result);
        follower.complete();
      },
      (error: unknown) => {
        if (!stop.signal.aborted) follower.error(error);
      },
    );
    return () => stop.abort();
  });

/** Runs a subscription over server-sent events, which support the same headers as other requests. */
const follow = (question: Question, headers: Headers, keep: (exchange: Exchange) => void) =>
  observable((follower) => {
    let events = 0;
    const kind = 'subscription';
    keep({ question, kind, headers, events });
    let leave: (() => void) | undefined;
    let isLeft = false;
    import('graphql-sse').then(({ createClient }) => {
      if (isLeft) return;
      const client = createClient({ url: 'graphql', headers: () => ({ ...headers }), retryAttempts: 0 });
      leave = client.subscribe<Record<string, unknown>>(
        { ...question, variables: question.variables ?? {} },
        {
          next(result) {
            events += 1;
            keep({ question, kind, headers, events, result: result as FormattedExecutionResult });
            follower.next(result as FormattedExecutionResult);
          },
          error(error) {
            if (!isLeft) follower.error(error);
          },
          complete: () => follower.complete(),
        },
      );
    }, follower.error);
    return () => {
      isLeft = true;
      leave?.();
    };
  });

const INTROSPECTION = 'IntrospectionQuery';

/**
 * Creates the fetcher of GraphiQL.
 *
 * @param headersKept the last headers: GraphiQL loads the schema before its editors are ready
 * @param describe what the page makes of a schema
 */
export function createFetcher(
  exchanges: Exchanges,
  headersKept: () => Headers,
  describe: (schema: ExecutionResult) => ExecutionResult | Promise<ExecutionResult>,
): Fetcher {
  return (parameters, options) => {
    const question = questionOf(parameters);
    const headers: Headers = options?.headers ?? headersKept();
    if (question.operationName === INTROSPECTION)
      return send(question, headers).then(({ result }) => describe(result as ExecutionResult));
    const kind = operationType(question.query, question.operationName);
    const keep = exchanges.begin();
    return kind === 'subscription' ? follow(question, headers, keep) : answerOnce(question, headers, keep, kind);
  };
}
