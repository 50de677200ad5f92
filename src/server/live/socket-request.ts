import type { SubscribePayload } from 'graphql-ws';
import { stateOf } from '../request-state.ts';
import type { SocketConnection } from './socket-connection.ts';
import { socketCredentials } from './socket-credentials.ts';

/** Headers of the connection, of a body or of one request; the others apply to every operation. */
const ownHeaders =
  /^(connection|upgrade|host|sec-websocket-.*|content-.*|transfer-encoding|accept.*|x-request-id|expect)$/;

/** An operation over a WebSocket as the request over plain HTTP that it stands for. */
export function socketRequest(connection: SocketConnection, payload: SubscribePayload, path: string): Request {
  const { request, signal } = connection.extra;
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (!ownHeaders.test(name) && value !== undefined) headers.set(name, String(value));
  }
  headers.delete('authorization');
  headers.delete('x-api-key');
  const { authorization, apiKey } = socketCredentials(connection);
  if (typeof authorization === 'string') headers.set('authorization', authorization);
  if (typeof apiKey === 'string') headers.set('x-api-key', apiKey);
  headers.set('content-type', 'application/json');
  headers.set('accept', 'application/json');
  const { operationName, query, variables, extensions } = payload;
  const body = JSON.stringify({ operationName, query, variables, extensions });
  const address = `http://${request.headers.host ?? 'localhost'}${path}`;
  const asked = new Request(address, { method: 'POST', headers, body, signal });
  stateOf(asked).isOverSocket = true;
  return asked;
}
