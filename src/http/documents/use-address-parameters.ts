import type { Plugin } from 'graphql-yoga';
import { badRequest } from '../bad-request.ts';

/** Tells a caller who put something else than JSON into `variables` or `extensions` of the address. */
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
