import { isIP } from 'node:net';

/** Whether a server accepts a host name, as in the `Host` of a request. */
export type IsOwnHost = (host: string) => boolean;

/** Stands for any name. */
export const ANY_HOST = '*';

/** The name in `name:port`, in lower case; an IPv6 address without its brackets. `undefined` if it is malformed. */
export function hostNameOf(host: string): string | undefined {
  const [, v6, name] = /^(?:\[([\da-f:.]+)\]|([^\s:/?#@[\]\\%]+?)\.?)(?::\d{0,5})?$/i.exec(host) ?? [];
  if (v6 !== undefined) return isIP(v6) === 6 ? v6.toLowerCase() : undefined;
  return name?.toLowerCase();
}

/**
 * The host names that a server accepts. Another site can let one of its names resolve to this server (DNS rebinding), and
 * its pages could then read responses as their own. The browser sends that name, so names that others can own are refused
 * unless they are configured. Names that nobody can own in the public DNS are always accepted: IP addresses, and names
 * without a dot, such as `localhost` or that of a container.
 */
export function ownHosts(configured: readonly string[]): IsOwnHost {
  if (configured.includes(ANY_HOST)) return () => true;
  const names = new Set(configured.map((name) => hostNameOf(name) ?? name));
  return (host) => {
    const name = hostNameOf(host);
    if (name === undefined) return false;
    return isIP(name) !== 0 || !name.includes('.') || name.endsWith('.localhost') || names.has(name);
  };
}
