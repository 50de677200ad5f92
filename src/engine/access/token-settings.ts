import { createPublicKey, createSecretKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** Which tokens are accepted. The algorithm follows from the key; the header of a token cannot change it. */
export interface TokenSettings {
  readonly algorithm: 'HS256' | 'RS256' | 'ES256';
  readonly key: KeyObject;
  readonly issuer: string;
  readonly audience: string;
  /** Name of the claim with the role. */
  readonly roleClaim: string;
}

/** Environment variables for tokens. */
export interface TokenVariables {
  readonly SILKGRAPH_JWT_SECRET: string | undefined;
  readonly SILKGRAPH_JWT_PUBLIC_KEY: string | undefined;
  readonly SILKGRAPH_JWT_ISSUER: string | undefined;
  readonly SILKGRAPH_JWT_AUDIENCE: string | undefined;
  readonly SILKGRAPH_JWT_ROLE_CLAIM: string | undefined;
}

type Signing = Pick<TokenSettings, 'algorithm' | 'key'>;

/** Minimum length for HS256 (RFC 7518, 3.2). */
const SECRET_BYTES = 32;
const RSA_BITS = 2048;

function readSecret(secret: string): Signing | string {
  const bytes = Buffer.from(secret, 'utf8');
  return bytes.length < SECRET_BYTES
    ? `SILKGRAPH_JWT_SECRET has ${bytes.length} bytes; it must have at least ${SECRET_BYTES}. Generate one with: openssl rand -base64 48`
    : { algorithm: 'HS256', key: createSecretKey(bytes) };
}

/** The text of a key, given directly or as the path of a file. */
function textOfKey(given: string): string | undefined {
  // Keys in variables that cannot contain line breaks are often written with \n.
  if (given.includes('-----BEGIN')) return given.replaceAll('\\n', '\n');
  if (given.startsWith('{')) return given;
  try {
    return readFileSync(given, 'utf8').trim();
  } catch {
    return undefined;
  }
}

function importKey(text: string): KeyObject | undefined {
  try {
    return text.startsWith('{')
      ? createPublicKey({ key: JSON.parse(text) as JsonWebKey, format: 'jwk' })
      : createPublicKey(text);
  } catch {
    return undefined;
  }
}

const isPrivate = (text: string) => /-----BEGIN [A-Z ]*PRIVATE KEY-----|^\{[\s\S]*"(?:d|k)"\s*:/.test(text);

function readPublicKey(given: string): Signing | string {
  const text = textOfKey(given);
  if (text === undefined) {
    return 'SILKGRAPH_JWT_PUBLIC_KEY is neither a key (PEM or JWK) nor the path of a file that can be read.';
  }
  if (isPrivate(text)) {
    return 'SILKGRAPH_JWT_PUBLIC_KEY can sign, so it is a secret; set the public key of the pair instead.';
  }
  const key = importKey(text);
  if (!key) return 'SILKGRAPH_JWT_PUBLIC_KEY is not a public key in PEM or JWK format.';
  const { asymmetricKeyType: type, asymmetricKeyDetails: details = {} } = key;
  if (type === 'rsa' && (details.modulusLength ?? 0) >= RSA_BITS) return { algorithm: 'RS256', key };
  if (type === 'ec' && details.namedCurve === 'prime256v1') return { algorithm: 'ES256', key };
  return `SILKGRAPH_JWT_PUBLIC_KEY is of an unsupported type; use RSA of at least ${RSA_BITS} bits (RS256) or EC on the curve P-256 (ES256).`;
}

/** Reads the settings for tokens, and adds errors to the faults. Undefined if tokens are not configured. */
export function readTokenSettings(given: TokenVariables, faults: string[]): TokenSettings | undefined {
  const {
    SILKGRAPH_JWT_SECRET: secret,
    SILKGRAPH_JWT_PUBLIC_KEY: publicKey,
    SILKGRAPH_JWT_ISSUER: issuer,
    SILKGRAPH_JWT_AUDIENCE: audience,
    SILKGRAPH_JWT_ROLE_CLAIM: roleClaim = 'role',
  } = given;
  const signing =
    secret !== undefined ? readSecret(secret) : publicKey !== undefined ? readPublicKey(publicKey) : undefined;

  if (signing === undefined) {
    const stray = Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [name]));
    if (stray.length > 0) {
      faults.push(
        `${stray.join(' and ')} ${stray.length > 1 ? 'are' : 'is'} set, but there is no key to verify tokens with: set SILKGRAPH_JWT_SECRET or SILKGRAPH_JWT_PUBLIC_KEY.`,
      );
    }
    return undefined;
  }
  if (secret !== undefined && publicKey !== undefined) {
    faults.push(
      'SILKGRAPH_JWT_SECRET and SILKGRAPH_JWT_PUBLIC_KEY are both set: set only the one that matches the signature of your tokens.',
    );
  }
  if (typeof signing === 'string') faults.push(signing);
  // Without these, tokens issued for another service would be accepted.
  for (const name of ['SILKGRAPH_JWT_ISSUER', 'SILKGRAPH_JWT_AUDIENCE'] as const) {
    if (given[name] === undefined)
      faults.push(`Tokens are configured without ${name}: set it to the value of their claim.`);
  }
  if (typeof signing === 'string' || issuer === undefined || audience === undefined) return undefined;
  return { ...signing, issuer, audience, roleClaim };
}
