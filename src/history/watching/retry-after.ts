const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/**
 * Milliseconds that a `Retry-After` header asks to wait: its seconds, or the time until its date. `undefined` if it has
 * neither. Obsolete forms of dates are not read (https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3).
 *
 * @param now milliseconds since 1970
 */
export function waitAskedFor(retryAfter: string, now: number): number | undefined {
  const text = retryAfter.trim();
  if (/^\d{1,10}$/.test(text)) return Number(text) * 1_000;
  const date = HTTP_DATE.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
