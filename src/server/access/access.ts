import type { Authenticator } from '../../engine/access/authenticator.ts';
import type { ReadAccess } from '../../engine/access/reading.ts';
import { anonymous } from '../../engine/access/viewer.ts';

/** Authentication and read access of a server. */
export interface Access {
  readonly authenticator: Authenticator;
  readonly reading: ReadAccess;
}

export const nobodyKnown: Access = { authenticator: { authenticate: async () => anonymous }, reading: 'open' };
