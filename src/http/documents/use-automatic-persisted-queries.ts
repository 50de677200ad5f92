import { createHash } from 'node:crypto';
import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { LRUCache } from 'lru-cache';
import { limits } from '../../schema/limits.ts';
import { isObject } from './json-bodies.ts';

/** Maximum number of characters of all persisted documents. */
const KEPT_CHARACTERS = 1_500_000;

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

// Clients recognise these texts and codes.
const refused = (message: string, status: number, code: string) =>
  new GraphQLError(message, { extensions: { http: { status }, code } });

/** The hash that a request sends in place of a document, or with it. */
function hashIn(extensions: unknown): string | undefined {
  const sent = isObject(extensions) ? extensions.persistedQuery : undefined;
  return isObject(sent) && sent.version === 1 && typeof sent.sha256Hash === 'string' ? sent.sha256Hash : undefined;
}

/**
 * Lets clients send the SHA-256 of a document that was sent with its hash before. Written here, because the plugin of yoga
 * wants a version of `@graphql-tools/utils` that yoga itself does not use, so that npm complains.
 */
export function useAutomaticPersistedQueries(): Plugin {
  const texts = new LRUCache<string, string>({
    maxSize: KEPT_CHARACTERS,
    sizeCalculation: (text) => text.length + 100,
  });
  return {
    onParams({ params, setParams }) {
      const hash = hashIn(params.extensions);
      if (hash === undefined) return;
      const { query } = params;
      if (query === undefined || query === null) {
        const known = texts.get(hash);
        if (known === undefined) throw refused('PersistedQueryNotFound', 404, 'PERSISTED_QUERY_NOT_FOUND');
        setParams({ ...params, query: known });
      } else if (sha256(query) !== hash) {
        throw refused('PersistedQueryMismatch', 400, 'PERSISTED_QUERY_MISMATCH');
      } else if (query.length <= limits.characters) {
        // A text that would be refused anyway must not displace another.
        texts.set(hash, query);
      }
    },
  };
}
