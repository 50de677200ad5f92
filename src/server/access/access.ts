import type { Authenticator } from '../../engine/access/authenticator.ts';
import type { ReadAccess } from '../../engine/access/reading.ts';
import { anonymous } from '../../engine/access/viewer.ts';
import type { TokenProviders } from './use-resource-metadata.ts';

/** Authentication and read access of a server. */
export interface Access {
  readonly authenticator: Authenticator;
  readonly reading: ReadAccess;
  /** Who gives the tokens that the authenticator takes, for clients to find. @default none */
  readonly providers?: TokenProviders | undefined;
}

export const nobodyKnown: Access = { authenticator: { authenticate: async () => anonymous }, reading: 'open' };
