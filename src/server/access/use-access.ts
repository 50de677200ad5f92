import { type ExecutionArgs, type ExecutionResult, type GraphQLError, getOperationAST } from 'graphql';
import type { Logger } from 'pino';
import { AccessRefused } from '../../engine/access/access-refused.ts';
import { ProviderUnavailable } from '../../engine/access/oidc/provider-keys.ts';
import { anonymous, type Viewer } from '../../engine/access/viewer.ts';
import { badRequest, notReady } from '../bad-request.ts';
import { errorResponse, reportedError } from '../error-response.ts';
import type { RequestPlugin } from '../phases.ts';
import { stateOf } from '../request-state.ts';
import type { Access } from './access.ts';
import { credentialsOf, showsCredentials } from './access-credentials.ts';
import { credentialsRefused, refuseOperation, refuseReading } from './access-refusal.ts';
import { viewerOf } from './caller.ts';

export interface AccessOptions extends Access {
  /** Whether a request needs no credentials, because its response contains nothing of the graph. */
  readonly isPublic: (request: Request) => boolean;
  /** Why callers cannot be identified yet, as a sentence; `undefined` once they can. */
  readonly waitingFor: () => string | undefined;
  readonly log: Logger;
}

/**
 * Identifies the caller of each request once, and refuses what they may not do: paths at once, operations before
 * execution. Responses that depend on the caller are not stored in shared caches.
 */
export function useAccess({ authenticator, reading, isPublic, waitingFor, log }: AccessOptions): RequestPlugin {
  /** The error for a caller that could not be identified; an unexpected one is logged. */
  function refusalOf(error: unknown, request: Request): GraphQLError {
    if (error instanceof AccessRefused) return credentialsRefused(error.message);
    if (error instanceof ProviderUnavailable) {
      return badRequest(error.message, 503, 'OVERLOADED', { 'retry-after': String(error.retryAfter) });
    }
    return reportedError(error, request, log, 'The caller of a request could not be identified.');
  }

  /** Why a request is refused as a whole; `undefined` if it is not. */
  async function check(request: Request): Promise<GraphQLError | undefined> {
    try {
      const credentials = credentialsOf(request);
      const reason = credentials && waitingFor();
      if (reason !== undefined) return notReady(reason);
      if (credentials) stateOf(request).viewer = await authenticator.authenticate(credentials);
      return refuseReading(viewerOf(request), reading);
    } catch (error) {
      return refusalOf(error, request);
    }
  }

  const checkOperation = ({ document, operationName, contextValue }: ExecutionArgs): ExecutionResult | undefined => {
    const { viewer, request } = contextValue as { readonly viewer?: Viewer; readonly request?: Request };
    const { operation } = getOperationAST(document, operationName) ?? {};
    const asks = viewer ?? (request ? viewerOf(request) : anonymous);
    const refusal = operation && refuseOperation(asks, operation, reading);
    return refusal && { errors: [refusal] };
  };

  return {
    phase: 'identify',
    onRequest({ request, fetchAPI, endResponse }) {
      // Without credentials, and without a need for them, there is nothing to check.
      if (isPublic(request) || (reading === 'open' && !showsCredentials(request) && !request.url.includes('?'))) return;
      return check(request).then((refusal) => {
        if (refusal) endResponse(errorResponse(refusal, request, fetchAPI));
      });
    },
    onExecute({ args, setResultAndStopExecution }) {
      const refused = checkOperation(args);
      if (refused) setResultAndStopExecution(refused);
    },
    onSubscribe({ args, setResultAndStopExecution }) {
      const refused = checkOperation(args);
      if (refused) setResultAndStopExecution(refused);
    },
    onResponse({ request, response: { headers } }) {
      if (isPublic(request) || (reading === 'open' && !showsCredentials(request))) return;
      const said = headers.get('cache-control');
      if (said === null) headers.set('cache-control', 'no-store');
      else if (!/\b(?:no-store|private)\b/.test(said)) headers.set('cache-control', `private, ${said}`);
    },
  };
}
