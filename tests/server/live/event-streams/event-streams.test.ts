import { setTimeout as pause } from 'node:timers/promises';
import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createTinyServer } from '../../tiny-server.ts';

/** A schema whose fields answer when a test opens their gates. */
function gatedSchema() {
  const schema = buildSchema('type Query { first: String second: String }');
  const gates = new Map<string, () => void>();
  for (const [name, field] of Object.entries(schema.getQueryType()?.getFields() ?? {})) {
    field.resolve = () => new Promise((resolve) => gates.set(name, () => resolve(name)));
  }
  return { schema, gates };
}

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

describe('a stream that nobody opened', () => {
  it('is gone once its server closes', async () => {
    const { server, request } = createTinyServer();
    const { close } = await server.listen(0, '127.0.0.1');
    const token = await (await request('/graphql', { method: 'PUT' })).text();
    await close();
    expect((await request(`/graphql?token=${token}`)).status).toBe(404);
  });
});

describe('a stream of many operations', () => {
  it('gives an operation no result of one that was ended and had its name', async () => {
    const { schema, gates } = gatedSchema();
    const { request } = createTinyServer({ schema });
    const token = await (await request('/graphql', { method: 'PUT' })).text();
    const headers = { 'content-type': 'application/json', 'x-graphql-event-stream-token': token };
    const stream = await request('/graphql', { headers });
    const begin = async (name: string) => {
      const body = JSON.stringify({ query: `{ ${name} }`, extensions: { operationId: 'a' } });
      const asked = request('/graphql', { method: 'POST', headers, body });
      await expect.poll(() => gates.has(name)).toBe(true);
      return async () => {
        gates.get(name)?.();
        await asked;
      };
    };
    const endFirst = await begin('first');
    await request('/graphql?operationId=a', { method: 'DELETE', headers });
    const endSecond = await begin('second');
    await endFirst();
    await endSecond();
    let text = '';
    for await (const piece of stream.body ?? []) {
      text += Buffer.from(piece).toString();
      if (text.includes('event: complete')) break;
    }
    expect(text).toBe(
      ':\n\nevent: next\ndata: {"id":"a","payload":{"data":{"second":"second"}}}\n\nevent: complete\ndata: {"id":"a"}\n\n',
    );
  });

  it('is kept until what runs has ended and is told, when its server closes', async () => {
    const { server, contexts } = createTinyServer();
    const { origin, close } = await server.listen(0, '127.0.0.1');
    const graphql = `${origin}/graphql`;
    const token = await (await fetch(graphql, { method: 'PUT' })).text();
    const headers = { 'content-type': 'application/json', 'x-graphql-event-stream-token': token };
    const stream = await fetch(graphql, { headers });
    const query = '{ later(milliseconds: 600) }';
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
