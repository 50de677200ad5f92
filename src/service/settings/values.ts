import { ANY_HOST, hostNameOf } from '../../server/connections/host-names.ts';

/** Whether an address can be reached from this machine only. */
export const isLocal = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127(\.\d+){3}$/.test(host);

/** Whether a word is the origin of web pages, or stands for any; in a policy for frames, `*.` may begin its host. */
export const isFrameOrigin = (word: string): boolean =>
  word === '*' || (URL.canParse(word) && new URL(word).origin === word);

/** Whether a word is the origin of web pages, or stands for any. Origins are compared as they are: no part is a pattern. */
export const isOrigin = (word: string): boolean => isFrameOrigin(word) && !word.includes('//*');

/**
 * Whether a word is a host name without a port, or stands for any. Names are compared as clients send them: in ASCII, and no
 * part is a pattern.
 */
export const isHost = (word: string): boolean =>
  word === ANY_HOST || (/^(\[.*\]|[\w-]+(\.[\w-]+)*\.?)$/.test(word) && hostNameOf(word) !== undefined);

/** A web address or one for mail, in which `{page}` may stand, and nothing else in braces. */
export function reportAddress(text: string): string | undefined {
  const address = text.replaceAll('{page}', 'page');
  return /^(https?:\/\/|mailto:)[^\s{}]+$/.test(address) && URL.canParse(address) ? text : undefined;
}

/** A web address without a slash at its end; `undefined` if the text is none, or has a query or credentials. */
export function webAddress(text: string): string | undefined {
  const url = /^https?:\/\//.test(text) && URL.canParse(text) ? new URL(text) : undefined;
  if (url?.search !== '' || url.hash !== '' || url.username !== '' || url.password !== '') return undefined;
  return url.href.replace(/\/+$/, '');
}

/** `600/min` as a rate. */
export function rate(text: string): { readonly requests: number; readonly seconds: number } | undefined {
  const [, requests = '', unit = ''] = /^(\d{1,9})\/(s|min|h)$/.exec(text) ?? [];
  const seconds = { s: 1, min: 60, h: 3600 }[unit];
  return seconds !== undefined && Number(requests) > 0 ? { requests: Number(requests), seconds } : undefined;
}

const MOST_BYTES = 64 * 2 ** 30;

/** `64MB` as bytes, and `off` as none of them. */
export function cacheSize(text: string): number | 'off' | undefined {
  if (text === 'off') return text;
  const [, number = '', unit = ''] = /^(\d{1,5})(MB|GB)$/.exec(text) ?? [];
  const factor = { MB: 2 ** 20, GB: 2 ** 30 }[unit];
  const bytes = factor === undefined ? 0 : Number(number) * factor;
  return bytes > 0 && bytes <= MOST_BYTES ? bytes : undefined;
}

/** The address of a Redis or Valkey, which may end with the number of a database; `undefined` if the text is none. */
export function redisAddress(text: string): string | undefined {
  const url = /^rediss?:\/\//.test(text) && URL.canParse(text) ? new URL(text) : undefined;
  return url && url.hostname !== '' && /^(\/\d*)?$/.test(url.pathname) ? text : undefined;
}

/** A version of Neo4j that is run here; `undefined` if the text is none. */
export const neo4jVersion = (text: string): string | undefined =>
  /^(5\.26\.\d+|20\d\d\.\d\d\.\d+)$/.test(text) ? text : undefined;
