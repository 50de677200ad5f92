import { isIP, isIPv6 } from 'node:net';

/** An address as some proxies write it: with the port behind it, an IPv6 in brackets. */
function withoutPort(address: string): string {
  const { v4, v6 } = /^(?:(?<v4>[\d.]+):\d+|\[(?<v6>[^\]]*)\](?::\d+)?)$/.exec(address)?.groups ?? {};
  return v4 ?? v6 ?? address;
}

/** The part of an address that one caller is likely to hold alone: of IPv6 the first half, whose other half a caller chooses. */
function ownPart(address: string): string {
  const plain = address.startsWith('::ffff:') && address.includes('.') ? address.slice('::ffff:'.length) : address;
  if (!isIPv6(plain)) return plain;
  const [head = '', tail] = plain.split('%')[0]?.split('::') ?? [];
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
 * Whom a request comes from, as an address. Each proxy adds the address of whom it was asked by to `X-Forwarded-For`, at
 * its end; what stands before those that trusted proxies wrote is the caller’s own to invent.
 *
 * @param proxies how many proxies of one’s own stand before the server
 */
export function callerAddress(socketAddress: string | undefined, forwardedFor: string | null, proxies: number): string {
  const forwarded = (forwardedFor ?? '')
    .split(',')
    .map((address) => withoutPort(address.trim()))
    .filter((address) => address !== '');
  const named = proxies > 0 ? forwarded.at(-Math.min(proxies, forwarded.length)) : undefined;
  // What is no address tells nobody apart, and could be as long as a header.
  const found = named !== undefined && isIP(named) !== 0 ? named : socketAddress;
  return ownPart(found ?? 'unknown');
}
