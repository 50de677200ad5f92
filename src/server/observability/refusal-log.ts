import type { IncomingMessage } from 'node:http';
import type { GraphQLError } from 'graphql';
import type { Logger } from 'pino';
import { readApiKey } from '../../engine/access/api-key.ts';
import type { Credentials } from '../../engine/access/authenticator.ts';
import { addressOfConnection, callerName } from '../access/caller.ts';
import { refusalOf } from '../note-refusal.ts';
import type { RequestPlugin } from '../phases.ts';
import { type Refusal, stateOf } from '../request-state.ts';
import { pathOf } from '../route.ts';
import { namesOf } from '../use-request-id.ts';
import { createBoundedLog } from './bounded-log.ts';

/** The caller and the path of a refusal, as far as they are known. */
interface Refused {
  readonly address?: string | undefined;
  /** Name of the identified caller. */
  readonly caller?: string | undefined;
  /** ID of the key that was sent, valid or not. */
  readonly key?: string | undefined;
  readonly path?: string | undefined;
  readonly requestId?: string | undefined;
}

/** Refusals of WebSockets, which bypass yoga. */
export interface SocketRefusals {
  refused(from: IncomingMessage, error: GraphQLError, shown?: Credentials): void;
}

/** Logs refused requests, up to a limit. */
export interface RefusalLog {
  readonly plugin: RequestPlugin;
  readonly sockets: SocketRefusals;
}

const isPresent = ([, value]: readonly [string, unknown]) => value !== undefined;

/** ID of the key in a header, without its secret. */
function keyIdOf({ authorization, apiKey }: Credentials): string | undefined {
  const shown = apiKey ?? authorization?.replace(/^bearer +/i, '');
  return typeof shown === 'string' ? readApiKey(shown.trim())?.id : undefined;
}

/**
 * Logs refused requests with their client address.
 * @param proxies number of trusted proxies in front of the server
 */
export function createRefusalLog(log: Logger, proxies: number): RefusalLog {
  const write = createBoundedLog(log);

  function refused({ code, reason }: Refusal, who: Refused): void {
    const facts = Object.fromEntries(Object.entries({ code, reason, ...who }).filter(isPresent));
    write({ level: 'warn', sort: code, facts, message: `A request was refused: ${code}.` });
  }

  return {
    sockets: {
      refused(from, error, shown = {}) {
        const refusal = refusalOf(error);
        const path = pathOf(`http://silkgraph${from.url}`);
        if (refusal) refused(refusal, { address: addressOfConnection(from, proxies), key: keyIdOf(shown), path });
      },
    },
    plugin: {
      phase: 'identify',
      onResponse({ request }) {
        const { headers } = request;
        const { refusal, address } = stateOf(request);
        if (!refusal) return;
        refused(refusal, {
          address,
          caller: callerName(request),
          key: keyIdOf({ authorization: headers.get('authorization'), apiKey: headers.get('x-api-key') }),
          path: pathOf(request.url),
          ...namesOf(request),
        });
      },
    },
  };
}
