/**
 * Whether a page of an origin may use the server on a visitor's behalf: a page of the server itself or of one of the given
 * origins, where `*` stands for any. Clients other than browsers send no origin.
 * @param host the `Host` of the request, which was checked before
 */
export function allowsOrigin(
  origin: string | null | undefined,
  host: string | undefined,
  origins: readonly string[],
): boolean {
  if (typeof origin !== 'string' || origins.includes('*') || origins.includes(origin)) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}
