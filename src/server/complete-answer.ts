const complete =
  /^(application\/((graphql-response|ld)\+)?json|application\/n-triples|application\/xml|text\/turtle|text\/html)\b/;

/** Whether a response is one complete text, rather than a stream of parts or the compressed file of a page. */
export const isComplete = (headers: Headers): boolean => {
  const type = headers.get('content-type') ?? '';
  return complete.test(type) && !(type.startsWith('text/html') && headers.has('content-encoding'));
};
