import { ErrorCode, McpError } from '@modelcontextprotocol/sdk/types.js';
import type { McpCaller, McpFeatures } from '../server/mcp-features.ts';

/** Resources that one session can watch at the same time. */
const MOST = 20;

/** The resources that the client of a session subscribed to. */
export interface WatchedResources {
  /** @throws McpError if there is no such resource, or if too many are watched */
  watch(uri: string, caller: McpCaller): Promise<void>;
  unwatch(uri: string): void;
  end(): void;
}

export interface WatchedResourcesOptions {
  readonly features: Pick<McpFeatures, 'changesOf' | 'readResource'>;
  /** Called whenever a watched resource has changed. */
  readonly changed: (uri: string) => Promise<void>;
  /** Called if a resource can be watched no longer. */
  readonly failed: (uri: string, error: unknown) => Promise<void>;
}

/** Follows the resources of one session. A resource whose changes end is not watched any longer. */
export function createWatchedResources({ features, changed, failed }: WatchedResourcesOptions): WatchedResources {
  const { changesOf, readResource } = features;
  const watched = new Map<string, AbortController>();

  async function follow(uri: string, changes: AsyncIterable<unknown>, ending: AbortController): Promise<void> {
    try {
      for await (const _ of changes) await changed(uri);
    } catch (error) {
      // A client that has gone hears nothing of it.
      if (!ending.signal.aborted) await failed(uri, error).catch(() => {});
    } finally {
      if (watched.get(uri) === ending) watched.delete(uri);
    }
  }

  return {
    async watch(uri, caller) {
      if (watched.has(uri)) return;
      if (watched.size >= MOST) {
        throw new McpError(
          ErrorCode.InvalidRequest,
          `A session watches up to ${MOST} resources. Unsubscribe from one of them.`,
        );
      }
      const ending = new AbortController();
      watched.set(uri, ending);
      try {
        await readResource(uri, caller);
        // Only then is the client told that it watches: it may change the entity at once.
        const changes = await changesOf(uri, caller, ending.signal);
        void follow(uri, changes, ending);
      } catch (error) {
        if (watched.get(uri) === ending) watched.delete(uri);
        throw error;
      }
    },
    unwatch(uri) {
      watched.get(uri)?.abort();
      watched.delete(uri);
    },
    end() {
      for (const ending of watched.values()) ending.abort();
      watched.clear();
    },
  };
}
