import { type DocumentNode, type ExecutionResult, type GraphQLError, getOperationAST } from 'graphql';
import { isAsyncIterable } from 'graphql-yoga';
import type { GraphRevisions } from '../../engine/changes/log/graph-revisions.ts';
import { citationsAsked } from '../../graphql/citations/cite.ts';
import { AnswerRecord } from '../../graphql/citations/record-entities.ts';
import type { Context } from '../../graphql/context.ts';
import { isObject } from '../../graphql/internal-client/json.ts';
import { newestRevision } from '../../history/revisions/revision.ts';
import type { RequestPlugin } from '../phases.ts';
import { stateOf } from '../request-state.ts';
import { revisionAddress } from './revision-address.ts';

export const revisionHeader = 'silkgraph-revision';

/** Whether a request asks for its revision, by `extensions` of its body or by a header. */
export const asksForRevision = (request: Request | undefined, extensions: unknown): boolean =>
  (isObject(extensions) && extensions.revision === true) || request?.headers.get(revisionHeader) === '1';

/** Maximum number of times that an operation is executed because the graph changed meanwhile. */
const ATTEMPTS = 3;

/** `extensions.revision` of a response. */
interface ReportedRevision {
  readonly revision: number;
  readonly at: string;
  /**
   * False if changes came in while the answer was read, each time that it was or as often as the rate limits of the caller
   * allow: then it may contain parts of later ones.
   */
  readonly isExact: boolean;
  /** Where the same answer is shown again; null if only stored documents are accepted, or the address is too long. */
  readonly url: string | null;
}

export interface UseRevisionsOptions {
  /** What the server knows of the newest changes. */
  readonly known: () => GraphRevisions | undefined;
  readonly endpointOf: (request: Request) => string;
  /** Whether any document is accepted. */
  readonly isOpen: boolean;
  /** Charges an operation that is executed once more. @returns why it may not be */
  readonly chargeAgain: (request: Request, cost: number) => Promise<GraphQLError | undefined>;
}

type InRequest = Context & {
  readonly request?: Request;
  readonly params?: { readonly extensions?: unknown };
  readonly tally?: { restart(): void };
};

/** What execution is given, as far as it says what was asked. */
interface Executed {
  readonly document: DocumentNode;
  readonly operationName?: string | null | undefined;
  readonly variableValues?: Readonly<Record<string, unknown>> | null | undefined;
}

/**
 * Says which revision an answer was read at: every response has in `Silkgraph-Revision` one that it contains whole, and
 * those who ask for it, or for citations, receive in `extensions.revision` the very one, with an address that shows the
 * same answer again.
 */
export function useRevisions({ known, endpointOf, isOpen, chargeAgain }: UseRevisionsOptions): RequestPlugin {
  const reported = (
    request: Request,
    { document, operationName, variableValues }: Executed,
    revision: { readonly revision: number; readonly at: string },
    isExact: boolean,
  ): ReportedRevision => ({
    revision: revision.revision,
    at: revision.at,
    isExact,
    url: isOpen
      ? revisionAddress(endpointOf(request), document, operationName, variableValues, revision.revision)
      : null,
  });

  return {
    phase: 'execute',
    onExecute({ args, executeFn, setExecuteFn }) {
      const context = args.contextValue as unknown as InRequest;
      const { request, params } = context;
      // Only a query can be executed again.
      const operation = getOperationAST(args.document, args.operationName);
      if (!request || !context.past || operation?.operation !== 'query') return undefined;
      const state = stateOf(request);
      const newest = known()?.revision ?? -1;
      if (newest > 0) state.revision = newest;
      const asked =
        asksForRevision(request, params?.extensions) ||
        citationsAsked(args.schema, args.document, args.operationName, args.variableValues) !== undefined;
      let found: ReportedRevision | undefined;
      if (asked) {
        setExecuteFn(async (given) => {
          const { logged, past } = context;
          // An answer without its revision is better than none.
          const readNewest = () => newestRevision(logged).catch(() => undefined);
          for (let attempt = 1; ; attempt += 1) {
            const before = await readNewest();
            const result = await executeFn(given);
            if (past.revision) found = reported(request, args, past.revision, true);
            if (past.name || !before || isAsyncIterable(result) || (result as ExecutionResult).errors) return result;
            const after = await readNewest();
            const isExact = before.isSettled && after?.revision === before.revision;
            found = reported(request, args, before, isExact);
            if (isExact || attempt === ATTEMPTS) return result;
            if (await chargeAgain(request, state.cost?.estimated ?? 0)) return result;
            context.answerSize?.restart();
            context.tally?.restart();
            if (state.answerRecord) state.answerRecord = new AnswerRecord();
          }
        });
      }
      return {
        onExecuteDone({ result, setResult }) {
          if (isAsyncIterable(result)) return;
          const { past } = context;
          if (past.name) delete state.revision;
          if (past.revision) {
            state.revision = past.revision.revision;
            state.isPast = true;
          }
          if (!found) return;
          state.revision = found.revision;
          const answer = result as ExecutionResult;
          setResult({ ...answer, extensions: { ...answer.extensions, revision: found } });
        },
      };
    },
    onResponse({ request, response: { headers, status } }) {
      const { revision, isMutation } = stateOf(request);
      if (revision !== undefined && !isMutation && status < 400) headers.set(revisionHeader, String(revision));
    },
  };
}
