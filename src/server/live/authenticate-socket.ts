import { CloseCode } from 'graphql-ws';
import type { Logger } from 'pino';
import { AccessRefused } from '../../engine/access/access-refused.ts';
import type { Authenticator, Credentials } from '../../engine/access/authenticator.ts';
import { credentialsRefused } from '../access/access-refusal.ts';
import type { Attempts } from '../access/rate-limiter.ts';
import type { SocketRefusals } from '../observability/refusal-log.ts';
import { atTime } from './at-time.ts';
import { closeReason } from './close-reason.ts';
import type { SocketConnection } from './socket-connection.ts';
import { socketCredentials } from './socket-credentials.ts';

export interface SocketAuthentication {
  readonly authenticator: Authenticator;
  /** Counts failed attempts to authenticate; absent if their number is unlimited. */
  readonly attempts?: Attempts | undefined;
  readonly refusals: SocketRefusals;
  readonly log: Logger;
}

/** Try again later (https://www.iana.org/assignments/websocket/websocket.xml). */
const TRY_AGAIN = 1013;

const isShown = ({ authorization, apiKey }: Credentials) => authorization !== null || apiKey !== null;

/**
 * Authenticates the client of a WebSocket, and closes the socket if that fails, or when the credentials expire.
 *
 * @returns whether the client may go on
 */
export async function authenticateSocket(
  connection: SocketConnection,
  { authenticator, attempts, refusals, log }: SocketAuthentication,
): Promise<boolean> {
  const { request, socket, signal } = connection.extra;
  const shown = socketCredentials(connection);
  const refusal = isShown(shown) && attempts?.refusal(request);
  if (refusal) {
    refusals.refused(request, refusal, shown);
    socket.close(TRY_AGAIN, closeReason(refusal.message));
    return false;
  }
  try {
    const { expiresAt } = await authenticator.authenticate(shown);
    if (expiresAt === undefined || signal.aborted) return true;
    const expire = () => socket.close(CloseCode.Forbidden, 'The key or token has expired. Connect with a new one.');
    signal.addEventListener('abort', atTime(expiresAt, expire), { once: true });
    return true;
  } catch (error) {
    if (error instanceof AccessRefused) {
      attempts?.failed(request);
      refusals.refused(request, credentialsRefused(error.message), shown);
      socket.close(CloseCode.Forbidden, closeReason(error.message));
    } else {
      log.warn({ reason: String(error) }, 'The caller of a WebSocket could not be identified.');
      socket.close(TRY_AGAIN, 'The client cannot be identified at the moment. Try again shortly.');
    }
    return false;
  }
}
