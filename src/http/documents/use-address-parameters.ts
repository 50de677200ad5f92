import type { Plugin } from 'graphql-yoga';
import { badRequest } from '../bad-request.ts';
import { errorResponse } from '../error-response.ts';
import { hasTooManyParameters, tooManyParameters } from '../route.ts';

/**
 * Refuses a request whose URL has too many parameters, or something else than JSON in `variables` or `extensions`. It is
 * registered before whatever decodes parameters.
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
