import type { RequestPlugin } from '../phases.ts';
import { json, pathOf, responseOf } from '../route.ts';
import type { TokenProviders } from './access.ts';

/** Where a client learns who gives tokens for this server (RFC 9728, section 3). */
export const resourceMetadataPath = '/.well-known/oauth-protected-resource';

/**
 * Says who gives tokens for this server, at an address of its own and in every response that asks for one (RFC 9728, sections 3.2
 * and 5.1). Clients of the Model Context Protocol find the login in this way.
 *
 * @param publicUrl address of the server, without a slash at the end; that of each request if absent
 */
export function useResourceMetadata({ issuers, audience }: TokenProviders, publicUrl?: string): RequestPlugin {
  const baseOf = ({ url }: Request) => publicUrl ?? new URL(url).origin;
  return {
    phase: 'identify',
    onRequest({ request, fetchAPI, endResponse }) {
      if (pathOf(request.url) !== resourceMetadataPath) return;
      const document = {
        // A client asks the provider for a token for this, and the server takes one for its audience alone.
        resource: URL.canParse(audience) ? audience : baseOf(request),
        authorization_servers: issuers,
        bearer_methods_supported: ['header'],
        resource_name: 'Silkgraph',
      };
      endResponse(responseOf(json(200, document, { 'cache-control': 'public, max-age=3600' }), fetchAPI));
    },
    onResponse({ request, response: { status, headers } }) {
      const challenge = headers.get('www-authenticate');
      if (status !== 401 || challenge === null) return;
      headers.set('www-authenticate', `${challenge}, resource_metadata="${baseOf(request)}${resourceMetadataPath}"`);
    },
  };
}
