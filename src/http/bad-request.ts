import type { GraphQLError } from 'graphql';
import { codedError, type ErrorCode } from '../schema/errors.ts';

/** A request that cannot be executed at all, whatever its operation says. */
export const badRequest = (message: string, status = 400, code: ErrorCode = 'BAD_USER_INPUT'): GraphQLError =>
  codedError(code, message, { extensions: { http: { status } } });
