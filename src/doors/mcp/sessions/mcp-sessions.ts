import { randomUUID } from 'node:crypto';
import type { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';
import {
  EmptyResultSchema,
  ErrorCode,
  type InitializeRequest,
  isInitializeRequest,
  LATEST_PROTOCOL_VERSION,
  type LoggingLevel,
  LoggingLevelSchema,
  McpError,
  SetLevelRequestSchema,
  SUPPORTED_PROTOCOL_VERSIONS,
  SubscribeRequestSchema,
  UnsubscribeRequestSchema,
} from '@modelcontextprotocol/sdk/types.js';
import type { Viewer } from '../../../engine/access/viewer.ts';
import { times } from '../../../engine/budgets/time-budget.ts';
import { answerMessage } from '../server/answer-message.ts';
import type { Conversation, McpCaller, McpFeatures } from '../server/mcp-features.ts';
import { type Call, createMcpServer, type ReportError, safeError } from '../server/mcp-server.ts';
import { createEventMemory } from './event-memory.ts';
import { createWatchedResources } from './watched-resources.ts';

/** Messages of one session that are answered at the same time. */
const AT_ONCE = 16;
/** After how many milliseconds a client resumes a stream that was closed. */
const RETRY = 1_000;

/** Limits the sessions of a caller, and of all. */
export interface SessionPlaces {
  /** @returns a reason why there is none; `undefined` if it was taken */
  take(caller: string | undefined): unknown;
  give(caller: string | undefined): void;
}

export interface McpSessionsOptions {
  readonly places: SessionPlaces;
  /** See `times.silentAgent.ms`. */
  readonly silence?: number;
  /** See `times.agentAnswer.ms`. */
  readonly patience?: number;
}

/** One message, or one request for a stream. */
export interface McpMessage {
  readonly request: Request;
  /** What its caller is offered. A session keeps what it began with. */
  readonly features: McpFeatures;
  /** The message; absent for GET and DELETE. */
  readonly body?: unknown;
  readonly caller: McpCaller;
  /** Whose limits apply. */
  readonly payer: string | undefined;
  readonly report: ReportError;
}

interface FirstMessage extends McpMessage {
  readonly body: InitializeRequest;
}

/** Sessions of the Model Context Protocol: without one, the server can only answer. */
export interface McpSessions {
  answer(message: McpMessage): Promise<Response>;
  readonly count: number;
  end(): Promise<void>;
}

interface Session {
  readonly server: Server;
  readonly transport: Transport;
  /** Only who began a session can use it. */
  readonly owner: string;
  readonly version: string;
  readonly timer: NodeJS.Timeout;
  running: number;
}

const ownerOf = ({ role, id, name }: Viewer): string => `${role} ${id ?? name}`;

const refused = (status: number, code: number, message: string): Response =>
  Response.json({ jsonrpc: '2.0', error: { code, message }, id: null }, { status });

/**
 * Gives each client that initialises a session of its own, by the Streamable HTTP transport (Model Context Protocol
 * 2025-11-25, "Session Management"). A client for which there is no place, or that sends no `Mcp-Session-Id`, is answered
 * all the same: message by message, without log messages, progress, subscriptions and questions to its user.
 */
export function createMcpSessions({
  places,
  silence = times.silentAgent.ms,
  patience = times.agentAnswer.ms,
}: McpSessionsOptions): McpSessions {
  const sessions = new Map<string, Session>();
  const memory = createEventMemory();

  async function begin(first: FirstMessage): Promise<Response> {
    const { features, payer } = first;
    const id = randomUUID();
    const events = memory.of(id);
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: () => id,
      eventStore: events,
      retryInterval: RETRY,
      onsessioninitialized: () => void sessions.set(id, session),
    });
    let level: LoggingLevel = 'info';
    const isWanted = (of: LoggingLevel) =>
      LoggingLevelSchema.options.indexOf(of) >= LoggingLevelSchema.options.indexOf(level);
    const logMessage = (of: LoggingLevel, data: unknown) => ({
      method: 'notifications/message' as const,
      params: { level: of, logger: features.name, data },
    });
    const conversationOf = (call: Call): Conversation => ({
      call,
      hasForms: server.getClientCapabilities()?.elicitation?.form !== undefined,
      log: async (of, data) => {
        if (isWanted(of)) await call.sendNotification(logMessage(of, data));
      },
    });
    const bounded: McpFeatures = {
      ...features,
      async callTool(...given) {
        if (session.running >= AT_ONCE) {
          throw new McpError(
            ErrorCode.InvalidRequest,
            `A session runs up to ${AT_ONCE} tools at once. Wait for one of them.`,
          );
        }
        session.running += 1;
        try {
          return await features.callTool(...given);
        } finally {
          session.running -= 1;
        }
      },
    };
    const server = createMcpServer({
      features: bounded,
      report: (error, call) => messageOf(call).report(error),
      callerOf: (call) => messageOf(call).caller,
      capabilities: { logging: {}, resources: { subscribe: true } },
      conversationOf,
    });
    const watched = createWatchedResources({
      features,
      changed: (uri) => server.sendResourceUpdated({ uri }),
      failed: async (uri, error) => {
        if (!isWanted('warning')) return;
        const { message } = safeError(error, first.report);
        const data = { uri, message: `The resource is not watched any longer. ${message}` };
        await server.notification(logMessage('warning', data));
      },
    });
    server.setRequestHandler(SetLevelRequestSchema, ({ params }) => {
      level = params.level;
      return {};
    });
    server.setRequestHandler(SubscribeRequestSchema, async ({ params }, call) => {
      const { caller, report } = messageOf(call);
      try {
        await watched.watch(params.uri, caller);
      } catch (error) {
        throw safeError(error, report);
      }
      return {};
    });
    server.setRequestHandler(UnsubscribeRequestSchema, ({ params }) => {
      watched.unwatch(params.uri);
      return {};
    });
    const askWhetherThere = () => {
      server.request({ method: 'ping' }, EmptyResultSchema, { timeout: patience }).then(
        () => void (sessions.has(id) && session.timer.refresh()),
        () => void server.close(),
      );
    };
    const session: Session = {
      server,
      transport,
      owner: ownerOf(first.caller.viewer),
      version: versionFor(first.body.params.protocolVersion),
      timer: setTimeout(askWhetherThere, silence).unref(),
      running: 0,
    };
    server.onclose = () => {
      clearTimeout(session.timer);
      watched.end();
      events.forget();
      sessions.delete(id);
      places.give(payer);
    };
    try {
      await server.connect(transport);
      return await pass(transport, first);
    } finally {
      // What was no valid message, or failed, begins no session.
      if (!sessions.has(id)) await server.close();
    }
  }

  return {
    async answer(message) {
      const { request, features, body, caller, payer, report } = message;
      const id = request.headers.get('mcp-session-id');
      if (id === null) {
        if (isInitializeRequest(body) && places.take(payer) === undefined) return begin({ ...message, body });
        return answerMessage(request, body, features, caller, report);
      }
      const session = sessions.get(id);
      if (!session || session.owner !== ownerOf(caller.viewer)) {
        return refused(
          404,
          -32_001,
          'There is no such session any longer. Send `initialize` without `Mcp-Session-Id`.',
        );
      }
      session.timer.refresh();
      const response = await pass(session.transport, { ...message, request: inVersion(session.version, request) });
      return request.method === 'GET' && response.ok ? openedAtOnce(response) : response;
    },
    get count() {
      return sessions.size;
    },
    async end() {
      await Promise.all([...sessions.values()].map(({ server }) => server.close()));
    },
  };
}

