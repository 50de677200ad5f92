import { type LookupAddress, lookup } from 'node:dns';
import { request as httpRequest, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import { isPrivate } from './is-private.ts';
import { waitAskedFor } from './retry-after.ts';

/** The receiver did not take a delivery; the message says why. */
export class NotDelivered extends Error {
  override readonly name = 'NotDelivered';
  /** Status of the response; absent without one. */
  readonly status: number | undefined;
  /** Milliseconds that the receiver asks to wait; absent if it asks for none. */
  readonly retryAfter: number | undefined;

  constructor(message: string, status?: number, retryAfter?: number) {
    super(message);
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

const refusal = (host: string) =>
  new NotDelivered(`${host} is an address of a private network. Allow them with SILKGRAPH_WATCH_PRIVATE=on.`);

/** Looks a name up, and connects to what was looked at: a name that leads elsewhere a moment later gains nothing. */
const guardedLookup: NonNullable<RequestOptions['lookup']> = (host, options, callback) => {
  lookup(host, { ...options, all: true }, (error, found: LookupAddress[]) => {
    if (error) return callback(error, '', 0);
    const [first] = found;
    if (!first || found.some(({ address }) => isPrivate(address))) return callback(refusal(host), '', 0);
    if (options.all) return callback(null, found);
    return callback(null, first.address, first.family);
  });
};

export interface PostOptions {
  readonly headers: Readonly<Record<string, string>>;
  /** Whether addresses of private networks are allowed. */
  readonly allowPrivate: boolean;
  /** Milliseconds until the receiver must have answered. */
  readonly timeout: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Posts a text. Redirects are not followed: where they lead was not agreed to.
 * @throws NotDelivered unless the receiver answers with a status of success
 */
export function guardedPost(url: string, body: string, options: PostOptions): Promise<void> {
  const { headers, allowPrivate, timeout, signal } = options;
  const { protocol, hostname } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '');
  if (!allowPrivate && isIP(host) !== 0 && isPrivate(host)) return Promise.reject(refusal(host));
  const limit = AbortSignal.timeout(timeout);
  return new Promise((resolve, reject) => {
    const request = (protocol === 'https:' ? httpsRequest : httpRequest)(url, {
      method: 'POST',
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      agent: false,
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
      ...(allowPrivate ? {} : { lookup: guardedLookup }),
    });
    request.on('error', (error) => {
      if (error instanceof NotDelivered) reject(error);
      else if (limit.aborted) reject(new NotDelivered(`No answer within ${timeout / 1_000} s.`));
      else reject(new NotDelivered(error.message));
    });
    request.on('response', (response) => {
      const status = response.statusCode ?? 0;
      const retryAfter = response.headers['retry-after'] ?? '';
      // Nothing of the body is needed.
      response.destroy();
      if (status >= 200 && status < 300) resolve();
      else if (status >= 300 && status < 400)
        reject(new NotDelivered(`Status ${status}: redirects are not followed.`, status));
      else reject(new NotDelivered(`Status ${status}.`, status, waitAskedFor(retryAfter, Date.now())));
    });
    // As where the receiver answers with 101, which is no response to Node.js and no error.
    request.on('close', () => reject(new NotDelivered('The connection ended without an answer.')));
    request.end(body);
  });
}
