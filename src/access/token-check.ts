import { errors, type JWTPayload, jwtVerify } from 'jose';
import { isFullyVisible } from '../ontology/plain-text.ts';
import { AccessRefused } from './access-refused.ts';
import { looksLikeHolder } from './api-key.ts';
import type { TokenSettings } from './token-settings.ts';
import { type Role, roles, type Viewer } from './viewer.ts';

/** Maximum length of a token: longer than any real one, and cheap to check. */
const LONGEST = 8_192;
const LONGEST_NAME = 200;

/** Allowed clock difference in seconds. */
const CLOCK_TOLERANCE = 10;

/** Whether a text has the form of a signed token. */
export const looksLikeToken = (text: string): boolean => /^[\w-]+\.[\w-]+\.[\w-]*$/.test(text);

/** Error message for an invalid token. */
function reasonOf(error: unknown, { algorithm, issuer, audience }: TokenSettings): string {
  if (error instanceof errors.JWTExpired) return 'The token has expired. Get a new one.';
  if (error instanceof errors.JOSEAlgNotAllowed) return `The token must be signed with ${algorithm}.`;
  if (error instanceof errors.JWSSignatureVerificationFailed) {
    return 'The signature of the token does not match the key that this server trusts.';
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

/** The highest role in a claim, which is a string or a list that may contain roles of other services. */
function roleIn(claim: unknown): Role | undefined {
  const named = Array.isArray(claim) ? claim : [claim];
  return roles.findLast((role) => named.includes(role));
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

/**
 * Identifies the holder of a token.
 * @throws AccessRefused
 */
export function createTokenCheck(
  settings: TokenSettings,
  now: () => number = Date.now,
): (token: string) => Promise<Viewer> {
  const { algorithm, key, issuer, audience, roleClaim } = settings;

  async function verify(token: string): Promise<JWTPayload> {
    try {
      const { payload } = await jwtVerify(token, key, {
        algorithms: [algorithm],
        issuer,
        audience,
        requiredClaims: ['exp'],
        clockTolerance: CLOCK_TOLERANCE,
        currentDate: new Date(now()),
      });
      return payload;
    } catch (error) {
      if (error instanceof errors.JOSEError) throw new AccessRefused(reasonOf(error, settings));
      throw error;
    }
  }

  return async (token) => {
    if (token.length > LONGEST) throw new AccessRefused(`The token is longer than ${LONGEST} characters.`);
    const payload = await verify(token);
    const role = Object.hasOwn(payload, roleClaim) ? roleIn(payload[roleClaim]) : undefined;
    if (!role) {
      throw new AccessRefused(`The claim ${roleClaim} of the token must be one of ${roles.join(', ')}.`);
    }
    const subject = subjectIn(payload);
    const expiresAt = (Number(payload.exp) + CLOCK_TOLERANCE) * 1000;
    return { id: `token:${issuer}|${subject}`, name: subject, role, expiresAt };
  };
}
