import type { KeyObject } from 'node:crypto';
import { errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { isFullyVisible } from '../../ontology/plain-text.ts';
import { AccessRefused } from './access-refused.ts';
import { looksLikeHolder } from './api-key.ts';
import { type DeclaredRoles, rightsOf, roleNames } from './declared-roles.ts';
import type { TokenSettings } from './token-settings.ts';
import { roles, type Viewer } from './viewer.ts';

/** Maximum length of a token: longer than any real one, and cheap to check. */
const LONGEST = 8_192;
const LONGEST_NAME = 200;

/** Default of the allowed clock difference in seconds. */
export const CLOCK_TOLERANCE = 10;

/** Whether a text has the form of a signed token. */
export const looksLikeToken = (text: string): boolean => /^[\w-]+\.[\w-]+\.[\w-]*$/.test(text);

/** What a token must say, and what verifies it. */
export interface Expected {
  readonly algorithms: readonly string[];
  readonly key: KeyObject | JWTVerifyGetKey;
  readonly issuer: string;
  readonly audience: string;
  /** Allowed clock difference in seconds. */
  readonly clockTolerance: number;
}

/** Error message for an invalid token. */
function reasonOf(error: unknown, { algorithms, issuer, audience }: Expected): string {
  if (error instanceof errors.JWTExpired) return 'The token has expired. Get a new one.';
  if (error instanceof errors.JOSEAlgNotAllowed) {
    const [first, ...others] = algorithms;
    return `The token must be signed with ${others.length === 0 ? first : `one of ${algorithms.join(', ')}`}.`;
  }
  if (error instanceof errors.JWSSignatureVerificationFailed) {
    return 'The signature of the token does not match the key that this server trusts.';
  }
  if (error instanceof errors.JWKSNoMatchingKey) return 'The token is signed with a key that its issuer does not have.';
  if (error instanceof errors.JWKSMultipleMatchingKeys) {
    return 'The header of the token must name its key (kid), because its issuer has several.';
  }
  if (error instanceof errors.JWTClaimValidationFailed) {
    const wanted: Readonly<Record<string, string>> = {
      iss: `be ${JSON.stringify(issuer)}`,
      aud: `hold ${JSON.stringify(audience)}`,
      exp: 'be present: the expiry time, in seconds since 1970',
      nbf: 'be in the past: the token is not valid yet',
    };
    return `The claim ${error.claim} of the token must ${wanted[error.claim] ?? 'be valid'}.`;
  }
  return 'The token is malformed. Send a signed JSON Web Token.';
}

/** @throws AccessRefused */
export function checkLength(token: string): void {
  if (token.length > LONGEST) throw new AccessRefused(`The token is longer than ${LONGEST} characters.`);
}

/** The claims of a token that says what is expected. @throws AccessRefused, and what finding the key throws */
export async function verifyToken(token: string, expected: Expected, now: () => number): Promise<JWTPayload> {
  checkLength(token);
  const { key, algorithms, issuer, audience, clockTolerance } = expected;
  const options = {
    algorithms: [...algorithms],
    ...{ issuer, audience, clockTolerance },
    requiredClaims: ['exp'],
    currentDate: new Date(now()),
  };
  try {
    // The library tells a key from a function that finds one by overloads.
    const verified =
      typeof key === 'function' ? await jwtVerify(token, key, options) : await jwtVerify(token, key, options);
    return verified.payload;
  } catch (error) {
    if (error instanceof errors.JOSEError) throw new AccessRefused(reasonOf(error, expected));
    throw error;
  }
}

/** Author names reserved for changes without a token. */
const reserved: ReadonlySet<string> = new Set(['anonymous', 'command line', 'import', 'seeds']);

function subjectIn({ sub }: JWTPayload): string {
  if (typeof sub !== 'string' || sub.trim() === '' || sub.length > LONGEST_NAME || !isFullyVisible(sub)) {
    throw new AccessRefused(
      `The claim sub of the token must identify its holder in up to ${LONGEST_NAME} characters, all of them visible.`,
    );
  }
  if (looksLikeHolder(sub) || reserved.has(sub)) {
    throw new AccessRefused('The claim sub of the token has the form of a reserved name.');
  }
  return sub;
}

/** The holder of a verified token. @throws AccessRefused if it has no usable subject */
export function holderOf(
  payload: JWTPayload,
  rights: Pick<Viewer, 'role' | 'sees'>,
  { issuer, clockTolerance }: Expected,
): Viewer {
  const subject = subjectIn(payload);
  const expiresAt = (Number(payload.exp) + clockTolerance) * 1000;
  return { id: `token:${issuer}|${subject}`, name: subject, ...rights, expiresAt };
}

/** The highest role in a claim, which is a string or a list that may contain roles of other services. */
function roleIn(claim: unknown, declared: DeclaredRoles): string | undefined {
  const named = Array.isArray(claim) ? claim : [claim];
  return roleNames(declared).findLast((role) => named.includes(role));
}

/**
 * Identifies the holder of a token that is verified with a key of the settings.
 * @throws AccessRefused
 */
export function createTokenCheck(
  { algorithm, roleClaim, ...settings }: TokenSettings,
  now: () => number = Date.now,
  clockTolerance = CLOCK_TOLERANCE,
  declared: DeclaredRoles = {},
): (token: string) => Promise<Viewer> {
  const expected: Expected = { ...settings, algorithms: [algorithm], clockTolerance };
  return async (token) => {
    const payload = await verifyToken(token, expected, now);
    const role = Object.hasOwn(payload, roleClaim) ? roleIn(payload[roleClaim], declared) : undefined;
    const rights = role === undefined ? undefined : rightsOf(role, declared);
    // The names of declared roles are not for everybody.
    if (!rights) throw new AccessRefused(`The claim ${roleClaim} of the token must be one of ${roles.join(', ')}.`);
    return holderOf(payload, rights, expected);
  };
}