type Transport = WebStandardStreamableHTTPServerTransport;

/** Hands a message to a session. It goes along with the message, since each has a caller with a deadline of its own. */
const pass = (transport: Transport, message: McpMessage): Promise<Response> =>
  transport.handleRequest(message.request, {
    parsedBody: message.body,
    authInfo: { token: '', clientId: '', scopes: [], extra: { message } },
  });

/** A stream that begins with an empty comment: what has no first byte is not sent, and the client waits for its status. */
function openedAtOnce({ body, headers }: Response): Response {
  const start = (controller: TransformStreamDefaultController<Uint8Array>) =>
    controller.enqueue(new TextEncoder().encode(':\n\n'));
  return new Response(body?.pipeThrough(new TransformStream<Uint8Array, Uint8Array>({ start })) ?? null, { headers });
}

const VERSION_HEADER = 'mcp-protocol-version';

/** The version that a session agrees on at its start. */
const versionFor = (asked: string): string =>
  SUPPORTED_PROTOCOL_VERSIONS.includes(asked) ? asked : LATEST_PROTOCOL_VERSION;

/** A request of a session in the version of the session: a later message cannot change it. */
function inVersion(version: string, request: Request): Request {
  const named = request.headers.get(VERSION_HEADER);
  if (named === null || named === version || !SUPPORTED_PROTOCOL_VERSIONS.includes(named)) return request;
  const headers = new Headers(request.headers);
  headers.set(VERSION_HEADER, version);
  return new Request(request.url, { method: request.method, headers });
}

/** The message that `pass` handed over. */
const messageOf = ({ authInfo }: Call): McpMessage => authInfo?.extra?.message as McpMessage;
