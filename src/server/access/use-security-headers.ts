import type { RequestPlugin } from '../phases.ts';

/**
 * Security headers of every response: no sniffing of types, no frames, no scripts, no referrer. A page that needs more
 * permissions sets its own.
 */
export const securityHeaders: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
};

/** Adds the security headers that a response does not set itself. */
export function useSecurityHeaders(): RequestPlugin {
  return {
    phase: 'admit',
    onResponse({ response: { headers } }) {
      for (const [name, value] of Object.entries(securityHeaders)) if (!headers.has(name)) headers.set(name, value);
    },
  };
}
