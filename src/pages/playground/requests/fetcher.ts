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

type Run = (next: Follower['next'], signal: AbortSignal) => Promise<void>;

/** The results of a run, which unsubscribing aborts. */
function observable(run: Run): Observable<ExecutionResult> {
  const subscribe = (follower: Follower) => {
    const stop = new AbortController();
    run((result) => follower.next(result), stop.signal).then(
      () => follower.complete(),
      (error: unknown) => {
        if (!stop.signal.aborted) follower.error(error);
      },
    );
    return { unsubscribe: () => stop.abort() };
  };
  return { subscribe } as unknown as Observable<ExecutionResult>;
}

type Keep = (exchange: Partial<Exchange>) => void;

const answerOnce =
  (question: Question, headers: Headers, keep: Keep): Run =>
  async (next, signal) => {
    keep({});
    const answered = await send(question, headers, signal);
    keep(answered);
    next(answered.result);
  };

/** Runs a subscription over server-sent events, which support the same headers as other requests. */
const follow =
  ({ variables = {}, ...question }: Question, headers: Headers, keep: Keep): Run =>
  async (next, signal) => {
    let events = 0;
    keep({ events });
    const { createClient } = await import('graphql-sse');
    const client = createClient({ url: 'graphql', headers: () => ({ ...headers }), retryAttempts: 0 });
    if (signal.aborted) return;
    const results = client.iterate<Record<string, unknown>>({ ...question, variables });
    signal.addEventListener('abort', () => void results.return?.());
    for await (const each of results) {
      const result = each as FormattedExecutionResult;
      events += 1;
      keep({ events, result });
      next(result);
    }
  };

/**
 * Creates the fetcher of GraphiQL.
 *
 * @param storedHeaders the headers for what GraphiQL asks before its editors are ready
 * @param describe what the page makes of a schema
 */
export function createFetcher(
  exchanges: Exchanges,
  storedHeaders: () => Headers,
  describe: (schema: ExecutionResult) => Promise<ExecutionResult>,
): Fetcher {
  return (parameters, options) => {
    const question = questionOf(parameters);
    const headers: Headers = options?.headers ?? storedHeaders();
    if (question.operationName === 'IntrospectionQuery')
      return send(question, headers).then(({ result }) => describe(result as ExecutionResult));
    const kind = operationType(question.query, question.operationName);
    const store = exchanges.begin();
    const keep: Keep = (more) => store({ question, kind, headers, ...more });
    return observable((kind === 'subscription' ? follow : answerOnce)(question, headers, keep));
  };
}
