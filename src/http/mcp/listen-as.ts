import { createParser } from 'eventsource-parser';
import type { GraphqlResult, Question } from '../../asking/ask.ts';
import { type Forward, forwardQuestion } from '../forwarded-question.ts';
import type { Carrier } from '../request-state.ts';

/**
 * The results of a subscription in the name of a request of another protocol, which the subscription may outlive. They come
 * as events of graphql-sse (https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md).
 */
export const listenAs = (
  request: Request,
  carrier: Carrier,
  { forward, graphqlPath }: { readonly forward: Forward; readonly graphqlPath: string },
) =>
  async function* listen(body: Question, signal: AbortSignal): AsyncGenerator<GraphqlResult, void, undefined> {
    const how = { body, graphqlPath, forward, signal, isTrusted: true, accept: 'text/event-stream' };
    const response = await forwardQuestion(request, carrier, how);
    if (!response.body) return;
    let results: GraphqlResult[] = [];
    const parser = createParser({
      onEvent: ({ event, data }) => void (event === 'next' && results.push(JSON.parse(data) as GraphqlResult)),
    });
    const decoder = new TextDecoder();
    for await (const piece of response.body) {
      parser.feed(decoder.decode(piece, { stream: true }));
      const ready = results;
      results = [];
      yield* ready;
    }
  };
