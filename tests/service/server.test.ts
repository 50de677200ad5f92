import { describe, expect, it } from 'vitest';
import { createTinyServer } from '../server/tiny-server.ts';

const post = (body: BodyInit, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', accept: 'application/json', 'x-request-id': 'same', ...headers },
  body,
});

const hello = JSON.stringify({
  query: 'query ($name: String) { hello(name: $name) }',
  variables: { name: 'Žofie 李' },
});

const shown = async (response: Response) => ({
  status: response.status,
  headers: Object.fromEntries(response.headers),
  body: await response.text(),
});

describe('a call by an address', () => {
  const { server, contexts } = createTinyServer({ bodyLimit: 1_000 });
  const address = (path: string) => `http://silkgraph${path}`;

  it.each<[string, string, RequestInit | undefined, number]>([
    ['an operation', '/graphql', post(hello), 200],
    ['an operation in bytes', '/graphql', post(new TextEncoder().encode(hello)), 200],
    ['an operation in the address', '/graphql?query={hello}', { headers: { 'x-request-id': 'same' } }, 200],
    ['a page', '/graphql', { headers: { accept: 'text/html', 'x-request-id': 'same' } }, 200],
    ['a body of another form', '/graphql', post('hello', { 'content-type': 'text/plain' }), 415],
    ['a body that is no JSON', '/graphql', post('{'), 400],
    ['a body that is too large', '/graphql', post(JSON.stringify({ query: `{hello}${' '.repeat(1_000)}` })), 413],
    ['another path', '/nothing', { headers: { 'x-request-id': 'same' } }, 404],
  ])('is answered as the same request: %s', async (_, path, init, status) => {
    const asRequest = await shown(await server.fetch(new Request(address(path), init)));
    const asCall = await shown(await server.fetch(address(path), init));
    expect(asCall).toEqual(asRequest);
    expect(asCall.status).toBe(status);
  });

  it('needs no more than the address', async () => {
    expect((await server.fetch(address('/health'))).status).toBe(200);
  });

  it('ends when its signal does', async () => {
    const caller = new AbortController();
    const before = contexts.length;
    const asked = server.fetch(address('/graphql?query={wait}'), { signal: caller.signal });
    await expect.poll(() => contexts.length).toBe(before + 1);
    caller.abort();
    await expect(asked).rejects.toThrow('aborted');
    expect(contexts[before]?.signal?.aborted).toBe(true);
  });
});
