import { ResourceNotFoundError } from '@modelcontextprotocol/server';
import { expect, it } from 'vitest';
import { createMcpMessages } from '../../../../src/doors/mcp/http/answer-message.ts';
import type { McpCaller } from '../../../../src/doors/mcp/server/mcp-features.ts';
import { mcpClient } from '../../../setup/mcp.ts';
import { conformanceFeatures } from '../../../setup/mcp-conformance.ts';

const caller: McpCaller = {
  viewer: { name: 'Ben', id: 'key:2', role: 'reader' },
  ask: async () => ({}),
  listen: async () => new ReadableStream(),
};

/** Resources whose changes a test makes: a change of a name, `end` or `fail`. */
function watchable() {
  const messages = createMcpMessages();
  const reports: unknown[] = [];
  const watched = new Map<string, (event: string) => void>();
  const features: typeof conformanceFeatures = {
    ...conformanceFeatures,
    async readResource(uri) {
      if (uri.endsWith('nowhere')) throw new ResourceNotFoundError(uri, `There is no resource ${uri}.`);
      return { contents: [] };
    },
    async changesOf(uri, _, signal) {
      const events = new TransformStream<string, string>();
      const writer = events.writable.getWriter();
      watched.set(uri, (event) => {
        if (event === 'end') void writer.close();
        else if (event === 'fail') void writer.abort(new Error('secret words of the database'));
        else void writer.write(event);
      });
      signal.addEventListener('abort', () => {
        watched.delete(uri);
        writer.close().catch(() => {});
      });
      return events.readable;
    },
  };
  return {
    messages,
    reports,
    watched,
    fetch: async (request: Request) =>
      request.method === 'POST'
        ? messages.answer({
            ...{ request, features, caller, body: (await request.clone().json()) as Record<string, unknown> },
            report: (error) => void reports.push(error),
          })
        : new Response(null, { status: 405 }),
  };
}

const [first, second] = ['test://first', 'test://second'];

it('a client is told of each resource that it watches, until it closes its stream', async () => {
  const server = watchable();
  const updated: string[] = [];
  const client = await mcpClient(server, {}, {}, (prepared) =>
    prepared.setNotificationHandler('notifications/resources/updated', ({ params }) => void updated.push(params.uri)),
  );
  const subscription = await client.listen({ resourceSubscriptions: [first, second, first] });
  expect([...server.watched.keys()]).toEqual([first, second]);
  server.watched.get(second)?.('change');
  await expect.poll(() => updated).toEqual([second]);
  server.watched.get(first)?.('change');
  await expect.poll(() => updated).toEqual([second, first]);
  await subscription.close();
  await expect.poll(() => server.watched.size).toBe(0);
});

it.each(['end', 'fail'])('a stream ends in good order once what it watches does: %s', async (event) => {
  const server = watchable();
  const client = await mcpClient(server);
  const subscription = await client.listen({ resourceSubscriptions: [first, second] });
  server.watched.get(first)?.(event);
  expect(await subscription.closed).toBe('graceful');
  expect(server.watched.size).toBe(0);
  expect(server.reports.map(String)).toEqual(event === 'fail' ? ['Error: secret words of the database'] : []);
});

it('all streams end with the server', async () => {
  const server = watchable();
  const client = await mcpClient(server);
  const subscription = await client.listen({ resourceSubscriptions: [first] });
  await server.messages.end();
  expect(await subscription.closed).toBe('graceful');
  expect(server.watched.size).toBe(0);
});

it('what cannot be watched is refused, and nothing stays watched', async () => {
  const server = watchable();
  const client = await mcpClient(server);
  const missing = client.listen({ resourceSubscriptions: [first, 'test://nowhere'] });
  await expect(missing).rejects.toThrow('There is no resource test://nowhere.');
  const many = Array.from({ length: 21 }, (_, index) => `test://${index}`);
  await expect(client.listen({ resourceSubscriptions: many })).rejects.toThrow('up to 20 resources');
  expect(server.watched.size).toBe(0);
});

it('a client of 2025, which knows no such stream, leaves nothing', async () => {
  const server = watchable();
  const params = { notifications: { resourceSubscriptions: [first] } };
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'subscriptions/listen', params });
  const headers = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
  const response = await server.fetch(new Request('http://silkgraph/mcp', { method: 'POST', headers, body }));
  expect(await response.text()).toContain('Method not found');
  expect(server.watched.size).toBe(0);
});
