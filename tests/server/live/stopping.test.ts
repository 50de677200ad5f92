import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createSocketClient } from 'graphql-ws';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { afterwards, startPaced } from '../connections/paced-server.ts';

interface Sink {
  next(result: unknown): void;
  error(error: unknown): void;
  complete(): void;
}

interface Client {
  subscribe(payload: { query: string }, sink: Sink): () => void;
  dispose(): void;
}

/** A client by transport, and what it is told before it tries again. */
const clients: Readonly<Record<string, (origin: string, again: () => void) => Client>> = {
  'a WebSocket': (origin, again) =>
    createSocketClient({
      url: `${origin.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      retryWait: async () => again(),
    }),
  'an event stream': (origin, again) => createSseClient({ url: `${origin}/graphql`, retry: async () => again() }),
  'an event stream of many operations': (origin, again) =>
    createSseClient({ url: `${origin}/graphql`, singleConnection: true, retry: async () => again() }),
};

/** What a subscription is told, in order. */
function subscribed(client: Client, told: string[] = []): string[] {
  client.subscribe(
    { query: 'subscription { ticks }' },
    { next: () => told.push('next'), error: () => told.push('error'), complete: () => told.push('complete') },
  );
  return told;
}

describe('a subscription of a server that stops', () => {
  it.each(Object.entries(clients))('over %s goes on elsewhere: it is not complete', async (_, connect) => {
    const server = await startPaced();
    const told: string[] = [];
    const client = connect(server.origin, () => told.push('again'));
    afterwards(() => client.dispose());
    subscribed(client, told);
    await expect.poll(() => told).toEqual(['next']);
    // If it waited for them, the test would end first.
    await server.close(60_000);
    await expect.poll(() => told[1]).toBe('again');
    expect(told).not.toContain('complete');
    expect(server.running.subscriptions).toBe(0);
  });
});

describe('a subscription of a server that starts', () => {
  it('over a WebSocket waits until the server is ready', async () => {
    let waitingFor: string | undefined = 'The graph is being prepared.';
    const readiness = { waitingFor: () => waitingFor, check: async () => undefined };
    const server = await startPaced({ readiness });
    const told: string[] = [];
    const client = createSocketClient({
      url: `${server.origin.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      retryWait: async () => {
        told.push('again');
        waitingFor = undefined;
      },
    });
    afterwards(() => client.dispose());
    subscribed(client, told);
    await expect.poll(() => told).toEqual(['again', 'next']);
  });
});

describe('a subscription beyond the maximum number of WebSockets', () => {
  it('waits until there is a place', async () => {
    const server = await startPaced({ callerLimits: { webSockets: { each: 1, all: 2 } } });
    const first = clients['a WebSocket']?.(server.origin, () => {});
    const toldFirst = subscribed(first as Client);
    await expect.poll(() => toldFirst).toEqual(['next']);
    const told: string[] = [];
    const second = clients['a WebSocket']?.(server.origin, () => {
      told.push('again');
      first?.dispose();
    }) as Client;
    afterwards(() => second.dispose());
    subscribed(second, told);
    await expect.poll(() => told.at(-1)).toBe('next');
    expect(told).not.toContain('error');
    expect(told).toContain('again');
  });
});
