import { isIP } from 'node:net';

/** Tells whether a server is called by a name, as the `Host` of a request has it. */
export type IsOwnHost = (host: string) => boolean;

/** Stands for every name. */
export const ANY_HOST = '*';

/** The name in `name:port`, in small letters; an IPv6 address without its brackets. Nothing where it is not well-formed. */
export function hostNameOf(host: string): string | undefined {
  const [, v6, name] = /^(?:\[([\da-f:.]+)\]|([^\s:/?#@[\]\\%]+?)\.?)(?::\d{0,5})?$/i.exec(host) ?? [];
  if (v6 !== undefined) return isIP(v6) === 6 ? v6.toLowerCase() : undefined;
  return name?.toLowerCase();
}

/**
 * Which hosts a server answers to. A page of another site can have a name of that site lead to this server (DNS
 * rebinding), and would then read it as its own: the browser sends that name, so names that others can own are refused
 * unless they are configured. Always accepted is what nobody can own in the public DNS: IP addresses, and names without a
 * dot, such as `localhost` or that of a container.
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
