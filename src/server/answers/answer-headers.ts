import { namedTag } from '../answer-text.ts';
import { encodingsOf } from '../use-compression.ts';
import { addVary } from '../vary.ts';

/** How a response was made: from the cache, anew, or anew because the cache could not be used for it. */
export type CacheOutcome = 'HIT' | 'MISS' | 'STALE-BYPASS';

/** Whether a request is to be executed anew. */
export const isAnew = ({ headers }: Request): boolean =>
  /\bno-(?:cache|store)\b/.test(headers.get('cache-control') ?? '');

export const outcomeHeader = 'silkgraph-cache';

/** The strong validator of a text in an encoding (https://www.rfc-editor.org/rfc/rfc9110#section-8.8.1). */
export const entityTag = (digest: string, type: string, encoding: string | null): string =>
  `"${[digest, type.startsWith('application/json') ? 'j' : 'g', ...(encoding === null ? [] : [encoding])].join('-')}"`;

/**
 * The tag in `If-None-Match` that stands for a text in an encoding that the client accepts; `undefined` if there is none. A
 * shared cache may also name tags of other encodings, which it has stored for other clients.
 */
export const knownTag = ({ headers }: Request, digest: string, type: string): string | undefined =>
  namedTag(headers.get('if-none-match'), [
    entityTag(digest, type, null),
    ...encodingsOf(headers.get('accept-encoding')).map((encoding) => entityTag(digest, type, encoding)),
  ]);

/** Request headers that change the response, or forbid to take it from a cache. */
const considered = [
  'accept',
  // A shared cache may serve what everybody may read to callers with a key, who may see more of the graph.
  'authorization',
  'x-api-key',
  'silkgraph-bookmark',
  'silkgraph-cost',
  'silkgraph-explain',
  'silkgraph-revision',
];

/**
 * Tells caches what they may do with a response to GET.
 * @param maxAge seconds for which a shared cache may serve it to everybody; 0 if it has to ask each time
 */
export function setCacheHeaders(headers: Headers, tag: string, maxAge: number): void {
  headers.set('etag', tag);
  headers.set('cache-control', maxAge > 0 ? `public, max-age=${maxAge}` : 'no-cache');
  // The server has checked just now that it is still valid (https://www.rfc-editor.org/rfc/rfc9111#section-5.1).
  headers.set('age', '0');
  for (const name of considered) addVary(headers, name);
}
