import { describe, expect, it } from 'vitest';
import type { SocketConnection } from '../../../src/server/live/socket-connection.ts';
import { socketCredentials } from '../../../src/server/live/socket-credentials.ts';

const credentialsOf = (connectionParams: Record<string, unknown> | undefined, headers: Record<string, string> = {}) =>
  socketCredentials({ connectionParams, extra: { request: { headers } } } as unknown as SocketConnection);

const authorization = 'Bearer some';

describe('the credentials of a WebSocket', () => {
  it.each([
    ['its first message', { authorization }, {}, { authorization, apiKey: null }],
    ['its first message, in any case', { Authorization: authorization }, {}, { authorization, apiKey: null }],
    [
      'headers in its first message',
      { headers: { Authorization: authorization } },
      {},
      { authorization, apiKey: null },
    ],
    ['an API key', { apiKey: 'key' }, { authorization }, { authorization: null, apiKey: 'key' }],
    ['its headers', undefined, { 'x-api-key': 'key' }, { authorization: null, apiKey: 'key' }],
    [
      'its headers beside other parameters',
      { headers: null, locale: 'en' },
      { authorization },
      { authorization, apiKey: null },
    ],
    ['nothing', { headers: 'Authorization', authorization: 7 }, {}, { authorization: null, apiKey: null }],
  ])('come from %s', (_, parameters, headers, expected) => {
    expect(credentialsOf(parameters, headers)).toEqual(expected);
  });
});
