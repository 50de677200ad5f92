import { InvalidArgumentError } from 'commander';
import { seedIfEmpty } from '../../doors/data/import/seed.ts';
import { mcpPath } from '../../doors/mcp/http/use-mcp.ts';
import { bridgeStdio, type McpFetch } from '../../doors/mcp/stdio/stdio-bridge.ts';
import { createAuthenticator } from '../../engine/access/authenticator.ts';
import { createContexts } from '../../graphql/index.ts';
import { mcpFor } from '../../service/mcp-for.ts';
import { createServer } from '../../service/server.ts';
import { createLog } from './session/log.ts';
import { openGraph } from './session/open-graph.ts';
import { createScreen } from './session/screen.ts';
import type { Session } from './session/session.ts';

export interface McpFlags {
  readonly endpoint?: string;
}

/** The address of a server's agents, without a trailing slash. @throws InvalidArgumentError */
function readEndpoint(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
  throw new InvalidArgumentError(`Invalid --endpoint ${text}. Use an address such as http://127.0.0.1:4000/mcp.`);
}

/**
 * Serves agents on standard input and output until the input ends: with the graph itself, or with a server at an address.
 * Standard output carries the protocol, so everything for people goes to standard error.
 * @throws InvalidArgumentError, DatabaseError
 */
export async function serveMcp(session: Session, { endpoint }: McpFlags): Promise<void> {
  const { config, signal } = session;
  const bridge = (address: string, fetching: McpFetch) =>
    bridgeStdio({ address, fetch: fetching, key: config.key, input: process.stdin, output: process.stdout, signal });
  if (endpoint !== undefined) return bridge(readEndpoint(endpoint), (request) => fetch(request));

  const screen = createScreen(process.stderr);
  const silkgraph = await session.silkgraph();
  const opened = await openGraph({ ...session, screen });
  try {
    const { graph } = opened;
    if (silkgraph.seeds !== undefined) await seedIfEmpty(graph, silkgraph.seeds, { report: screen.progress });
    screen.finish();
    const server = createServer({
      schema: silkgraph.schema,
      context: createContexts(graph).of,
      access: { authenticator: createAuthenticator({ graph, tokens: config.tokens }), reading: config.reading },
      mcp: mcpFor(silkgraph, config.mcp === 'off' ? 'read' : config.mcp),
      timeout: config.timeout,
      concurrency: config.concurrency,
      costLimit: config.costLimit,
      answerLimit: config.answerLimit,
      log: createLog({ logLevel: config.logLevel ?? 'warn' }),
    });
    screen.say('Serving agents on standard input and output.');
    await bridge(`http://silkgraph.localhost${mcpPath}`, (request) => server.fetch(request));
  } finally {
    await opened.close();
  }
}
