import { randomUUID } from 'node:crypto';
import { GraphQLError } from 'graphql';
import type { FetchAPI } from 'graphql-yoga';
import type { Logger } from 'pino';
import { clientError, logCause } from './client-error.ts';
import { noteRefusal } from './note-refusal.ts';
import { namesOf } from './use-request-id.ts';

/** An error as the response to a request, on any path. */
export function errorResponse(
  error: GraphQLError,
  request: Request,
  { Response }: Pick<FetchAPI, 'Response'>,
): Response {
  noteRefusal(request, error);
  const {
    message,
    extensions: { http, ...extensions },
  } = error;
  const { status = 500, headers = {} } = http ?? {};
  const type = request.headers.get('accept')?.includes('application/graphql-response+json')
    ? 'application/graphql-response+json'
    : 'application/json';
  return new Response(`${JSON.stringify({ errors: [{ message, extensions }] })}\n`, {
    status,
    headers: { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store', ...headers },
  });
}

/** The HTTP status of errors that are not the request's own fault, or that its caller may not make; `undefined` for others. */
const statuses: Readonly<Record<string, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  RATE_LIMITED: 429,
  INTERNAL_SERVER_ERROR: 500,
  OVERLOADED: 503,
  DATABASE_UNAVAILABLE: 503,
  TIMEOUT: 504,
};

export const statusOfCode = (code: string): number | undefined =>
  Object.hasOwn(statuses, code) ? statuses[code] : undefined;

const asError = (thrown: unknown) => (thrown instanceof Error ? thrown : new Error(String(thrown)));

/** Whatever was thrown, with a code and a status, as its client may see it. The log has what the client may not. */
export function reportedError(thrown: unknown, request: Request, log: Logger, message: string): GraphQLError {
  const found =
    thrown instanceof GraphQLError ? thrown : new GraphQLError(String(thrown), { originalError: asError(thrown) });
  const reported = clientError(found, () => randomUUID());
  if (!request.signal.aborted) logCause(reported, { ...namesOf(request) }, log, message);
  const { error } = reported;
  const { http, unexpected: _, ...extensions } = error.extensions;
  const status = statusOfCode(String(extensions.code)) ?? 400;
  return new GraphQLError(error.message, { extensions: { ...extensions, http: http ?? { status } } });
}
