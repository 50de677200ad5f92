import { type DeclaredRoles, roleNames } from '../../engine/access/declared-roles.ts';
import { type OidcSettings, ownNames, parseRoles } from '../../engine/access/oidc/oidc-settings.ts';
import { readTokenSettings, type TokenSettings } from '../../engine/access/token-settings.ts';
import type { SettingsReader } from './settings-reader.ts';
import { isLocal } from './values.ts';

/** Whether a word is the name of an identity provider: its address, without encryption only on this machine. */
function isIssuer(word: string): boolean {
  if (!URL.canParse(word)) return false;
  const { protocol, hostname, search, hash, username, password } = new URL(word);
  const isSafe = protocol === 'https:' || (protocol === 'http:' && isLocal(hostname.replace(/^\[|\]$/g, '')));
  return isSafe && search === '' && hash === '' && username === '' && password === '';
}

function readOidc(read: SettingsReader, declared: DeclaredRoles): OidcSettings | undefined {
  const names = roleNames(declared);
  const issuers = read.list(
    'SILKGRAPH_OIDC_ISSUER',
    'Identity providers (OpenID Connect) whose tokens are accepted, separated by commas.',
    isIssuer,
    'issuers such as https://login.example.org, separated by commas',
  );
  const audience = read.text('SILKGRAPH_OIDC_AUDIENCE', 'Audience required of their tokens.');
  const roleClaim = read.text(
    'SILKGRAPH_OIDC_ROLE_CLAIM',
    'Claim of their tokens with roles or groups; dots lead into objects.',
    {
      schema: { default: 'role' },
    },
  );
  const mapping = read.parsed('SILKGRAPH_OIDC_ROLES', 'Roles of the values of that claim.', {
    parse: (text) => parseRoles(text, names),
    must: `values of the claim with their roles (${names.join(', ')}), as in staff=editor, it=admin, *=reader`,
    pattern: '^[^=,]+=[a-z][a-z0-9-]*( *, *[^=,]+=[a-z][a-z0-9-]*)*$',
  });
  if (issuers.length > 0 && audience === undefined) {
    // Without it, tokens issued for another service would be accepted.
    read.faults.push(
      'SILKGRAPH_OIDC_ISSUER is set without SILKGRAPH_OIDC_AUDIENCE: set it to the audience of your tokens.',
    );
  }
  if (issuers.length === 0) {
    const stray = Object.entries({
      SILKGRAPH_OIDC_AUDIENCE: audience,
      SILKGRAPH_OIDC_ROLE_CLAIM: roleClaim,
      SILKGRAPH_OIDC_ROLES: mapping,
    }).flatMap(([name, value]) => (value === undefined ? [] : [name]));
    if (stray.length > 0) {
      read.faults.push(
        `${stray.join(' and ')} ${stray.length > 1 ? 'are' : 'is'} set without SILKGRAPH_OIDC_ISSUER: set it too.`,
      );
    }
    return undefined;
  }
  if (audience === undefined) return undefined;
  return {
    issuers: [...new Set(issuers)],
    audience,
    roleClaim: roleClaim ?? 'role',
    roles: mapping ?? ownNames(declared),
  };
}

interface TokenConfig {
  readonly tokens?: TokenSettings;
  readonly oidc?: OidcSettings;
  readonly clockTolerance: number;
}

/** Which tokens are accepted, beside API keys. */
export function readTokens(read: SettingsReader, declared: DeclaredRoles = {}): TokenConfig {
  const tokens = readTokenSettings(
    {
      SILKGRAPH_JWT_SECRET: read.secret('SILKGRAPH_JWT_SECRET', 'Secret that verifies tokens (HS256).'),
      SILKGRAPH_JWT_PUBLIC_KEY: read.text(
        'SILKGRAPH_JWT_PUBLIC_KEY',
        'Public key that verifies tokens (RS256 or ES256), or its file.',
      ),
      SILKGRAPH_JWT_ISSUER: read.text(
        'SILKGRAPH_JWT_ISSUER',
        'Issuer required of a token, with a secret or a public key.',
      ),
      SILKGRAPH_JWT_AUDIENCE: read.text(
        'SILKGRAPH_JWT_AUDIENCE',
        'Audience required of a token, with a secret or a public key.',
      ),
      SILKGRAPH_JWT_ROLE_CLAIM: read.text(
        'SILKGRAPH_JWT_ROLE_CLAIM',
        'Claim of a token with the role; role unless set.',
      ),
    },
    read.faults,
  );
  const oidc = readOidc(read, declared);
  if (tokens && oidc?.issuers.includes(tokens.issuer)) {
    read.faults.push(
      `SILKGRAPH_OIDC_ISSUER and SILKGRAPH_JWT_ISSUER both name ${tokens.issuer}: tokens of one issuer are verified in one way.`,
    );
  }
  const clockTolerance = read.whole(
    'SILKGRAPH_CLOCK_TOLERANCE',
    'Allowed difference of clocks in seconds when the times of a token are checked.',
    {
      ...{ least: 0, most: 300, otherwise: 10 },
    },
  );
  return { clockTolerance, ...(tokens ? { tokens } : {}), ...(oidc ? { oidc } : {}) };
}
