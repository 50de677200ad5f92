import { isIP, isIPv6, SocketAddress } from 'node:net';

/** An address without the port that some proxies append, and without the brackets around IPv6. */
function withoutPort(address: string): string {
  const { v4, v6 } = /^(?:(?<v4>[\d.]+):\d+|\[(?<v6>[^\]]*)\](?::\d+)?)$/.exec(address)?.groups ?? {};
  return v4 ?? v6 ?? address;
}

/** The part of an address that identifies one caller: of IPv6 the first half, as callers choose the second themselves. */
function ownPart(address: string): string {
  if (!isIPv6(address)) return address;
  // Of many spellings one: an address that stands for one of IPv4 then ends with it.
  const plain = new SocketAddress({ address: address.split('%')[0] ?? '', family: 'ipv6' }).address;
  if (plain.startsWith('::ffff:') && plain.includes('.')) return plain.slice('::ffff:'.length);
  const [head = '', tail] = plain.split('::');
  const before = head.split(':').filter(Boolean);
  const after = tail?.split(':').filter(Boolean) ?? [];
  const zeros = tail === undefined ? 0 : 8 - before.length - after.length;
  const groups = [...before, ...Array.from({ length: zeros }, () => '0'), ...after];
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}

/**
 * The address of the caller of a request. Each proxy appends the address of its client to `X-Forwarded-For`; entries
 * before those of the trusted proxies may be forged by the caller.
 *
 * @param proxies number of trusted proxies in front of the server
 */
export function callerAddress(socketAddress: string | undefined, forwardedFor: string | null, proxies: number): string {
  const forwarded = (forwardedFor ?? '')
    .split(',')
    .map((address) => withoutPort(address.trim()))
    .filter((address) => address !== '');
  const named = proxies > 0 ? forwarded.at(-Math.min(proxies, forwarded.length)) : undefined;
  // A malformed entry identifies no caller, and could be as long as a header.
  const found = named !== undefined && isIP(named) !== 0 ? named : socketAddress;
  return ownPart(found ?? 'unknown');
}
