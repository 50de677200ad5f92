import { describe, expect, it } from 'vitest';
import { createTinyServer } from './tiny-server.ts';

const tiny = createTinyServer();

const get = (query: string, headers: Record<string, string> = {}) =>
  tiny.request(`/graphql?query=${encodeURIComponent(query)}`, { headers });

describe('an answer to GET', () => {
  it('is not sent again to who has it, compressed or not', async () => {
    for (const encoding of ['identity', 'br']) {
      const first = await get('{ items(first: 500) }', { 'accept-encoding': encoding });
      const tag = String(first.headers.get('etag'));
      expect(tag).toMatch(/^W\/"[\w-]{22}"$/);
      expect(first.headers.get('cache-control')).toBe('no-cache');
      const again = await get('{ items(first: 500) }', {
        'if-none-match': `"other", ${tag}`,
        'accept-encoding': encoding,
      });
      expect(again.status).toBe(304);
      expect(await again.text()).toBe('');
      expect(again.headers.get('etag')).toBe(tag);
      expect(again.headers.get('vary')).toBe(first.headers.get('vary'));
      expect([...again.headers.keys()]).not.toEqual(expect.arrayContaining(['content-length']));
    }
  });

  it('is sent where another is known', async () => {
    const other = (await get('{ hello }')).headers.get('etag');
    const response = await get('{ hello(name: "Ana") }', { 'if-none-match': String(other) });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ data: { hello: 'Hello Ana' } });
  });

  it('has no tag where it is a fault, or was asked for by POST', async () => {
    expect((await get('{ nothing }', { accept: 'application/graphql-response+json' })).headers.has('etag')).toBe(false);
    const post = await tiny.request('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'if-none-match': '*' },
      body: JSON.stringify({ query: '{ hello }' }),
    });
    expect(post.status).toBe(200);
    expect(post.headers.has('etag')).toBe(false);
  });
});
