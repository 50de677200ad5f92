import { type ExecutionArgs, getOperationAST } from 'graphql';
import { changeAtomPath } from '../doors/linked-data/http/change-atom.ts';
import { revisionAsked } from '../graphql/as-of/as-of-directive.ts';
import { codedError, hiddenFromRole } from '../graphql/errors.ts';
import { badRequest, refusal } from '../server/bad-request.ts';
import { errorResponse } from '../server/error-response.ts';
import type { RequestPlugin } from '../server/phases.ts';
import { asksForRevision } from '../server/revisions/use-revisions.ts';
import { pathOf } from '../server/route.ts';

interface Asked {
  readonly request?: Request;
  readonly params?: { readonly extensions?: unknown };
}

/** Whether an operation asks about an earlier state, or which one it is answered from. */
function asksForHistory({ schema, document, operationName, variableValues, contextValue }: ExecutionArgs): boolean {
  const { request, params } = contextValue as Asked;
  if (asksForRevision(request, params?.extensions)) return true;
  const operation = getOperationAST(document, operationName);
  if (!operation) return false;
  return revisionAsked({ schema, operation, variableValues: { ...variableValues } }) !== undefined;
}

/**
 * Refuses what counts or contains changes to the whole graph to those who see a part of it. Fields about the history refuse
 * themselves, because no statement that reads it runs for them.
 */
export function useHistoryRefusals(seesPart: (request: Request) => boolean): RequestPlugin {
  const errors = () => [refusal(codedError('FORBIDDEN', hiddenFromRole))];
  const isRefused = ({ contextValue }: Pick<ExecutionArgs, 'contextValue'>) => {
    const { request } = contextValue as Asked;
    return request !== undefined && seesPart(request);
  };
  return {
    phase: 'admit',
    onRequest({ request, fetchAPI, endResponse }) {
      if (pathOf(request.url) !== changeAtomPath || !seesPart(request)) return;
      endResponse(errorResponse(badRequest(hiddenFromRole, 403, 'FORBIDDEN'), request, fetchAPI));
    },
    onExecute({ args, setResultAndStopExecution }) {
      if (isRefused(args) && asksForHistory(args)) setResultAndStopExecution({ errors: errors() });
    },
    onSubscribe({ args, setResultAndStopExecution }) {
      if (isRefused(args)) setResultAndStopExecution({ errors: errors() });
    },
  };
}
