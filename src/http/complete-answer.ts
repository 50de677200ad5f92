/** Whether a response is one complete JSON text, rather than a stream of parts. */
export const isComplete = (headers: Headers): boolean =>
  /^application\/(graphql-response\+)?json\b/.test(headers.get('content-type') ?? '');
