import type { IncomingMessage } from 'node:http';
import { AccessRefused } from '../../engine/access/access-refused.ts';
import { refuseSecretIn } from '../access/access-credentials.ts';
import { credentialsRefused } from '../access/access-refusal.ts';
import { allowsOrigin } from '../access/allows-origin.ts';
import type { Attempts } from '../access/rate-limiter.ts';
import type { ConnectionRefusal } from '../connections/end-with-response.ts';
import type { QuotaScope } from '../limits/quotas.ts';
import { hasTooManyParameters, pathOf, tooManyParameters } from '../route.ts';

export interface UpgradeRules {
  /** The path that accepts WebSockets. */
  readonly path: string;
  /** Origins whose pages may connect, beside that of the `Host`. */
  readonly origins: readonly string[];
  /** Counts failed attempts to authenticate; absent if their number is unlimited. */
  readonly attempts: Attempts | undefined;
}

/** Why a WebSocket is closed at once if a caller, or all callers together, have reached the maximum number. */
export const limitReached: Readonly<Record<QuotaScope, Pick<ConnectionRefusal, 'code' | 'message'>>> = {
  CALLER: {
    code: 'RATE_LIMITED',
    message: 'Too many WebSockets are open from this address. One WebSocket carries many operations.',
  },
  ALL: { code: 'OVERLOADED', message: 'Too many WebSockets are open. Try again in a moment.' },
};

/** Why a connection may not become a WebSocket, whatever the load; `undefined` if it may. Its host was checked before. */
export function refuseUpgrade(
  request: IncomingMessage,
  { path, origins, attempts }: UpgradeRules,
): ConnectionRefusal | undefined {
  const address = `http://${request.headers.host ?? 'localhost'}${request.url}`;
  if (pathOf(address) !== path) {
    return { status: 404, code: 'BAD_USER_INPUT', message: `WebSockets are accepted at ${path}.` };
  }
  if (hasTooManyParameters(address)) return { status: 400, code: 'BAD_USER_INPUT', message: tooManyParameters };
  if (!allowsOrigin(request.headers.origin, request.headers.host, origins)) {
    return { status: 403, code: 'FORBIDDEN', message: 'Pages of this origin may not connect to this server.' };
  }
  try {
    refuseSecretIn(address);
    return undefined;
  } catch (error) {
    if (!(error instanceof AccessRefused)) throw error;
    attempts?.failed(request);
    const { message, extensions } = credentialsRefused(error.message);
    return { status: 401, code: 'UNAUTHENTICATED', message, headers: extensions.http?.headers ?? {} };
  }
}
