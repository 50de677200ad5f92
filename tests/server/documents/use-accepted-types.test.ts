import { describe, expect, it } from 'vitest';
import { startPaced } from '../connections/paced-server.ts';
import { createTinyServer } from '../tiny-server.ts';

const post = (query: string, accept: string): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', accept },
  body: JSON.stringify({ query }),
});

describe('a request whose client takes no form that results have', () => {
  it.each([
    ['text/html'],
    ['application/xml, image/*'],
    ['application/json;q=0'],
    ['application/json; charset=latin1'],
  ])('is refused before anything is executed: %s', async (accept) => {
    const { request, contexts } = createTinyServer();
    const response = await request('/graphql', post('{ hello }', accept));
    expect(response.status).toBe(406);
    expect(await response.json()).toEqual({
      errors: [
        { message: expect.stringContaining('Accept one of application/'), extensions: { code: 'BAD_USER_INPUT' } },
      ],
    });
    expect(contexts).toEqual([]);
  });

  it.each([
    ['', 'application/json'],
    ['*/*', 'application/json'],
    ['application/*;q=0.5', 'application/json'],
    ['text/html, application/JSON; charset=UTF-8', 'application/json'],
    ['application/graphql-response+json', 'application/graphql-response+json'],
    ['application/json;q=0.9, application/graphql-response+json', 'application/graphql-response+json'],
    ['application/graphql-response+json, application/json;q=0.9', 'application/graphql-response+json'],
    ['application/graphql-response+json;q=0.1, application/json', 'application/json'],
    ['application/json, application/graphql-response+json;q=0.1', 'application/json'],
    ['text/event-stream', 'text/event-stream'],
    ['multipart/mixed', 'multipart/mixed'],
  ])('is no request that accepts “%s”', async (accept, type) => {
    const { request } = createTinyServer();
    const response = await request('/graphql', post('{ hello }', accept));
    expect([response.status, response.headers.get('content-type')]).toEqual([200, expect.stringContaining(type)]);
    expect(await response.text()).toContain('Hello you');
  });
});

describe('a subscription over HTTP', () => {
  it('is refused before it runs if its client takes no events', async () => {
    const { origin, running, metrics } = await startPaced();
    const accepted = [
      'application/json',
      'application/graphql-response+json, application/json;q=0.9',
      'multipart/mixed',
    ];
    for (const accept of accepted) {
      const response = await fetch(`${origin}/graphql`, post('subscription { ticks }', accept));
      expect(response.status).toBe(406);
      const { errors } = (await response.json()) as { errors: { message: string }[] };
      expect(errors.map(({ message }) => message)).toEqual([expect.stringContaining('text/event-stream')]);
    }
    expect(running.subscriptions).toBe(0);
    expect(await metrics.text()).toMatch(/^silkgraph_subscriptions 0$/m);
  });
});
