import { describe, expect, it, vi } from 'vitest';
import { changedGraph, create } from '../../engine/changes/changed-graph.ts';
import { type LiveServer, liveServers } from '../../setup/live-server.ts';

const changed = changedGraph();
const start = liveServers('small data');

const CHANGES = 'subscription { changes { ... on EntityChange { slug } } }';

const followed = ({ feed }: LiveServer, count: number) =>
  vi.waitFor(() => expect(feed.followers).toBe(count), { timeout: 10_000, interval: 5 });

/** Connects as an `EventSource` does: by GET, and again with the last ID that it has received. */
async function connect({ graphql }: LiveServer, lastId?: string, query = CHANGES) {
  const leaving = new AbortController();
  const headers = { accept: 'text/event-stream', ...(lastId === undefined ? {} : { 'last-event-id': lastId }) };
  const response = await fetch(`${graphql}?query=${encodeURIComponent(query)}`, { headers, signal: leaving.signal });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return {
    leave: () => leaving.abort(),
    /** The next event, by its fields. */
    async next(): Promise<Readonly<Record<string, string>>> {
      for (;;) {
        const end = text.indexOf('\n\n');
        const event = text.slice(0, end);
        if (end >= 0) text = text.slice(end + 2);
        if (end >= 0 && event !== ':') {
          return Object.fromEntries(event.split('\n').map((line) => line.split(/: (.*)/s).slice(0, 2)));
        }
        if (end >= 0) continue;
        const { done, value } = (await reader?.read()) ?? { done: true };
        if (done) throw new Error(`The stream ended: ${text}`);
        text += value;
      }
    },
  };
}

describe('an event of a change', () => {
  it('has its cursor as ID, and a client that connects again with it misses and repeats none', async () => {
    const server = await start(changed.graph);
    const first = await connect(server);
    await followed(server, 1);
    await changed.change([create('Lab', 'lab-a')]);
    const event = await first.next();
    expect(event).toEqual({
      event: 'next',
      data: '{"data":{"changes":{"slug":"lab-a"}}}',
      id: expect.stringMatching(/^[\w-]+$/),
    });
    first.leave();
    await followed(server, 0);
    await changed.change([create('Lab', 'lab-b'), create('Lab', 'lab-c')]);
    // The address stays the same, so that an ID goes before the argument of the first connection.
    const beginning = `subscription { changes(after: ${JSON.stringify(event.id)}) { ... on EntityChange { slug } } }`;
    const second = await connect(server, event.id);
    const [third, fourth] = [await second.next(), await second.next()];
    expect([third.data, fourth.data].join()).toMatch(/lab-b.*lab-c/);
    const again = await connect(server, third.id, beginning);
    expect((await again.next()).data).toContain('lab-c');
    second.leave();
    again.leave();
    const refused = await connect(server, 'unknown');
    expect((await refused.next()).data).toContain('"code":"INVALID_CURSOR"');
  });

  it('has none in a stream of many operations, which has no such place', async () => {
    const { graphql, ...server } = await start(changed.graph);
    const token = await (await fetch(graphql, { method: 'PUT' })).text();
    const headers = { 'x-graphql-event-stream-token': token, accept: 'text/event-stream' };
    const stream = await fetch(graphql, { headers });
    const body = JSON.stringify({ query: CHANGES, extensions: { operationId: 'a' } });
    const asked = await fetch(graphql, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body,
    });
    expect(asked.status).toBe(202);
    await followed({ graphql, ...server }, 1);
    await changed.change([create('Lab', 'lab-d')]);
    let text = '';
    for await (const piece of stream.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += piece;
      if (text.includes('lab-d')) break;
    }
    expect(text).toMatch(/^:\n\nevent: next\ndata: \{"id":"a","payload":\{.*\}\}\n\n$/s);
  });
});
