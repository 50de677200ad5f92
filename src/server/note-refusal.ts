import type { ErrorCode } from '../graphql/errors.ts';
import { type Refusal, stateOf } from './request-state.ts';

/**
 * Codes of refusals that indicate an attack. Faults of a document and overload are not among them: the former are mistakes
 * of clients, and the latter is counted.
 */
const logged: ReadonlySet<string> = new Set<ErrorCode>([
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'RATE_LIMITED',
  'LIMIT_EXCEEDED',
]);

/** Codes whose messages contain neither credentials nor values of a request. */
const explained: ReadonlySet<string> = new Set<ErrorCode>(['UNAUTHENTICATED', 'FORBIDDEN']);

/** The relevant part of an error. */
interface Refusing {
  readonly message: string;
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
}

/** An error as the log names it; `undefined` if it is not logged. */
export function refusalOf({ message, extensions }: Refusing): Refusal | undefined {
  const code = String(extensions?.code);
  if (!logged.has(code)) return undefined;
  return { code, ...(explained.has(code) ? { reason: message } : {}) };
}

/** Records why a request was refused: the first reason counts. */
export function noteRefusal(request: Request, error: Refusing): void {
  const refusal = refusalOf(error);
  if (refusal) stateOf(request).refusal ??= refusal;
}
