import type { Plugin } from 'graphql-yoga';
import { type JsonBodies, parseJsonBody } from './json-bodies.ts';

/**
 * Takes operations as JSON and in no other form. It is to stand before what gives places out: who sends slowly then
 * holds nothing that others wait for.
 */
export function useJsonBody(bodies: JsonBodies): Plugin {
  return {
    onRequestParse({ request, setRequestParser }) {
      if (request.method !== 'POST') return undefined;
      return bodies.read(request).then((text) => {
        setRequestParser(() => parseJsonBody(text, '{"query": "…", "variables": {…}}'));
      });
    },
  };
}
