import { AccessRefused } from '../../access/access-refused.ts';
import type { Credentials } from '../../access/authenticator.ts';

/** Names under which other services take a key or a token in the address. */
const names = /^(?:x[-_]?)?(?:api[-_]?key|key|access[-_]?token|auth(?:orization)?|bearer|jwt|token)$/i;

/** What holds an API key, or is a signed token. */
const secrets = /sg_[a-z\d]{10}_|^(?:bearer\s+)?eyJ[\w-]+\.[\w-]+\.[\w-]*$/i;

/** The reservation of a stream of graphql-sse, which its protocol puts into the address. */
const reservation = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

function holdsSecret(address: string): boolean {
  const start = address.indexOf('?');
  if (start === -1) return false;
  return [...new URLSearchParams(address.slice(start))].some(
    ([name, value]) => secrets.test(value) || (names.test(name) && !(name === 'token' && reservation.test(value))),
  );
}

/** @throws AccessRefused where an address holds what belongs into a header */
export function refuseSecretIn(address: string): void {
  if (!holdsSecret(address)) return;
  throw new AccessRefused(
    'Do not put a key or token in the URL, since URLs are logged on the way. Send it as the header Authorization: Bearer …, and have this one revoked.',
  );
}

/**
 * What a request shows of who sends it; nothing where it shows nothing.
 * @throws AccessRefused where it puts it into its address
 */
export function credentialsOf({ url, headers }: Request): Credentials | undefined {
  refuseSecretIn(url);
  const authorization = headers.get('authorization');
  const apiKey = headers.get('x-api-key');
  return authorization === null && apiKey === null ? undefined : { authorization, apiKey };
}

/** Whether a request shows in its headers who sends it, rightly or not. */
export const showsCredentials = ({ headers }: Request): boolean =>
  headers.has('authorization') || headers.has('x-api-key');
