import { ProtocolError, ProtocolErrorCode, type ServerEventBus } from '@modelcontextprotocol/server';
import type { McpCaller, McpFeatures } from '../server/mcp-features.ts';

/** Resources that one request can watch. */
const MOST = 20;

/** The resources that a message wants to watch (2026-07-28, "Subscriptions"); none if it is another message. */
export function watchedBy(body: unknown): readonly string[] {
  const { method, params } = Object(body);
  const uris: unknown = method === 'subscriptions/listen' ? params?.notifications?.resourceSubscriptions : undefined;
  return Array.isArray(uris) ? [...new Set(uris.filter((uri) => typeof uri === 'string'))] : [];
}

/**
 * The changes of resources as the caller may see them, as events for its stream. No change is missed from when this resolves.
 * `ended` is called once one of them can be watched no longer.
 * @throws ProtocolError if there is no such resource, or if there are too many
 */
export async function watchResources(
  uris: readonly string[],
  { readResource, changesOf }: Pick<McpFeatures, 'changesOf' | 'readResource'>,
  caller: McpCaller,
  signal: AbortSignal,
  ended: (error?: unknown) => void,
): Promise<ServerEventBus> {
  if (uris.length > MOST) {
    const message = `One request watches up to ${MOST} resources. Send another for the others.`;
    throw new ProtocolError(ProtocolErrorCode.InvalidParams, message);
  }
  const changes = await Promise.all(
    uris.map(async (uri) => {
      await readResource(uri, caller);
      return { uri, events: await changesOf(uri, caller, signal) };
    }),
  );
  return {
    publish() {},
    subscribe(listener) {
      for (const { uri, events } of changes) {
        const follow = async () => {
          for await (const _ of events) listener({ kind: 'resource_updated', uri });
        };
        follow().then(() => ended(), ended);
      }
      return () => ended();
    },
  };
}
