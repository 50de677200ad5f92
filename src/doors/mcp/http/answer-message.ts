import { createMcpHandler, type ProtocolError, type ServerEventBus } from '@modelcontextprotocol/server';
import type { McpCaller, McpFeatures } from '../server/mcp-features.ts';
import { createMcpServer, type ReportError, safeError } from '../server/mcp-server.ts';
import { watchedBy, watchResources } from './watched-resources.ts';

/** One message of a client. */
export interface McpMessage {
  readonly request: Request;
  readonly body: Readonly<Record<string, unknown>>;
  readonly features: McpFeatures;
  readonly caller: McpCaller;
  readonly report: ReportError;
}

/** Answers messages of the Model Context Protocol. Nothing but a stream outlives its request, so any server can answer. */
export interface McpMessages {
  answer(message: McpMessage): Promise<Response>;
  /** Ends all streams. */
  end(): Promise<void>;
}

const refused = ({ code, message, data }: ProtocolError, { id = null }: McpMessage['body']): Response =>
  Response.json({ jsonrpc: '2.0', id, error: { code, message, ...(data === undefined ? {} : { data }) } });

/** Answers over Streamable HTTP (2026-07-28, "Transports"), and clients of 2025 message by message. */
export function createMcpMessages(): McpMessages {
  const streams = new Set<() => Promise<void>>();
  const noted = (bus: ServerEventBus, end: () => Promise<void>): ServerEventBus => ({
    ...bus,
    subscribe(listener) {
      streams.add(end);
      return bus.subscribe(listener);
    },
  });
  return {
    async answer({ request, body, features, caller, report }) {
      const watched = watchedBy(body);
      const ending = new AbortController();
      const signal = AbortSignal.any([ending.signal, request.signal]);
      const end = async () => {
        streams.delete(end);
        ending.abort();
        await handler.close();
      };
      const ended = (error?: unknown) => {
        // A caller that has gone, and one that may no longer see the changes, need no report.
        if (error !== undefined && !signal.aborted) safeError(error, report);
        void end();
      };
      let bus: ServerEventBus | undefined;
      try {
        if (watched.length > 0) bus = await watchResources(watched, features, caller, signal, ended);
      } catch (error) {
        ending.abort();
        return refused(safeError(error, report), body);
      }
      const handler = createMcpHandler((context) => createMcpServer(features, caller, report, context), {
        ...(bus ? { bus: noted(bus, end) } : {}),
      });
      const response = await handler.fetch(request, { parsedBody: body });
      // What nobody follows was refused.
      if (bus && !streams.has(end)) await end();
      return response;
    },
    async end() {
      await Promise.all([...streams].map((end) => end()));
    },
  };
}
