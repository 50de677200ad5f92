import { type DocumentNode, type ExecutionResult, execute, locatedError, print } from 'graphql';
import type { Viewer } from '../../engine/access/viewer.ts';
import type { GraphRevisions } from '../../engine/changes/log/graph-revisions.ts';
import { createBookmarks } from '../../engine/graph/graph.ts';
import type { Context } from '../../graphql/context.ts';
import { createFindDependencies } from '../../graphql/dependencies/dependencies.ts';
import type { ErrorCode } from '../../graphql/errors.ts';
import { neverChanges } from '../../graphql/live/live.ts';
import { liveQuery } from '../../graphql/live/live-query.ts';
import { memoize } from '../../ontology/memoize.ts';
import { callerOf, viewerOf } from '../access/caller.ts';
import { canonicalJson } from '../answers/question-key.ts';
import { refusal } from '../bad-request.ts';
import { clientError } from '../client-error.ts';
import type { RequestPlugin } from '../phases.ts';
import {
  createLiveQuestions,
  type LiveQuestion,
  type LiveQuestionOptions,
  type LiveQuestions,
} from './live-questions.ts';

/** Whom the answers to a live question are read for. */
export interface LiveReading {
  readonly viewer: Viewer;
  readonly caller: string | undefined;
  readonly signal: AbortSignal;
  readonly bookmarks: ReturnType<typeof createBookmarks> | undefined;
}

export interface UseLiveQuestionsOptions extends LiveQuestionOptions {
  /** The context of one reading. */
  readonly context: (reading: LiveReading) => object;
  /** What is known of the graph; `undefined` if nothing is. */
  readonly revisions: () => GraphRevisions | undefined;
}

/** The context that yoga makes. */
interface Given extends Pick<Context, 'feed' | 'ontology'> {
  readonly request: Request;
  readonly params?: { readonly query?: string | null };
}

const passing: ReadonlySet<string> = new Set<ErrorCode>([
  'TIMEOUT',
  'DATABASE_UNAVAILABLE',
  'OVERLOADED',
  'RATE_LIMITED',
]);

function transientErrorCode({ errors = [] }: ExecutionResult): ErrorCode | undefined {
  const codes = errors.map((one) => clientError(one, () => '').error.extensions.code as ErrorCode);
  return codes.find((code) => passing.has(code));
}

/** What is known can be behind, in a cluster, on the server that is read next; with these bookmarks it is not. */
async function bookmarksOf(known: GraphRevisions | undefined) {
  if (!known) return undefined;
  known.expire();
  await known.refresh();
  return createBookmarks(await known.bookmarks());
}

/** Executes a live question once for all who follow it, and again after changes that may change its answer. */
export function useLiveQuestions({ context, revisions, ...options }: UseLiveQuestionsOptions): {
  readonly plugin: RequestPlugin;
  readonly questions: Pick<LiveQuestions, 'count'>;
} {
  const questions = createLiveQuestions(options);
  const finderFor = memoize(createFindDependencies);

  const plugin: RequestPlugin = {
    phase: 'respond',
    onSubscribe({ args, setSubscribeFn }) {
      const { schema, operationName, variableValues } = args;
      const query = liveQuery(args.document as DocumentNode, operationName);
      if (!query) return;
      const given = args.contextValue as unknown as Given;
      const { request, feed } = given;
      const { document, responseName } = query;
      const { dependencies } = finderFor(given.ontology)(schema, document, operationName, variableValues);
      const values = canonicalJson(variableValues ?? {});
      setSubscribeFn(async () => {
        if (dependencies === undefined || values === undefined) return { errors: [refusal(neverChanges())] };
        const caller = callerOf(request);
        const { role, name } = viewerOf(request);
        // Callers with the same role see the same.
        const viewer: Viewer = { role, name };
        const text = given.params?.query ?? print(args.document as DocumentNode);
        const question: LiveQuestion = {
          key: JSON.stringify([role, operationName ?? '', values, text]),
          caller,
          dependencies,
          feed,
          transientErrorCode,
          async execute(signal) {
            const contextValue = context({ viewer, caller, signal, bookmarks: await bookmarksOf(revisions()) });
            const result = await execute({ schema, document, operationName, variableValues, contextValue });
            const { data, errors } = result;
            return {
              ...(errors ? { errors } : {}),
              ...(data ? { data: { [responseName]: data } } : {}),
            };
          },
        };
        // Like `subscribe` of GraphQL.js: whatever counts subscriptions waits for a result.
        return questions.follow(question).catch((error) => ({ errors: [locatedError(error, undefined)] }));
      });
    },
  };
  return { plugin, questions };
}
