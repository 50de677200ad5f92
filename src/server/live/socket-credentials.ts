import type { Credentials } from '../../engine/access/authenticator.ts';
import type { SocketConnection } from './socket-connection.ts';

type Parameters = Readonly<Record<string, unknown>> | undefined;

/** A text under one of several names, in any case: clients write them like headers, and some under `headers`. */
function textOf(parameters: Parameters, ...names: readonly string[]): string | null {
  const written = Object.entries({ ...Object(parameters?.headers), ...parameters });
  const found = written.find(([name]) => names.includes(name.toLowerCase()))?.[1];
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
