import { GraphQLError } from 'graphql';
import { isObject } from '../../graphql/internal-client/json.ts';
import { limits } from '../../graphql/limits.ts';
import { parseExactJson } from '../../ontology/exact-json.ts';
import { callerOf } from '../access/caller.ts';
import { badRequest } from '../bad-request.ts';
import { createQuotas, type QuotaScope, type Quotas } from '../limits/quotas.ts';

/** Size in bytes up to which a body is always read: each connection takes that much memory anyway. */
export const SMALL = 16_384;

/** Number of the largest bodies that may be incomplete at the same time, of all callers and of each. */
export const CAPACITY = 100;
export const CAPACITY_EACH = 10;

/** Maximum number of chunks of one body: each takes memory and time, however few bytes it has. */
const MOST_CHUNKS = 5_000;

/** Media types of bodies. Forms are for services that only read: a page may send them to another site unasked. */
export type BodyType = 'application/json' | 'application/x-www-form-urlencoded';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** @throws GraphQLError if the bytes are not UTF-8: a text with replacement characters would be stored as if it were meant */
function decoded(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw badRequest('The body is not valid UTF-8. Encode its text in UTF-8.');
  }
}

/** Reads bodies of requests. */
export interface JsonBodies {
  /**
   * The text of a body. The timeout for it is that of the listening server.
   * @throws GraphQLError if it is not of the type, by default plain JSON, in UTF-8, is too large, or exceeds the limits for incomplete bodies
   */
  read(request: Request, type?: BodyType): Promise<string>;
}

/** @throws GraphQLError if a body is not declared as of the type, in UTF-8 */
function checkType(headers: Headers, wanted: BodyType): void {
  const [type, ...parameters] = (headers.get('content-type') ?? '').split(';').map((part) => part.trim().toLowerCase());
  if (type !== wanted)
    throw badRequest(`Send the ${wanted === 'application/json' ? 'operation' : 'request'} as ${wanted}.`, 415);
  const charset = parameters.find((parameter) => parameter.startsWith('charset='))?.slice('charset='.length);
  if (charset !== undefined && !/^("?)utf-?8\1$/.test(charset)) {
    throw badRequest('Send the operation in UTF-8: no other encoding is supported.', 415);
  }
  const encoding = headers.get('content-encoding')?.trim().toLowerCase() ?? 'identity';
  if (encoding !== 'identity') throw badRequest('Send the body uncompressed, without `Content-Encoding`.', 415);
}

/**
 * Accepts bodies as JSON only, up to a maximum size in bytes, and within the limits for incomplete ones. A browser sends
 * JSON to another site only after a preflight request, so no page can act on a visitor's behalf.
 */
export function createJsonBodies(
  limit: number,
  /** Bytes of incomplete large bodies. */
  unfinished: Quotas = createQuotas({ each: CAPACITY_EACH * limit, all: CAPACITY * limit }),
): JsonBodies {
  const tooLarge = () =>
    badRequest(`The body is larger than ${limit} bytes. Request less at once.`, 413, 'LIMIT_EXCEEDED');

  const tooManyChunks = () =>
    badRequest(`The body has more than ${MOST_CHUNKS} chunks. Send it in larger ones.`, 413, 'LIMIT_EXCEEDED');

  const retryLater = { 'retry-after': '1' };
  const limitReached: Readonly<Record<QuotaScope, () => GraphQLError>> = {
    CALLER: () =>
      badRequest(
        'You are sending too many large bodies at once. Send them one at a time.',
        429,
        'RATE_LIMITED',
        retryLater,
      ),
    ALL: () =>
      badRequest(
        'The server is receiving too many large bodies. Try again in a moment.',
        503,
        'OVERLOADED',
        retryLater,
      ),
  };

  const brokenOff = () => badRequest('The request was aborted before its body was complete.');

  async function readCounted(body: AsyncIterable<Uint8Array>, caller: string | undefined): Promise<Uint8Array> {
    let refusal: GraphQLError | undefined;
    let chunks: Uint8Array[] = [];
    let size = 0;
    let counted = 0;
    let received = 0;
    /** Counts the bytes that have arrived since, or returns the reason to refuse them. */
    const refusalToHold = () => {
      const bound = unfinished.take(caller, size - counted);
      if (bound) return limitReached[bound]();
      counted = size;
      return undefined;
    };
    const giveBack = () => {
      unfinished.give(caller, counted);
      counted = 0;
    };
    try {
      for await (const chunk of body) {
        size += chunk.byteLength;
        received += 1;
        if (received > MOST_CHUNKS) {
          refusal = tooManyChunks();
          break;
        }
        if (size > limit) refusal = tooLarge();
        else if (size > SMALL) refusal ??= refusalToHold();
        // Leaving the loop cuts the connection; a client that sends only slightly too much should receive the error.
        if (size > 10 * limit) break;
        if (refusal) {
          chunks = [];
          giveBack();
        } else chunks.push(chunk);
      }
    } finally {
      giveBack();
    }
    if (refusal) throw refusal;
    return Buffer.concat(chunks);
  }

  return {
    async read(request, type = 'application/json') {
      checkType(request.headers, type);
      const length = request.headers.get('content-length');
      if (length !== null && Number(length) > limit) throw tooLarge();
      // Node.js enforces an announced length; a body that announces none, or a large one, is counted.
      const isSmall = length !== null && Number(length) <= SMALL;
      try {
        const isWhole = isSmall || !request.body;
        return decoded(
          isWhole ? new Uint8Array(await request.arrayBuffer()) : await readCounted(request.body, callerOf(request)),
        );
      } catch (error) {
        // Only its sender can abort a body.
        throw error instanceof GraphQLError ? error : brokenOff();
      }
    },
  };
}

const QUOTE = 34;
const BACKSLASH = 92;
/** `[` and `{`, and `]` and `}`, differ in one bit only. */
const OPEN = 0x5b;
const CLOSE = 0x5d;
const CASE = 0x20;

/** Whether lists and objects are nested too deep in a JSON text. Parsing it would take much longer than this check. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (isQuoted) {
      if (code === BACKSLASH) at += 1;
      else if (code === QUOTE) isQuoted = false;
    } else if (code === QUOTE) isQuoted = true;
    else if ((code & ~CASE) === OPEN) {
      depth += 1;
      if (depth > limits.bodyDepth) return true;
    } else if ((code & ~CASE) === CLOSE) depth -= 1;
  }
  return false;
}

/** Parses the text of a body. @throws GraphQLError if it is not a JSON object; the message contains an example */
export function parseJsonBody(text: string, example: string): Readonly<Record<string, unknown>> {
  if (text.length > limits.bodyDepth && isTooDeep(text)) {
    const message = `The body nests lists and objects more than ${limits.bodyDepth} deep. Simplify the request.`;
    throw badRequest(message, 400, 'LIMIT_EXCEEDED');
  }
  let body: unknown;
  try {
    body = parseExactJson(text);
  } catch {
    throw badRequest(`The body is not JSON. Send ${example}.`);
  }
  if (isObject(body)) return body;
  const several =
    Array.isArray(body) && body.length > 0 ? ' Batches are not supported: send each operation separately.' : '';
  throw badRequest(`The body must be one JSON object: ${example}.${several}`);
}
