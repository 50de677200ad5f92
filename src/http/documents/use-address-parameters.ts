import type { Plugin } from 'graphql-yoga';
import { badRequest } from '../bad-request.ts';

/** Refuses a request whose URL contains something else than JSON in `variables` or `extensions`. */
export function useAddressParameters(): Plugin {
  return {
    onRequestParse({ request, requestParser, setRequestParser }) {
      if (request.method !== 'GET' || requestParser === undefined) return;
      setRequestParser((toParse) => {
        try {
          return requestParser(toParse);
        } catch {
          throw badRequest('The parameters `variables` and `extensions` must be JSON objects.');
        }
      });
    },
  };
}
