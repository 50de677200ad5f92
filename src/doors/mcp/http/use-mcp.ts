import { GraphQLError } from 'graphql';
import type { Logger } from 'pino';
import { allowsOrigin } from '../../../server/access/allows-origin.ts';
import { viewerOf } from '../../../server/access/caller.ts';
import { askAs } from '../../../server/ask-as.ts';
import { badRequest } from '../../../server/bad-request.ts';
import { type JsonBodies, parseJsonBody } from '../../../server/documents/json-bodies.ts';
import { errorResponse } from '../../../server/error-response.ts';
import type { Forward } from '../../../server/forwarded-question.ts';
import { noteRefusal } from '../../../server/note-refusal.ts';
import type { RequestPlugin } from '../../../server/phases.ts';
import type { Carrier } from '../../../server/request-state.ts';
import { pathOf } from '../../../server/route.ts';
import type { McpFeatures } from '../server/mcp-features.ts';
import type { McpMessages } from './answer-message.ts';
import { listenAs } from './listen-as.ts';

export const mcpPath = '/mcp';

export interface McpOptions {
  readonly features: McpFeatures;
  readonly messages: McpMessages;
  readonly forward: Forward;
  readonly graphqlPath: string;
  readonly bodies: JsonBodies;
  /** Origins whose pages may use the server, beside that of the `Host`; `*` stands for any. */
  readonly pageOrigins: readonly string[];
  readonly log: Logger;
}

const EXAMPLE = '{"jsonrpc": "2.0", "id": 1, "method": "tools/list"}';

/**
 * Why a request of a page of another site is refused: with DNS rebinding such a page could use a server in the reader's own
 * network (Model Context Protocol 2025-11-25, "Transports", security warning). `Host` is checked before, for every path.
 */
function refuseOrigin({ headers, url }: Request, pageOrigins: readonly string[]): GraphQLError | undefined {
  const origin = headers.get('origin');
  if (allowsOrigin(origin, headers.get('host') ?? new URL(url).host, pageOrigins)) return undefined;
  return badRequest(
    `Pages of ${JSON.stringify(origin)} may not use this server. To allow them, add the origin to SILKGRAPH_CORS_ORIGINS.`,
    403,
    'FORBIDDEN',
  );
}

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** A body that is no single message: clients read errors of JSON-RPC alone (https://www.jsonrpc.org/specification#error_object). */
class NoMessage extends Error {
  readonly refusal: GraphQLError;
  readonly code: number;

  constructor(refusal: GraphQLError, text: string) {
    super(refusal.message);
    this.refusal = refusal;
    this.code = isJson(text) ? -32_600 : -32_700;
  }
}

/** @throws NoMessage */
function parseMessage(text: string): Readonly<Record<string, unknown>> {
  try {
    return parseJsonBody(text, EXAMPLE);
  } catch (error) {
    throw error instanceof GraphQLError ? new NoMessage(error, text) : error;
  }
}

/** Serves the Model Context Protocol. Its tools ask GraphQL as their caller, through all plugins. */
export function useMcp({
  features,
  messages,
  forward,
  graphqlPath,
  bodies,
  pageOrigins,
  log,
}: McpOptions): RequestPlugin {
  async function answer(request: Request, carrier: Carrier): Promise<Response> {
    const refusal = refuseOrigin(request, pageOrigins);
    if (refusal) throw refusal;
    if (request.method !== 'POST') {
      const message = `${mcpPath} takes messages of the Model Context Protocol by POST. It has no sessions.`;
      throw badRequest(message, 405, 'BAD_USER_INPUT', { allow: 'POST' });
    }
    const response = await messages.answer({
      request,
      features,
      body: parseMessage(await bodies.read(request)),
      caller: {
        viewer: viewerOf(request),
        ask: askAs(request, carrier, { forward, graphqlPath }),
        listen: listenAs(request, carrier, { forward, graphqlPath }),
      },
      report: (error) => {
        if (!request.signal.aborted) log.error({ err: error }, 'A message of the Model Context Protocol failed.');
      },
    });
    response.headers.set('cache-control', 'no-store');
    return response;
  }

  return {
    phase: 'route',
    onRequest({ request, serverContext, fetchAPI, endResponse }) {
      if (pathOf(request.url) !== mcpPath) return;
      return answer(request, serverContext as Carrier)
        .catch((error: unknown) => {
          if (error instanceof NoMessage) {
            noteRefusal(request, error.refusal);
            const { code, message } = error;
            return fetchAPI.Response.json({ jsonrpc: '2.0', id: null, error: { code, message } }, { status: 400 });
          }
          if (error instanceof GraphQLError) return errorResponse(error, request, fetchAPI);
          if (!request.signal.aborted) log.error({ err: error }, 'A message of the Model Context Protocol failed.');
          const failed = badRequest('Internal server error.', 500, 'INTERNAL_SERVER_ERROR');
          noteRefusal(request, failed);
          return errorResponse(failed, request, fetchAPI);
        })
        .then(endResponse);
    },
  };
}
