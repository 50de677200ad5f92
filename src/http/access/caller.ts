import type { IncomingMessage } from 'node:http';
import type { Plugin } from 'graphql-yoga';
import { anonymous, type Viewer } from '../../access/viewer.ts';
import { type Carrier, stateOf } from '../request-state.ts';
import { callerAddress } from './caller-address.ts';

/** The caller of a request. */
export const viewerOf = (request: Request): Viewer => stateOf(request).viewer ?? anonymous;

/** The address that a connection comes from, as far as proxies can be trusted with it. */
export const addressOfConnection = ({ headers, socket }: IncomingMessage, proxies: number): string =>
  callerAddress(socket.remoteAddress, [headers['x-forwarded-for']].flat().join() || null, proxies);

/**
 * Whose requests count together: those of one key or token, wherever they come from, else those of one address (IPv6:
 * one /64). Absent for requests made in this process, which no bound for callers concerns.
 */
export function callerOf(request: Request): string | undefined {
  const { id, name, role } = viewerOf(request);
  return role === anonymous.role ? stateOf(request).address : `viewer ${id ?? name}`;
}

/** The name of the viewer who sent a request, for logs; absent where nobody was identified. */
export function callerName(request: Request): string | undefined {
  const { name, role } = viewerOf(request);
  return role === anonymous.role ? undefined : name;
}

/** Notes the address that each request comes from. To stand before everything that tells callers apart. */
export function useCallerAddress(proxies: number): Plugin {
  return {
    onRequest({ request, serverContext }) {
      const { req } = serverContext as Carrier;
      const forwardedFor = proxies > 0 ? request.headers.get('x-forwarded-for') : null;
      if (!req && forwardedFor === null) return;
      stateOf(request).address = callerAddress(req?.socket.remoteAddress, forwardedFor, proxies);
    },
  };
}
