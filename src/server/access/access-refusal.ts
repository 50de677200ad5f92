import type { GraphQLError, OperationTypeNode } from 'graphql';
import type { ReadAccess } from '../../engine/access/reading.ts';
import { may, type Viewer } from '../../engine/access/viewer.ts';
import { badRequest } from '../bad-request.ts';
import type { Exporting } from './exporting.ts';

/** The header that asks for credentials (RFC 6750, section 3). */
const challenge = (error?: string) => ({
  'www-authenticate': `Bearer realm="silkgraph"${error === undefined ? '' : `, error="${error}"`}`,
});

const howToSend = 'Send an API key or a token as the header Authorization: Bearer ….';

/** The request needs credentials. */
export const credentialsMissing = (what: string): GraphQLError =>
  badRequest(`${what} ${howToSend}`, 401, 'UNAUTHENTICATED', challenge());

/** The credentials are invalid. */
export const credentialsRefused = (message: string): GraphQLError =>
  badRequest(message, 401, 'UNAUTHENTICATED', challenge('invalid_token'));

const roleMissing = (message: string): GraphQLError =>
  badRequest(message, 403, 'FORBIDDEN', challenge('insufficient_scope'));

/** Why a viewer may not read; `undefined` if they may. */
export function refuseReading(viewer: Viewer, reading: ReadAccess): GraphQLError | undefined {
  return reading === 'open' || may(viewer, 'reader')
    ? undefined
    : credentialsMissing('Reading from this server requires authentication.');
}

/** Why a viewer may not export the graph; `undefined` if they may. Read access was checked before. */
export function refuseExport(viewer: Viewer, exporting: Exporting): GraphQLError | undefined {
  if (exporting === 'open') return undefined;
  if (exporting === 'off') return badRequest('This server does not export the graph.', 403, 'FORBIDDEN');
  const role = exporting === 'admin' ? 'admin' : 'reader';
  if (may(viewer, role)) return undefined;
  return viewer.role === null
    ? credentialsMissing(`Exporting the graph requires the role ${role}.`)
    : roleMissing(`Exporting the graph requires the role ${role}, and ${viewer.name} has the role ${viewer.role}.`);
}

/**
 * Why a viewer may not execute an operation of a type; `undefined` if they may. The same rule applies to every transport.
 * Long connections check it for each operation: the credentials may have expired since they were opened.
 */
export function refuseOperation(
  viewer: Viewer,
  operation: `${OperationTypeNode}`,
  reading: ReadAccess = 'open',
  now: number = Date.now(),
): GraphQLError | undefined {
  if (viewer.expiresAt !== undefined && viewer.expiresAt <= now) {
    return credentialsRefused('The key or token has expired. Get a new one, then reconnect.');
  }
  if (operation !== 'mutation') return refuseReading(viewer, reading);
  if (may(viewer, 'editor')) return undefined;
  return viewer.role === null
    ? credentialsMissing('Writing requires the role editor.')
    : roleMissing(`Writing requires the role editor, and ${viewer.name} has the role ${viewer.role}.`);
}
