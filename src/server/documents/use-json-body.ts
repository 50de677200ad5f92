import type { RequestPlugin } from '../phases.ts';
import { withIdInExtensions } from './document-id.ts';
import { type JsonBodies, parseJsonBody } from './json-bodies.ts';

/** Accepts operations as JSON only. A slow upload occupies no place that others wait for. */
export function useJsonBody(bodies: JsonBodies): RequestPlugin {
  return {
    phase: 'receive',
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
