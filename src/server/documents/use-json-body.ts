import type { Plugin } from 'graphql-yoga';
import { withIdInExtensions } from './document-id.ts';
import { type JsonBodies, parseJsonBody } from './json-bodies.ts';

/**
 * Accepts operations as JSON only. It has to precede the admission queue, so that a slow upload occupies no place that
 * others wait for.
 */
export function useJsonBody(bodies: JsonBodies): Plugin {
  return {
    onRequestParse({ request, setRequestParser }) {
      if (request.method !== 'POST') return undefined;
      return bodies.read(request).then((text) => {
        setRequestParser(() => {
          const body = withIdInExtensions(parseJsonBody(text, '{"query": "…", "variables": {…}}'));
          // Some clients send it for no name, as in the parameters of a URL.
          return body.operationName === '' ? { ...body, operationName: undefined } : body;
        });
      });
    },
  };
}
