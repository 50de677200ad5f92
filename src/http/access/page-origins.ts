/** Stands for any origin. */
const ANY_ORIGIN = '*';

/**
 * Whether a page may use the server on a visitor's behalf: one of the server itself or of the given origins. Clients other
 * than browsers send no origin.
 * @param host the `Host` of the request, which was checked before
 */
export function mayPagesOf(
  origin: string | null | undefined,
  host: string | undefined,
  origins: readonly string[],
): boolean {
  if (typeof origin !== 'string' || origins.includes(ANY_ORIGIN) || origins.includes(origin)) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}
