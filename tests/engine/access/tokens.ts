import { createSecretKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { type JWTPayload, SignJWT } from 'jose';
import type { TokenSettings } from '../../../src/engine/access/token-settings.ts';

export const issuer = 'https://login.example';
export const audience = 'silkgraph';

/** The instant at which all of these tokens are looked at, in milliseconds. */
export const now = Date.parse('2025-06-20T12:00:00Z');
const seconds = now / 1000;

export const secret = 'thirty-two bytes at the very least!';
export const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
export const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });

const expected = { issuer, audience, roleClaim: 'role' };

/** The three ways in which tokens may be set up, each with the key that signs what it trusts. */
export const setups = {
  HS256: {
    settings: { algorithm: 'HS256', key: createSecretKey(Buffer.from(secret)), ...expected },
    signingKey: createSecretKey(Buffer.from(secret)),
  },
  RS256: { settings: { algorithm: 'RS256', key: rsa.publicKey, ...expected }, signingKey: rsa.privateKey },
  ES256: { settings: { algorithm: 'ES256', key: ec.publicKey, ...expected }, signingKey: ec.privateKey },
} as const satisfies Record<string, { settings: TokenSettings; signingKey: KeyObject }>;

/** What a token says that counts. */
export const good: JWTPayload = {
  sub: 'ana@example.org',
  role: 'editor',
  iss: issuer,
  aud: audience,
  iat: seconds - 60,
  exp: seconds + 600,
};

/** Signs a token; a claim that is `undefined` is left out. */
export const sign = (
  claims: Record<string, unknown>,
  key: KeyObject | Uint8Array,
  alg: string,
  header: Record<string, unknown> = {},
): Promise<string> =>
  new SignJWT({ ...good, ...claims } as JWTPayload).setProtectedHeader({ ...header, alg }).sign(key);

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token put together by hand, as no library would. */
export const forged = (header: unknown, claims: unknown, signature = ''): string =>
  `${part(header)}.${part(claims)}.${signature}`;
