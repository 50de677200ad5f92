import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ElicitRequestSchema, LoggingMessageNotificationSchema, McpError } from '@modelcontextprotocol/sdk/types.js';
import { afterEach, describe, expect, it } from 'vitest';
import type { McpFeatures } from '../../../../src/doors/mcp/server/mcp-features.ts';
import { createMcpSessions, type McpSessions } from '../../../../src/doors/mcp/sessions/mcp-sessions.ts';
import { anonymous, type Viewer } from '../../../../src/engine/access/viewer.ts';
import { QuestionFailed } from '../../../../src/graphql/internal-client/ask.ts';
import { createQuotas } from '../../../../src/server/limits/quotas.ts';
import { conformanceFeatures } from '../../../setup/mcp-conformance.ts';

const clients: Client[] = [];
const servers: McpSessions[] = [];
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
  await Promise.all(servers.splice(0).map((sessions) => sessions.end()));
});

interface Setting {
  readonly features?: Partial<McpFeatures>;
  readonly each?: number;
  readonly silence?: number;
  readonly patience?: number;
}

/** A subscription that stands at once. */
const changing =
  <Parameters extends unknown[], Event>(follow: (...parameters: Parameters) => AsyncGenerator<Event>) =>
  async (...parameters: Parameters) =>
    follow(...parameters);

/** Sessions of one server, with their places. */
function serve({ features = {}, each = 20, ...times }: Setting = {}) {
  const places = createQuotas({ each, all: 100 });
  const sessions = createMcpSessions({ places, ...times });
  servers.push(sessions);
  const send = async (request: Request, viewer: Viewer = anonymous) =>
    sessions.answer({
      request,
      features: { ...conformanceFeatures, ...features },
      ...(request.method === 'POST' ? { body: await request.json() } : {}),
      caller: { viewer, ask: async () => ({}), listen: changing<[], never>(async function* () {}) },
      payer: 'somebody',
      report: (error) => {
        throw error;
      },
    });
  return { places, sessions, send };
}

/** The published client. */
async function connect(send: (request: Request) => Promise<Response>, capabilities = {}) {
  const client = new Client({ name: 'test', version: '1' }, { capabilities });
  const transport = new StreamableHTTPClientTransport(new URL('http://silkgraph/mcp'), {
    fetch: (url, init) => send(new Request(url, init as RequestInit)),
  });
  clients.push(client);
  return {
    client,
    transport,
    begin: () => client.connect(transport as Parameters<Client['connect']>[0]),
  };
}

const message = (headers: Record<string, string>, method = 'tools/list', params = {}) =>
  new Request('http://silkgraph/mcp', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  });

const initialize = () =>
  message({}, 'initialize', {
    protocolVersion: '2025-11-25',
    capabilities: {},
    clientInfo: { name: 'test', version: '1' },
  });

const idOf = (response: Response) => response.headers.get('mcp-session-id') ?? '';

