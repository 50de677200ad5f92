/** The response of a route, before it becomes a `Response`. */
export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
}

/** Handles GET and HEAD on one path. */
export type Route = (request: Request) => Answer | Promise<Answer>;

/** A response in JSON. */
export const json = (status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  body: `${JSON.stringify(value)}\n`,
});

/** An answer as the response to a request. */
export const responseOf = (
  { status = 200, headers = {}, body }: Answer,
  { Response }: Pick<typeof globalThis, 'Response'>,
) => new Response(body ?? null, { status, headers: { ...headers } });

/** Whether a browser requests a page. */
export const wantsPage = (request: Request): boolean =>
  (request.method === 'GET' || request.method === 'HEAD') && !!request.headers.get('accept')?.includes('text/html');

/** The path of a URL, without a trailing slash. Cheaper than parsing the URL, and never throws. */
export function pathOf(address: string): string {
  const start = address.indexOf('/', address.indexOf('://') + 3);
  if (start === -1) return '/';
  const end = address.slice(start).search(/[?#]/);
  const path = end === -1 ? address.slice(start) : address.slice(start, start + end);
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}

/** A part of a path as people write it; one that cannot be decoded as it is. */
export function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/**
 * The way from an address to that of the server, such as `../` from `/entity/china`: pages name their files relative to
 * themselves, so that a proxy may serve them below a path.
 */
export const wayToRoot = (address: string): string => '../'.repeat(new URL(address).pathname.split('/').length - 2);

/** Maximum number of parameters in a URL; GraphQL over HTTP has four. Decoding a malformed one takes 20 µs. */
const MOST_PARAMETERS = 100;

/** Whether a URL has too many parameters to be decoded. */
export const hasTooManyParameters = (address: string): boolean =>
  address.split('&', MOST_PARAMETERS + 1).length > MOST_PARAMETERS;

/** The message for such a URL. */
export const tooManyParameters = `A URL may have up to ${MOST_PARAMETERS} parameters. Send values in the body of the request.`;
