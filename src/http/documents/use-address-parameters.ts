import type { Plugin } from 'graphql-yoga';
import { badRequest } from '../bad-request.ts';
import { errorResponse } from '../error-response.ts';

/** Maximum number of parameters in a URL; GraphQL over HTTP has four. Decoding a malformed one takes 20 µs. */
const MOST_PARAMETERS = 100;

const tooMany = () => badRequest(`The URL has more than ${MOST_PARAMETERS} parameters. Send the request as POST.`);

/**
 * Refuses a request whose URL has too many parameters, or something else than JSON in `variables` or `extensions`. It is
 * registered before whatever decodes parameters.
 */
export function useAddressParameters(): Plugin {
  return {
    onRequest({ request, fetchAPI, endResponse }) {
      if (request.url.split('&', MOST_PARAMETERS + 1).length > MOST_PARAMETERS) {
        endResponse(errorResponse(tooMany(), request, fetchAPI));
      }
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
