import { createPublicKey, type JsonWebKey } from 'node:crypto';
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWK, type JWTVerifyGetKey } from 'jose';
import { times } from '../../budgets/time-budget.ts';

/** Maximum size of the response of a provider in bytes. */
const LARGEST = 500_000;

/** Maximum number of keys of a provider. */
const MOST_KEYS = 100;

/** Minimum length of the modulus of an RSA key, in bits (https://www.rfc-editor.org/rfc/rfc7518#section-3.3). */
const SHORTEST_MODULUS = 2_048;

/** The keys of an identity provider cannot be read at the moment, so its tokens are neither accepted nor refused. */
export class ProviderUnavailable extends Error {
  override readonly name = 'ProviderUnavailable';
  /** In seconds. */
  readonly retryAfter = times.providerPause.ms / 1000;

  constructor(issuer: string) {
    super(`The identity provider ${issuer} does not respond, so its tokens cannot be verified. Try again in a moment.`);
  }
}

/** Is called when a provider stops to respond as it should, with the error, and when it responds again, without. */
export type ProviderReport = (news: { readonly issuer: string; readonly error?: unknown }) => void;

export interface ProviderOptions {
  readonly report?: ProviderReport | undefined;
  /** Milliseconds since any instant. */
  readonly clock?: () => number;
}

/** The value of a JSON text; `undefined` for any other text, such as the page of an address that is wrong. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function readJson(address: string): Promise<Readonly<Record<string, unknown>>> {
  const response = await fetch(address, {
    headers: { accept: 'application/json' },
    // What is trusted is this address, and no other.
    redirect: 'error',
    signal: AbortSignal.timeout(times.providerRequest.ms),
  }).catch((error: Error) => {
    // `fetch` says only that it failed.
    const cause = error.cause instanceof Error ? error.cause : error;
    const reason = cause.message || (cause as NodeJS.ErrnoException).code;
    throw new Error(`${address} does not respond: ${reason}.`, { cause });
  });
  if (!response.ok) throw new Error(`${address} responds with the status ${response.status}.`);
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.byteLength;
    if (size > LARGEST) throw new Error(`${address} responds with more than ${LARGEST} bytes.`);
    parts.push(part);
  }
  const value = parsed(Buffer.concat(parts).toString('utf8'));
  if (typeof value !== 'object' || value === null) throw new Error(`${address} responds with no JSON object.`);
  return value as Readonly<Record<string, unknown>>;
}

/** The address of the keys, as the provider's configuration says (https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfig). */
export async function discoverKeys(issuer: string): Promise<string> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const { issuer: named, jwks_uri: keys } = await readJson(address);
  if (named !== issuer) {
    throw new Error(`${address} names the issuer ${JSON.stringify(named)}, not ${JSON.stringify(issuer)}.`);
  }
  const scheme = typeof keys === 'string' && URL.canParse(keys) ? new URL(keys).protocol : undefined;
  if (typeof keys === 'string' && (scheme === 'https:' || (scheme === 'http:' && issuer.startsWith('http:'))))
    return keys;
  throw new Error(`${address} names no address of keys (jwks_uri) with https.`);
}

/** Whether a member of a key set verifies signatures: it is public, complete and strong enough. */
function isForSignatures(member: unknown): member is JWK {
  const { kty, use } = (member ?? {}) as JWK;
  if (!['RSA', 'EC', 'OKP'].includes(String(kty)) || use === 'enc') return false;
  try {
    const { asymmetricKeyDetails } = createPublicKey({ key: member as JsonWebKey, format: 'jwk' });
    return (asymmetricKeyDetails?.modulusLength ?? SHORTEST_MODULUS) >= SHORTEST_MODULUS;
  } catch {
    return false;
  }
}

/** The public keys of a provider. @throws Error that says what is wrong */
export async function readProviderKeys(issuer: string): Promise<JSONWebKeySet> {
  const address = await discoverKeys(issuer);
  const { keys } = await readJson(address);
  // The others are skipped: one that is broken must not keep out the tokens of those in use.
  const usable = Array.isArray(keys) ? keys.filter(isForSignatures) : [];
  if (usable.length === 0 || usable.length > MOST_KEYS) {
    throw new Error(`${address} has ${usable.length} keys that verify signatures; it must have 1 to ${MOST_KEYS}.`);
  }
  return { keys: usable };
}

/**
 * Finds the key of a token among those of its provider, which are read on first use, renewed in the background, and read again
 * for a key that is unknown: once in a while, however many tokens name such keys. While the provider is down, known keys are
 * used for a day.
 * @throws ProviderUnavailable; errors of `jose` if there is no such key
 */
export function createProviderKeys(
  issuer: string,
  { report = () => {}, clock = () => performance.now() }: ProviderOptions = {},
): JWTVerifyGetKey {
  let find: ReturnType<typeof createLocalJWKSet> | undefined;
  let readAt = Number.NEGATIVE_INFINITY;
  let triedAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | undefined;
  let isFailing = false;

  async function readNow(): Promise<void> {
    triedAt = clock();
    try {
      find = createLocalJWKSet(await readProviderKeys(issuer));
      readAt = clock();
      if (isFailing) report({ issuer });
      isFailing = false;
    } catch (error) {
      if (!isFailing) report({ issuer, error });
      isFailing = true;
      throw new ProviderUnavailable(issuer);
    } finally {
      reading = undefined;
    }
  }

  /** Reads the keys, once at a time, and not sooner than the pause allows. @returns whether they were read */
  async function read(pause: number): Promise<boolean> {
    if (!reading && clock() - triedAt < pause) return false;
    reading ??= readNow();
    await reading;
    return true;
  }

  return async (header, token) => {
    const age = clock() - readAt;
    if (age > times.providerUsable.ms) await read(times.providerPause.ms);
    else if (age > times.providerFresh.ms) read(times.providerPause.ms).catch(() => {});
    if (!find || clock() - readAt > times.providerUsable.ms) throw new ProviderUnavailable(issuer);
    try {
      return await find(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || !(await read(times.providerUnknown.ms))) throw error;
      return find(header, token);
    }
  };
}
