import { getOrInsert } from '../../ontology/get-or-insert.ts';
import { digestOf, namedTag } from '../answer-text.ts';
import type { Route } from '../route.ts';
import { compressed, type Encoding, encodingOf } from '../use-compression.ts';

/** A text that does not change while the server runs. */
export interface Text {
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
}

function prepare({ text, headers }: Text) {
  const tag = `"${digestOf(text)}"`;
  const encoded = new Map<Encoding, Promise<Uint8Array<ArrayBuffer>>>();
  return {
    text,
    tag,
    /** The text in an encoding, which is made once. */
    bytesIn(encoding: Encoding): Promise<Uint8Array<ArrayBuffer>> {
      return getOrInsert(encoded, encoding, () => compressed(new TextEncoder().encode(text), encoding));
    },
    headers: {
      'cache-control': 'no-cache',
      // Weak, as it stands for the text in all encodings.
      etag: `W/${tag}`,
      vary: 'accept, accept-encoding',
      'x-content-type-options': 'nosniff',
      ...headers,
    },
  };
}

/** Serves a text that is made on the first request, compressed once, and sent only to clients without the current version. */
export function createDocument(load: () => Text | Promise<Text>): Route {
  let prepared: Promise<ReturnType<typeof prepare>> | undefined;
  return async (request) => {
    prepared ??= (async () => prepare(await load()))();
    const { text, tag, bytesIn, headers } = await prepared.catch((error: unknown) => {
      prepared = undefined;
      throw error;
    });
    if (namedTag(request.headers.get('if-none-match'), [tag]) !== undefined) return { status: 304, headers };
    const encoding = encodingOf(request.headers.get('accept-encoding'));
    return encoding
      ? { headers: { ...headers, 'content-encoding': encoding }, body: await bytesIn(encoding) }
      : { headers, body: text };
  };
}