describe('a session', () => {
  it('sends messages of the log from the level on that the client asked for', async () => {
    const { send } = serve();
    const { client, begin } = await connect(send);
    await begin();
    const told: unknown[] = [];
    client.setNotificationHandler(LoggingMessageNotificationSchema, ({ params }) => void told.push(params.data));
    await client.callTool({ name: 'test_tool_with_logging', arguments: {} });
    expect(told).toHaveLength(3);
    await client.setLoggingLevel('error');
    await client.callTool({ name: 'test_tool_with_logging', arguments: {} });
    expect(told).toHaveLength(3);
  });

  it('tells a client that a resource has changed, until it unsubscribes', async () => {
    const changes: ((value: undefined) => void)[] = [];
    const ended: string[] = [];
    const { send } = serve({
      features: {
        changesOf: changing(async function* (uri, _, signal) {
          const gone = new Promise<'gone'>((resolve) => signal.addEventListener('abort', () => resolve('gone')));
          try {
            while ((await Promise.race([new Promise<undefined>((next) => changes.push(next)), gone])) !== 'gone')
              yield uri;
          } finally {
            ended.push(uri);
          }
        }),
      },
    });
    const { client, begin } = await connect(send);
    await begin();
    const told = new Promise((resolve) => {
      client.fallbackNotificationHandler = async ({ method, params }) => resolve([method, params?.uri]);
    });
    await client.subscribeResource({ uri: 'test://static-text' });
    changes.shift()?.(undefined);
    expect(await told).toEqual(['notifications/resources/updated', 'test://static-text']);
    await client.unsubscribeResource({ uri: 'test://static-text' });
    await expect.poll(() => ended).toEqual(['test://static-text']);
  });

  it('watches twenty resources, and no more', async () => {
    const { send } = serve({
      features: {
        changesOf: changing(async function* (_, __, signal) {
          await new Promise((resolve) => signal.addEventListener('abort', resolve));
        }),
      },
    });
    const { client, begin } = await connect(send);
    await begin();
    for (let at = 0; at < 20; at += 1) await client.subscribeResource({ uri: `test://${at}` });
    await expect(client.subscribeResource({ uri: 'test://20' })).rejects.toThrow('up to 20 resources');
    await client.unsubscribeResource({ uri: 'test://0' });
    await client.subscribeResource({ uri: 'test://20' });
  });

  it('tells a client why a resource is not watched any longer', async () => {
    const { send } = serve({
      features: {
        // biome-ignore lint/correctness/useYield: the changes end before there is one.
        changesOf: changing(async function* () {
          throw new QuestionFailed('FORBIDDEN', 'Your key was revoked.');
        }),
      },
    });
    const { client, begin } = await connect(send);
    await begin();
    const told = new Promise((resolve) => {
      client.setNotificationHandler(LoggingMessageNotificationSchema, ({ params }) => resolve(params));
    });
    await client.subscribeResource({ uri: 'test://static-text' });
    expect(await told).toEqual({
      level: 'warning',
      logger: 'conformance',
      data: { uri: 'test://static-text', message: expect.stringMatching(/not watched any longer.*was revoked/) },
    });
  });

  it('watches nothing that there is not', async () => {
    const { send } = serve({
      features: {
        readResource: async (uri) => {
          throw new McpError(-32_002, `There is no ${uri}.`);
        },
      },
    });
    const { client, begin } = await connect(send);
    await begin();
    await expect(client.subscribeResource({ uri: 'test://x' })).rejects.toThrow('There is no test://x.');
  });

  it('asks the user of a client that has forms', async () => {
    const { send } = serve();
    const { client, begin } = await connect(send, { elicitation: {} });
    client.setRequestHandler(ElicitRequestSchema, () => ({ action: 'decline' as const }));
    await begin();
    const { content } = await client.callTool({ name: 'test_elicitation', arguments: { message: 'Who?' } });
    expect(content).toMatchObject([{ text: expect.stringContaining('action=decline') }]);
  });

  it('runs sixteen tools at once, and no more', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { send } = serve({
      features: {
        callTool: async () => {
          await held;
          return { content: [] };
        },
      },
    });
    const { client, begin } = await connect(send);
    await begin();
    const call = () => client.callTool({ name: 'x', arguments: {} });
    const running = Array.from({ length: 16 }, call);
    await expect(call()).rejects.toThrow('up to 16 tools at once');
    release();
    await Promise.all(running);
    await call();
  });

  it('keeps the version that it began with', async () => {
    const { send } = serve();
    const first = await send(initialize());
    const headers = { 'mcp-session-id': idOf(first), 'mcp-protocol-version': '2025-03-26' };
    // Only a stream of the newer version opens with an event that it can be resumed from.
    expect(await (await send(message(headers))).text()).toMatch(/^id: \S+\nretry: 1000\ndata: \n\n/);
    expect((await send(message({ ...headers, 'mcp-protocol-version': '1999-01-01' }))).status).toBe(400);
  });

  it('resumes a stream that broke off, for its own client alone', async () => {
    const { send } = serve();
    const [first, other] = [idOf(await send(initialize())), idOf(await send(initialize()))];
    const text = await (await send(message({ 'mcp-session-id': first, 'mcp-protocol-version': '2025-11-25' }))).text();
    const [, event = ''] = /^id: (\S+)/.exec(text) ?? [];
    const resume = (session: string) =>
      send(
        new Request('http://silkgraph/mcp', {
          headers: { accept: 'text/event-stream', 'mcp-session-id': session, 'last-event-id': event },
        }),
      );
    const resumed = (await resume(first)).body?.getReader();
    await resumed?.read();
    expect(new TextDecoder().decode((await resumed?.read())?.value)).toContain('"tools"');
    await resumed?.cancel();
    expect((await resume(other)).status).toBe(400);
  });
});

