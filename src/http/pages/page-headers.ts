/**
 * What a page and its files say to browsers: all of it comes from here, nothing runs that stands in the page itself, and
 * no other page shows it.
 *
 * @param more of the Content-Security-Policy: what this page needs besides, or instead
 */
export function pageHeaders(more: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const policy = {
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': "'self'",
    'img-src': "'self' blob: data:",
    'font-src': "'self'",
    'connect-src': "'self'",
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': "'none'",
    ...more,
  };
  return {
    'content-security-policy': Object.entries(policy)
      .map((directive) => directive.join(' '))
      .join('; '),
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  };
}
