import { type Carrier, stateOf } from './request-state.ts';

/** Headers that identify the caller, and are sent with every question. */
const forwardedHeaders = [
  'authorization',
  'x-api-key',
  'x-forwarded-for',
  'traceparent',
  'x-request-id',
  'silkgraph-bookmark',
];

/** Sends a request to GraphQL, as its client would. */
export type Forward = (request: Request, carrier: Carrier) => Promise<Response>;

/** The headers of these names. */
export const onlyHeaders = (names: readonly string[], headers: Headers): Record<string, string> =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = headers.get(name);
      return value === null ? [] : [[name, value]];
    }),
  );

export interface ForwardedQuestion {
  readonly body: object;
  readonly graphqlPath: string;
  readonly forward: Forward;
  /** Whether the document was made here, or from a trusted one. */
  readonly isTrusted: boolean;
  /** The media type of the answer; JSON unless it is a subscription. */
  readonly accept?: string;
  /** Ends the question; the signal of the other request unless the answer outlives it. */
  readonly signal?: AbortSignal;
}

/** Asks GraphQL in the name of another request: with its credentials, address and trace. */
export function forwardQuestion(
  request: Request,
  { req }: Carrier,
  { body, graphqlPath, forward, isTrusted, accept = 'application/json', signal = request.signal }: ForwardedQuestion,
): Promise<Response> {
  const asked = new Request(new URL(graphqlPath, request.url), {
    method: 'POST',
    headers: {
      ...onlyHeaders(forwardedHeaders, request.headers),
      'content-type': 'application/json',
      accept,
    },
    body: JSON.stringify(body),
    signal,
  });
  stateOf(asked).askedBy = request;
  if (isTrusted) stateOf(asked).isFromTrustedDocument = true;
  // Its answer does not leave over the response of the other request.
  return forward(asked, req ? { req } : {});
}
