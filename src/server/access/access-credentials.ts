import { AccessRefused } from '../../engine/access/access-refused.ts';
import type { Credentials } from '../../engine/access/authenticator.ts';

/** Query parameters in which other services accept a key or a token. */
const names = /^(?:x[-_]?)?(?:api[-_]?key|key|access[-_]?token|auth(?:orization)?|bearer|jwt|token)$/i;

/** A value that contains an API key, or is a signed token. */
const secrets = /sg_[a-z\d]{10}_|^(?:bearer\s+)?eyJ[\w-]+\.[\w-]+\.[\w-]*$/i;

/** The token of an event stream, which the protocol of graphql-sse puts into the URL. */
const reservation = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

function holdsSecret(address: string): boolean {
  const start = address.indexOf('?');
  if (start === -1) return false;
  return [...new URLSearchParams(address.slice(start))].some(
    ([name, value]) => secrets.test(value) || (names.test(name) && !(name === 'token' && reservation.test(value))),
  );
}

/** @throws AccessRefused if a URL contains a key or a token */
export function refuseSecretIn(address: string): void {
  if (!holdsSecret(address)) return;
  throw new AccessRefused(
    'Do not put a key or token in the URL, since URLs are logged on the way. Send it as the header Authorization: Bearer …, and have this one revoked.',
  );
}

/**
 * The credentials of a request; `undefined` if it has none.
 * @throws AccessRefused if they are in the URL
 */
export function credentialsOf({ url, headers }: Request): Credentials | undefined {
  refuseSecretIn(url);
  const authorization = headers.get('authorization');
  const apiKey = headers.get('x-api-key');
  return authorization === null && apiKey === null ? undefined : { authorization, apiKey };
}

/** Whether the headers of a request contain credentials, valid or not. */
export const showsCredentials = ({ headers }: Request): boolean =>
  headers.has('authorization') || headers.has('x-api-key');
