import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Route } from '../route.ts';

const compress = promisify(gzip);

/** A text that does not change while the server runs. */
export interface Text {
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
}

async function prepare({ text, headers }: Text) {
  const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
  return {
    text,
    compressed: new Uint8Array(await compress(text)),
    headers: {
      'cache-control': 'no-cache',
      etag,
      vary: 'accept, accept-encoding',
      'x-content-type-options': 'nosniff',
      ...headers,
    },
  };
}

/** Serves a text that is made on the first request, compressed once, and sent only to clients without the current version. */
export function createDocument(load: () => Text | Promise<Text>): Route {
  let prepared: ReturnType<typeof prepare> | undefined;
  return async (request) => {
    prepared ??= (async () => prepare(await load()))();
    const { text, compressed, headers } = await prepared.catch((error: unknown) => {
      prepared = undefined;
      throw error;
    });
    if (request.headers.get('if-none-match')?.includes(headers.etag)) return { status: 304, headers };
    return /\bgzip\b/.test(request.headers.get('accept-encoding') ?? '')
      ? { headers: { ...headers, 'content-encoding': 'gzip' }, body: compressed }
      : { headers, body: text };
  };
}
