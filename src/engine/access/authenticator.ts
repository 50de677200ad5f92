import type { Graph } from '../graph/graph.ts';
import { AccessRefused } from './access-refused.ts';
import { readApiKey } from './api-key.ts';
import type { DeclaredRoles } from './declared-roles.ts';
import { createKeyCheck } from './key-check.ts';
import type { OidcSettings } from './oidc/oidc-settings.ts';
import { createProviderCheck } from './oidc/provider-check.ts';
import type { ProviderReport } from './oidc/provider-keys.ts';
import { CLOCK_TOLERANCE, createTokenCheck, looksLikeToken } from './token-check.ts';
import type { TokenSettings } from './token-settings.ts';
import { anonymous, type Viewer } from './viewer.ts';

/** Credentials as sent by the client. */
export interface Credentials {
  /** `Bearer`, a space, and an API key or a token. */
  readonly authorization?: string | null;
  /** An API key. */
  readonly apiKey?: string | null;
}

export interface Authenticator {
  /**
   * Identifies a caller. Without credentials, the caller is anonymous.
   * @throws AccessRefused if the credentials are invalid; GraphError
   */
  authenticate(credentials: Credentials): Promise<Viewer>;
}

export interface AuthenticatorOptions {
  /** Graph with the API keys. */
  readonly graph: Graph;
  /** Default: only API keys are accepted. */
  readonly tokens?: TokenSettings | undefined;
  /** Identity providers whose tokens are accepted, too. @default none */
  readonly oidc?: OidcSettings | undefined;
  /** Allowed clock difference in seconds. */
  readonly clockTolerance?: number;
  /** Roles that see a part of the graph. @default none */
  readonly roles?: DeclaredRoles | undefined;
  /** Is called when an identity provider stops or begins again to respond. */
  readonly report?: ProviderReport;
  readonly now?: () => number;
}

const isGiven = (text: string | null | undefined): text is string => typeof text === 'string';

const BEARER = /^bearer +(\S+)$/i;

/** Authenticates callers by the API keys in the graph and, if configured, by tokens. */
export function createAuthenticator({
  graph,
  tokens,
  oidc,
  clockTolerance = CLOCK_TOLERANCE,
  roles: declared,
  report,
  now = Date.now,
}: AuthenticatorOptions): Authenticator {
  const checkKey = createKeyCheck(graph, now, declared);
  const checkToken = tokens && createTokenCheck(tokens, now, clockTolerance, declared);
  const checkOfProvider = oidc && createProviderCheck(oidc, { now, clockTolerance, report, declared });

  /** A token says by which provider it claims to be issued; the others are verified with the key of the settings. */
  async function byToken(text: string): Promise<Viewer> {
    if (checkOfProvider?.isFor(text)) return checkOfProvider.check(text);
    if (checkToken) return checkToken(text);
    if (checkOfProvider) return checkOfProvider.check(text);
    throw new AccessRefused('This server accepts API keys only, no tokens. Send an API key.');
  }

  async function byApiKey(text: string): Promise<Viewer> {
    const key = readApiKey(text.trim());
    if (key) return checkKey(key);
    throw new AccessRefused('The header X-API-Key must contain an API key, which looks like sg_…_….');
  }

  async function byBearer(header: string): Promise<Viewer> {
    const text = BEARER.exec(header.trim())?.[1];
    const key = text === undefined ? undefined : readApiKey(text);
    if (key) return checkKey(key);
    if (text === undefined || !looksLikeToken(text)) {
      throw new AccessRefused(
        `The header Authorization must be the word Bearer, a space, and an API key, which looks like sg_…_…${checkToken || checkOfProvider ? ', or a signed JSON Web Token' : ''}.`,
      );
    }
    return byToken(text);
  }

  return {
    async authenticate({ authorization, apiKey }) {
      if (isGiven(authorization) && isGiven(apiKey)) {
        throw new AccessRefused('Send one of the headers Authorization and X-API-Key, not both.');
      }
      if (isGiven(apiKey)) return byApiKey(apiKey);
      return isGiven(authorization) ? byBearer(authorization) : anonymous;
    },
  };
}
