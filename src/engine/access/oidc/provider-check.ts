import { decodeJwt } from 'jose';
import { AccessRefused } from '../access-refused.ts';
import { type DeclaredRoles, rightsOf } from '../declared-roles.ts';
import { checkLength, type Expected, holderOf, verifyToken } from '../token-check.ts';
import type { Viewer } from '../viewer.ts';
import { type OidcSettings, roleOf } from './oidc-settings.ts';
import { createProviderKeys, type ProviderReport } from './provider-keys.ts';

export interface ProviderCheckOptions {
  readonly now: () => number;
  /** Allowed clock difference in seconds. */
  readonly clockTolerance: number;
  readonly report?: ProviderReport | undefined;
  readonly declared?: DeclaredRoles | undefined;
}

/** Checks tokens of identity providers. */
export interface ProviderCheck {
  /** Whether a token says that one of the providers issued it. Nothing of it is verified. */
  isFor(token: string): boolean;
  /** @throws AccessRefused, ProviderUnavailable */
  check(token: string): Promise<Viewer>;
}

/** Signatures with a private key. A secret shared with a provider is none that its published keys could verify. */
const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA', 'RS384', 'RS512', 'PS384', 'PS512', 'ES384', 'ES512'];

/** What a token says of its issuer, before it is verified. */
function issuerIn(token: string): string | undefined {
  checkLength(token);
  try {
    return decodeJwt(token).iss;
  } catch {
    return undefined;
  }
}

/** Identifies holders of tokens of identity providers, whose keys are discovered below their issuer, never by a token. */
export function createProviderCheck(
  settings: OidcSettings,
  { now, clockTolerance, report, declared = {} }: ProviderCheckOptions,
): ProviderCheck {
  const { issuers, audience, roleClaim, roles } = settings;
  const expected = new Map(
    issuers.map((issuer): [string, Expected] => [
      issuer,
      { issuer, audience, clockTolerance, algorithms: ALGORITHMS, key: createProviderKeys(issuer, { report }) },
    ]),
  );

  return {
    isFor: (token) => expected.has(issuerIn(token) ?? ''),
    async check(token) {
      const known = expected.get(issuerIn(token) ?? '');
      if (!known) {
        throw new AccessRefused(
          `The claim iss of the token must be ${issuers.length === 1 ? issuers[0] : `one of ${issuers.join(', ')}`}.`,
        );
      }
      const payload = await verifyToken(token, known, now);
      const role = roleOf(payload, settings, declared);
      const rights = role === undefined ? undefined : rightsOf(role, declared);
      if (rights) return holderOf(payload, rights, known);
      throw new AccessRefused(
        `The claim ${roleClaim} of the token gives no role here. It must have one of the values ${[...roles.keys()].join(', ')}.`,
      );
    },
  };
}
