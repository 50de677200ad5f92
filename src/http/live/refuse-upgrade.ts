import type { IncomingMessage } from 'node:http';
import { AccessRefused } from '../../access/access-refused.ts';
import { refuseSecretIn } from '../access/access-credentials.ts';
import { credentialsRefused } from '../access/access-refusal.ts';
import type { Attempts } from '../access/rate-limiter.ts';
import type { ConnectionRefusal } from '../connections/end-with-response.ts';
import type { Bound } from '../limits/shares.ts';
import { hasTooManyParameters, pathOf, tooManyParameters } from '../route.ts';

export interface UpgradeRules {
  /** The path that accepts WebSockets. */
  readonly path: string;
  /** Origins whose pages may connect, beside the server's own. */
  readonly origins: readonly string[];
  /** Counts failed attempts to authenticate; absent if their number is unlimited. */
  readonly attempts: Attempts | undefined;
}

/** The response if a caller, or all callers together, have reached the maximum number of WebSockets. */
export const limitReached: Readonly<Record<Bound, ConnectionRefusal>> = {
  CALLER: {
    status: 429,
    code: 'RATE_LIMITED',
    message: 'Too many WebSockets are open from this address. One WebSocket carries many operations.',
    headers: { 'retry-after': '2' },
  },
  ALL: { status: 503, code: 'OVERLOADED', message: 'Try again shortly.', headers: { 'retry-after': '2' } },
};

/** Pages of other origins may not connect on a visitor's behalf; clients other than browsers send no origin. */
function allows({ headers: { origin, host } }: IncomingMessage, origins: readonly string[]): boolean {
  if (origin === undefined || origins.includes('*') || origins.includes(origin)) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}

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
  if (!allows(request, origins)) {
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
