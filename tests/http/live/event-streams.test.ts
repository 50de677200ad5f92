import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createTinyServer } from '../tiny-server.ts';

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

describe('a stream of many operations', () => {
  it('is kept until what runs has ended and is told, when its server closes', async () => {
    const { server, contexts } = createTinyServer();
    const { origin, close } = await server.listen(0, '127.0.0.1');
    const graphql = `${origin}/graphql`;
    const token = await (await fetch(graphql, { method: 'PUT' })).text();
    const headers = { 'content-type': 'application/json', 'x-graphql-event-stream-token': token };
    const stream = await fetch(graphql, { headers });
    const query = '{ later(milliseconds: 2000) }';
    const asked = fetch(graphql, {
      method: 'POST',
      headers,
      body: JSON.stringify({ query, extensions: { operationId: 'a' } }),
    });
    await expect.poll(() => contexts.length).toBe(1);
    const begun = performance.now();
    await Promise.all([close(), asked]);
    expect(await stream.text()).toBe(
      ':\n\nevent: next\ndata: {"id":"a","payload":{"data":{"later":"at last"}}}\n\nevent: complete\ndata: {"id":"a"}\n\n',
    );
    expect(performance.now() - begun).toBeLessThan(5_000);
  });

  it('that has ended takes what comes too late without harm', async () => {
    const { server, contexts } = createTinyServer();
    const { origin, close } = await server.listen(0, '127.0.0.1');
    const graphql = `${origin}/graphql`;
    const token = await (await fetch(graphql, { method: 'PUT' })).text();
    const asked = fetch(graphql, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-graphql-event-stream-token': token },
      body: JSON.stringify({ query: '{ later(milliseconds: 500) }', extensions: { operationId: 'a' } }),
    }).catch(() => 'cut');
    await expect.poll(() => contexts.length).toBe(1);
    await close(50);
    expect(await asked).toBe('cut');
    // What is thrown where nobody catches it fails the run.
    await pause(700);
  });
});