describe('sessions', () => {
  it('belong to who began them', async () => {
    const ana: Viewer = { name: 'Ana', id: 'key:1', role: 'reader' };
    const { send } = serve();
    const headers = { 'mcp-session-id': idOf(await send(initialize(), ana)) };
    expect((await send(message(headers), ana)).status).toBe(200);
    for (const viewer of [anonymous, { ...ana, id: 'key:2' }]) {
      const refused = await send(message(headers), viewer);
      expect([refused.status, (await refused.json()).error.message]).toEqual([
        404,
        expect.stringMatching(/no such session/),
      ]);
    }
  });

  it('leave nothing once they end', async () => {
    let watching = 0;
    const { send, sessions, places } = serve({
      features: {
        changesOf: changing(async function* (_, __, signal) {
          watching += 1;
          await new Promise((resolve) => signal.addEventListener('abort', resolve));
          watching -= 1;
        }),
      },
    });
    const headers = { 'mcp-session-id': idOf(await send(initialize())) };
    await (await send(message(headers, 'resources/subscribe', { uri: 'test://static-text' }))).text();
    expect([sessions.count, places.used, watching]).toEqual([1, 1, 1]);
    expect((await send(new Request('http://silkgraph/mcp', { method: 'DELETE', headers }))).status).toBe(200);
    await expect.poll(() => [sessions.count, places.used, watching]).toEqual([0, 0, 0]);
    expect((await send(message(headers))).status).toBe(404);
  });

  it('do not begin with a message that is not valid', async () => {
    const { send, sessions, places } = serve();
    const request = initialize();
    await send(new Request(request, { headers: { 'content-type': 'application/json', accept: 'text/html' } }));
    expect([sessions.count, places.used]).toEqual([0, 0]);
  });

  it('are as many as a caller may have; more clients are answered without one', async () => {
    const { send, sessions } = serve({ each: 2 });
    const ids = [];
    for (let at = 0; at < 3; at += 1) {
      const response = await send(initialize());
      expect([response.status, await response.text()]).toEqual([200, expect.stringContaining('"serverInfo"')]);
      ids.push(idOf(response));
    }
    expect([sessions.count, ids.filter(Boolean).length]).toEqual([2, 2]);
    const { client, begin, transport } = await connect(send);
    await begin();
    expect((await client.listTools()).tools.length).toBeGreaterThan(10);
    expect(transport.sessionId).toBeUndefined();
  });

  it('end if their client has gone', async () => {
    const { send, sessions, places } = serve({ silence: 5, patience: 5 });
    await send(initialize());
    await expect.poll(() => [sessions.count, places.used]).toEqual([0, 0]);
  });

  it('last as long as their client answers', async () => {
    let pings = 0;
    const { send, sessions } = serve({ silence: 5 });
    const { client, begin } = await connect(async (request) => {
      const text = request.method === 'POST' ? await request.clone().text() : '';
      if (text.includes('"result":{}')) pings += 1;
      return send(request);
    });
    await begin();
    await expect.poll(() => pings).toBeGreaterThan(2);
    expect(sessions.count).toBe(1);
    expect((await client.listTools()).tools.length).toBeGreaterThan(10);
  });
});
