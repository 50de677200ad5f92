import { describe, expect, it } from 'vitest';
import { createTinyServer } from './tiny-server.ts';

describe('a stream that was reserved', () => {
  it.each(['HEAD', 'OPTIONS', 'PATCH'])('is not opened by %s, which shows its token too', async (method) => {
    const { request } = createTinyServer();
    const token = await (await request('/graphql', { method: 'PUT' })).text();
    const headers = { 'x-graphql-event-stream-token': token };
    const answered = await request(`/graphql?token=${token}`, { method, headers });
    expect(answered.headers.get('content-type')).not.toBe('text/event-stream; charset=utf-8');
    const stream = await request('/graphql', { headers });
    expect([stream.status, stream.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8']);
    expect((await request('/graphql', { headers })).status).toBe(409);
    await stream.body?.cancel();
  });
});
