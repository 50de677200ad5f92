import type { GraphQLParams, Plugin } from 'graphql-yoga';
import { badRequest } from './bad-request.ts';

const isObject = (value: unknown): value is GraphQLParams =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function readJson(text: string): GraphQLParams {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw badRequest('The body is not JSON. Send {"query": "…", "variables": {…}}.');
  }
  if (isObject(body)) return body;
  throw badRequest('The body must be one JSON object: {"query": "…", "variables": {…}}.');
}

/**
 * Takes operations as JSON and in no other form, up to a size in bytes.
 * A browser sends JSON to another site only after asking that site (preflight), so no page can act in a visitor's name.
 */
export function useJsonBody(limit: number): Plugin {
  const tooLarge = () =>
    badRequest(`The body is larger than ${limit} bytes. Ask for less at once.`, 413, 'LIMIT_EXCEEDED');

  async function readCounted(body: AsyncIterable<Uint8Array>): Promise<string> {
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of body) {
      size += chunk.byteLength;
      if (size <= limit) chunks.push(chunk);
      // Leaving the loop cuts the connection; who sends only somewhat too much should get to read why.
      else if (size > 10 * limit) break;
    }
    if (size > limit) throw tooLarge();
    return Buffer.concat(chunks).toString('utf8');
  }

  return {
    onRequestParse({ request, setRequestParser }) {
      if (request.method !== 'POST') return;
      const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
      if (type !== 'application/json') throw badRequest('Send the operation as application/json.', 415);
      const length = request.headers.get('content-length');
      if (length !== null && Number(length) > limit) throw tooLarge();
      setRequestParser(async (toParse) => {
        // Node.js itself holds a body to the length it announces; only one that announces none is counted.
        const counted = length === null && toParse.body !== null;
        return readJson(counted ? await readCounted(toParse.body) : await toParse.text());
      });
    },
  };
}
