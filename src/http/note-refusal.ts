import type { ErrorCode } from '../schema/errors.ts';
import { type Refusal, stateOf } from './request-state.ts';

/**
 * Codes of refusals that an attack consists of. Faults of a document and overload are not among them: clients make the
 * ones by mistake, and the other is counted.
 */
const logged: ReadonlySet<string> = new Set<ErrorCode>([
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'RATE_LIMITED',
  'LIMIT_EXCEEDED',
]);

/** Codes whose messages name neither credentials nor values of a request. */
const explained: ReadonlySet<string> = new Set<ErrorCode>(['UNAUTHENTICATED', 'FORBIDDEN']);

/** As much of an error as is looked at. */
interface Refusing {
  readonly message: string;
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
}

/** An error as the log names it; nothing where it is none of those that are logged. */
export function refusalOf({ message, extensions }: Refusing): Refusal | undefined {
  const code = String(extensions?.code);
  if (!logged.has(code)) return undefined;
  return { code, ...(explained.has(code) ? { reason: message } : {}) };
}

/** Notes why a request was refused: the first reason counts. */
export function noteRefusal(request: Request, error: Refusing): void {
  const refusal = refusalOf(error);
  if (refusal) stateOf(request).refusal ??= refusal;
}
