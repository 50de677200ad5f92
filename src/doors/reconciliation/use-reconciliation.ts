import { GraphQLError } from 'graphql';
import type { Logger } from 'pino';
import type { ErrorCode } from '../../graphql/errors.ts';
import { QuestionFailed } from '../../graphql/internal-client/ask.ts';
import { askAs } from '../../server/ask-as.ts';
import { badRequest } from '../../server/bad-request.ts';
import type { JsonBodies } from '../../server/documents/json-bodies.ts';
import { errorResponse, statusOfCode } from '../../server/error-response.ts';
import type { Forward } from '../../server/forwarded-question.ts';
import type { RequestPlugin } from '../../server/phases.ts';
import type { Carrier } from '../../server/request-state.ts';
import { hasTooManyParameters, pathOf, tooManyParameters } from '../../server/route.ts';
import { ReconciliationRefused } from './reconciliation-query.ts';
import type { ReconciliationService, ServiceAnswer } from './reconciliation-service.ts';

export const reconciliationPath = '/reconcile';

/** Whether a path belongs to the service. */
export const isReconciliation = (path: string): boolean =>
  path === reconciliationPath || path.startsWith(`${reconciliationPath}/`);

export interface ReconciliationOptions {
  readonly service: ReconciliationService;
  readonly forward: Forward;
  readonly graphqlPath: string;
  /** Address of the server for others. @default that of each request */
  readonly publicUrl?: string | undefined;
  readonly bodies: JsonBodies;
  readonly log: Logger;
}

/** The preview stands in a frame of the client, and needs nothing else. */
const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; frame-ancestors *",
};

/** Serves the Reconciliation API 0.2, with which OpenRefine and others match names to entities. */
export function useReconciliation({
  service,
  forward,
  graphqlPath,
  publicUrl,
  bodies,
  log,
}: ReconciliationOptions): RequestPlugin {
  async function parametersOf(request: Request): Promise<URLSearchParams> {
    const { searchParams } = new URL(request.url);
    if (request.method !== 'POST') return searchParams;
    const form = await bodies.read(request, 'application/x-www-form-urlencoded');
    if (hasTooManyParameters(form)) throw badRequest(tooManyParameters);
    return new URLSearchParams(form);
  }

  async function answer(request: Request, carrier: Carrier): Promise<ServiceAnswer> {
    if (!['GET', 'HEAD', 'POST'].includes(request.method)) {
      const allowed = { allow: 'GET, HEAD, POST' };
      throw badRequest(`${reconciliationPath} supports GET and POST.`, 405, 'BAD_USER_INPUT', allowed);
    }
    const base = publicUrl ?? new URL(request.url).origin;
    const path = pathOf(request.url).slice(reconciliationPath.length);
    const parameters = await parametersOf(request);
    const answered = await service({ path, parameters, base }, askAs(request, carrier, { forward, graphqlPath }));
    if (answered) return answered;
    throw badRequest(
      `There is nothing at ${pathOf(request.url)}. GET ${reconciliationPath} describes the service.`,
      404,
    );
  }

  function refusalOf(error: unknown, request: Request): GraphQLError {
    if (error instanceof GraphQLError) return error;
    if (error instanceof ReconciliationRefused) return badRequest(error.message, 400, error.code);
    if (error instanceof QuestionFailed) {
      return badRequest(error.message, statusOfCode(error.code) ?? 400, error.code as ErrorCode);
    }
    if (!request.signal.aborted) log.error({ err: error }, 'A request for reconciliation failed.');
    return badRequest('Internal server error.', 500, 'INTERNAL_SERVER_ERROR');
  }

  return {
    phase: 'route',
    onRequest({ request, serverContext, fetchAPI, endResponse }) {
      if (!isReconciliation(pathOf(request.url))) return;
      return answer(request, serverContext as Carrier)
        .then((answered) =>
          'html' in answered
            ? new fetchAPI.Response(answered.html, { headers: { ...pageHeaders } })
            : new fetchAPI.Response(`${JSON.stringify(answered.json)}\n`, {
                headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
              }),
        )
        .catch((error: unknown) => errorResponse(refusalOf(error, request), request, fetchAPI))
        .then(endResponse);
    },
  };
}
