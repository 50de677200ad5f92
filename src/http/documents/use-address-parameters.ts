import type { Plugin } from 'graphql-yoga';
import { badRequest } from '../bad-request.ts';
import { errorResponse } from '../error-response.ts';
import { hasTooManyParameters, tooManyParameters } from '../route.ts';

/**
 * Refuses a request whose URL has too many parameters, or anything but JSON objects in `variables` and `extensions`. It has
 * to precede the plugins that decode parameters.
 */
export function useAddressParameters(): Plugin {
  return {
    onRequest({ request, fetchAPI, endResponse }) {
      if (!hasTooManyParameters(request.url)) return;
      endResponse(errorResponse(badRequest(tooManyParameters), request, fetchAPI));
    },
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
