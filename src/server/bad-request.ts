import type { GraphQLError } from 'graphql';
import { codedError, type ErrorCode } from '../graphql/errors.ts';

/** What is repeated of the name of a parameter. */
const LONGEST_NAME = 50;

/** The error for a request that cannot be executed, regardless of its operation. */
export const badRequest = (
  message: string,
  status = 400,
  code: ErrorCode = 'BAD_USER_INPUT',
  headers: Readonly<Record<string, string>> = {},
): GraphQLError => codedError(code, message, { extensions: { http: { status, headers } } });

/** @throws GraphQLError BAD_USER_INPUT for a parameter of another name, which would count as absent though it is only misspelt */
export function checkParameters(given: URLSearchParams, known: readonly string[], which: string): void {
  const unknown = [...given.keys()].find((name) => !known.includes(name));
  if (unknown !== undefined) throw badRequest(`Unknown parameter ${unknown.slice(0, LONGEST_NAME)}. ${which}`);
}

/** The error for a request before the server is ready. @param reason what it waits for, as a sentence */
export const notReady = (reason: string): GraphQLError =>
  badRequest(`${reason} Try again in a moment.`, 503, 'DATABASE_UNAVAILABLE');

/** The error for a request that needs the graph while there is none. */
export const graphUnavailable = (): GraphQLError =>
  badRequest('The graph is not available at the moment.', 503, 'DATABASE_UNAVAILABLE');

/** The error for a request whose client has disconnected: nobody receives it, but the log has it. */
export const disconnected = (): GraphQLError => badRequest('The client disconnected.', 499, 'OVERLOADED');

/** An error as the whole result of a well-formed request: a client of `application/json` gets it with 200. */
export const refusal = ({ message, extensions, nodes }: GraphQLError): GraphQLError =>
  codedError((extensions.code ?? 'BAD_USER_INPUT') as ErrorCode, message, {
    nodes: nodes ?? null,
    extensions: { ...extensions, http: { status: 400, spec: true } },
  });
