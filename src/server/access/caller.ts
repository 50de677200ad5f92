import type { IncomingMessage } from 'node:http';
import type { Logger } from 'pino';
import { anonymous, type Viewer } from '../../engine/access/viewer.ts';
import { isPrivate } from '../../history/watching/is-private.ts';
import type { RequestPlugin } from '../phases.ts';
import { type Carrier, stateOf } from '../request-state.ts';
import { callerAddress } from './caller-address.ts';

/** The caller of a request. */
export const viewerOf = (request: Request): Viewer => stateOf(request).viewer ?? anonymous;

/** The client address of a connection, behind the trusted proxies. */
export const addressOfConnection = ({ headers, socket }: IncomingMessage, proxies: number): string =>
  callerAddress(socket.remoteAddress, [headers['x-forwarded-for']].flat().join() || null, proxies);

/**
 * Identifies the caller of a request for limits: by its key or token, or else by its address (IPv6: a /64). `undefined` for
 * requests made in this process, to which no limit for callers applies.
 */
export function callerOf(request: Request): string | undefined {
  const { id, name, role } = viewerOf(request);
  return role === anonymous.role ? stateOf(request).address : `viewer ${id ?? name}`;
}

/** The name of the caller of a request, for logs; `undefined` for an anonymous one. */
export function callerName(request: Request): string | undefined {
  const { name, role } = viewerOf(request);
  return role === anonymous.role ? undefined : name;
}

/**
 * Records the client address of each request. Logs once that there is a proxy which the settings do not mention: all callers
 * behind it would share the limits of one.
 */
export function useCallerAddress(proxies: number, log: Pick<Logger, 'warn'>): RequestPlugin {
  let isReported = proxies > 0;

  function report(address = ''): void {
    if (isReported || !isPrivate(address)) return;
    isReported = true;
    log.warn(
      { address },
      'Requests come through a proxy (X-Forwarded-For). Set SILKGRAPH_TRUSTED_PROXIES, or all callers behind it share the limits of one.',
    );
  }

  return {
    phase: 'identify',
    onRequest({ request, serverContext }) {
      const { req } = serverContext as Carrier;
      if (req?.headers['x-forwarded-for'] !== undefined) report(req.socket.remoteAddress);
      const forwardedFor = proxies > 0 ? request.headers.get('x-forwarded-for') : null;
      if (!req && forwardedFor === null) return;
      stateOf(request).address = callerAddress(req?.socket.remoteAddress, forwardedFor, proxies);
    },
  };
}
