import type { GraphQLError } from 'graphql';
import { codedError, type ErrorCode } from '../schema/errors.ts';

/** A request that cannot be executed at all, whatever its operation says. */
export const badRequest = (
  message: string,
  status = 400,
  code: ErrorCode = 'BAD_USER_INPUT',
  headers: Readonly<Record<string, string>> = {},
): GraphQLError => codedError(code, message, { extensions: { http: { status, headers } } });

/** An error that stands for the whole of a request that was well made: a client of `application/json` gets it with 200. */
export const refusal = ({ message, extensions, nodes }: GraphQLError): GraphQLError =>
  codedError((extensions.code ?? 'BAD_USER_INPUT') as ErrorCode, message, {
    nodes: nodes ?? null,
    extensions: { ...extensions, http: { status: 400, spec: true } },
  });
