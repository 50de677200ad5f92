import type { GraphQLParams } from 'graphql-yoga';
import { parseExactJson } from '../../ontology/exact-json.ts';
import { badRequest } from '../bad-request.ts';
import { errorResponse } from '../error-response.ts';
import type { RequestPlugin } from '../phases.ts';
import { hasTooManyParameters, tooManyParameters } from '../route.ts';
import { withIdInExtensions } from './document-id.ts';

type Variables = NonNullable<GraphQLParams['variables']>;

/**
 * Refuses a request whose URL has too many parameters, or anything but JSON objects in `variables` and `extensions`.
 */
export function useAddressParameters(): RequestPlugin {
  return {
    phase: 'identify',
    onRequest({ request, fetchAPI, endResponse }) {
      if (!hasTooManyParameters(request.url)) return;
      endResponse(errorResponse(badRequest(tooManyParameters), request, fetchAPI));
    },
    onRequestParse({ request, requestParser, setRequestParser }) {
      if (request.method !== 'GET' || requestParser === undefined) return;
      setRequestParser((toParse) => {
        const { searchParams } = new URL(toParse.url);
        const documentId = searchParams.get('documentId');
        let parsed: GraphQLParams;
        try {
          parsed = requestParser(toParse) as GraphQLParams;
          const variables = parsed.variables && searchParams.get('variables');
          if (variables) parsed = { ...parsed, variables: parseExactJson(variables) as Variables };
        } catch {
          throw badRequest('The parameters `variables` and `extensions` must be JSON objects.');
        }
        return documentId === null ? parsed : withIdInExtensions({ ...parsed, documentId });
      });
    },
  };
}
