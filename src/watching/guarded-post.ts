import { type LookupAddress, lookup } from 'node:dns';
import { request as httpRequest, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { BlockList, isIP } from 'node:net';
import { waitAskedFor } from './retry-after.ts';

/**
 * Addresses of this machine and its network, and those that are not of the public internet. Two lists, as one of IPv6 would
 * take every address of IPv4 for one of those that stand for it.
 */
const inner = { ipv4: new BlockList(), ipv6: new BlockList() };
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  inner.ipv4.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of [
  ['::', 96],
  // Addresses that stand for one of IPv4.
  ['::ffff:0:0', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['2002::', 16],
  ['2001:db8::', 32],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const)
  inner.ipv6.addSubnet(network, prefix, 'ipv6');

/** Whether an IP address is not one of the public internet. */
export function isPrivate(address: string): boolean {
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  return inner[family].check(address, family);
}

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
    request.end(body);
  });
}
