import type { GraphqlResult, Question } from '../../../graphql/internal-client/ask.ts';
import { type Forward, forwardQuestion } from '../../../server/forwarded-question.ts';
import type { Carrier } from '../../../server/request-state.ts';
import { eventsIn } from '../events-in.ts';

/** The events of graphql-sse (https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md) that carry results. */
async function* resultsIn(body: AsyncIterable<Uint8Array>): AsyncGenerator<GraphqlResult, void, undefined> {
  for await (const { event, data } of eventsIn(body)) if (event === 'next') yield JSON.parse(data) as GraphqlResult;
}

/** What was refused before a stream began is one result. */
async function* refusalIn(response: Response): AsyncGenerator<GraphqlResult, void, undefined> {
  yield (await response.json()) as GraphqlResult;
}

/**
 * The results of a subscription in the name of a request of another protocol, which the subscription may outlive. The
 * answer begins when the subscription stands.
 */
export const listenAs =
  (
    request: Request,
    carrier: Carrier,
    { forward, graphqlPath }: { readonly forward: Forward; readonly graphqlPath: string },
  ) =>
  async (body: Question, signal: AbortSignal): Promise<AsyncIterable<GraphqlResult>> => {
    const how = { body, graphqlPath, forward, signal, isTrusted: true, accept: 'text/event-stream' };
    const response = await forwardQuestion(request, carrier, how);
    if (!response.headers.get('content-type')?.startsWith('text/event-stream')) return refusalIn(response);
    return resultsIn(response.body ?? new ReadableStream({ start: (controller) => controller.close() }));
  };
