/** Whether an answer comes as a whole, as one JSON text, rather than piece by piece. */
export const isComplete = (headers: Headers): boolean =>
  /^application\/(graphql-response\+)?json\b/.test(headers.get('content-type') ?? '');
