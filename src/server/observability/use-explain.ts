import type { ExecutionResult } from 'graphql';
import { isAsyncIterable } from 'graphql-yoga';
import { may, type Viewer } from '../../engine/access/viewer.ts';
import { isObject } from '../../graphql/internal-client/json.ts';
import { viewerOf } from '../access/caller.ts';
import { badRequest } from '../bad-request.ts';
import type { OperationRecord } from '../operation-record.ts';
import type { RequestPlugin } from '../phases.ts';
import type { Explaining } from './explaining.ts';
import { dbHitsOf, planLines } from './plan-lines.ts';
import { recordOf } from './record-of.ts';

/** Whether a request asks for an explanation, by `extensions` of its body or by a header. */
export const asksForExplanation = (request: Request, extensions: unknown): boolean =>
  (isObject(extensions) && extensions.explain === true) || request.headers.get('silkgraph-explain') === 'true';

/** Whether a viewer may request explanations. */
export const mayExplain = (viewer: Viewer, explaining: Explaining): boolean =>
  explaining === 'everybody' || may(viewer, 'admin');

const round = (milliseconds: number) => Math.round(milliseconds * 100) / 100;

/** `extensions.explain` of a response. Texts and plans of statements are for administrators only. */
function explanation({ started, statements, statementCount }: OperationRecord, withText: boolean) {
  const described = statements.map(({ name, text, rows, milliseconds, plan }) => ({
    name,
    rows,
    ms: round(milliseconds),
    dbHits: plan ? dbHitsOf(plan) : null,
    ...(withText ? { text, plan: plan ? planLines(plan) : null } : {}),
  }));
  return {
    ms: round(performance.now() - started),
    statementCount,
    dbHits: described.reduce((hits, { dbHits }) => hits + (dbHits ?? 0), 0),
    statements: described,
  };
}

/** The part of the context that an explanation adds. */
export interface Explained {
  readonly explain?: boolean;
}

/** Adds the statements of an operation, and their cost in Neo4j, to its response, if the caller asks for it and may see them. */
export function useExplain(explaining: Explaining): RequestPlugin {
  return {
    phase: 'execute',
    onExecute({ args, setResultAndStopExecution }) {
      const { request, explain } = args.contextValue as Explained & { readonly request?: Request };
      if (!explain || !request) return undefined;
      const viewer = viewerOf(request);
      if (!mayExplain(viewer, explaining)) {
        const message = 'Explaining an operation requires the role admin. Send the request without Silkgraph-Explain.';
        setResultAndStopExecution({ errors: [badRequest(message, 403, 'FORBIDDEN')] });
        return undefined;
      }
      return {
        onExecuteDone({ result, setResult }) {
          if (isAsyncIterable(result)) return;
          const answer = result as ExecutionResult;
          const explain = explanation(recordOf(request), may(viewer, 'admin'));
          setResult({ ...answer, extensions: { ...answer.extensions, explain } });
        },
      };
    },
  };
}
