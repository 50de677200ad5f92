import type { Authenticator } from '../../engine/access/authenticator.ts';
import type { ReadAccess } from '../../engine/access/reading.ts';
import { anonymous } from '../../engine/access/viewer.ts';

/** Who gives tokens for a server. */
export interface TokenProviders {
  /** Their issuer identifiers. */
  readonly issuers: readonly string[];
  /** What their tokens have to be for. */
  readonly audience: string;
}

/** Authentication and read access of a server. */
export interface Access {
  readonly authenticator: Authenticator;
  readonly reading: ReadAccess;
  /** Who gives the tokens that the authenticator takes, for clients to find. @default none */
  readonly providers?: TokenProviders | undefined;
}

export const nobodyKnown: Access = { authenticator: { authenticate: async () => anonymous }, reading: 'open' };
