import type { Credentials } from '../../access/authenticator.ts';
import type { SocketConnection } from './socket-connection.ts';

/** A text under one of several names, in any case: clients write them like headers. */
function textOf(parameters: Readonly<Record<string, unknown>> | undefined, ...names: readonly string[]): string | null {
  const found = Object.entries(parameters ?? {}).find(([name]) => names.includes(name.toLowerCase()))?.[1];
  return typeof found === 'string' ? found : null;
}

/** Credentials of a client: from the first message, the only place open to browsers, or else from the headers. */
export function socketCredentials({ connectionParams, extra }: SocketConnection): Credentials {
  const shown = {
    authorization: textOf(connectionParams, 'authorization'),
    apiKey: textOf(connectionParams, 'apikey', 'x-api-key'),
  };
  if (shown.authorization !== null || shown.apiKey !== null) return shown;
  const { headers } = extra.request;
  const apiKey = headers['x-api-key'];
  return { authorization: headers.authorization ?? null, apiKey: typeof apiKey === 'string' ? apiKey : null };
}
