import { piecesOf, readEvents } from './event-stream.ts';
import { circumstancesOf, dataOf, noAnswer, readAnswer } from './read-answer.ts';
import { noConnection, type Send, type Sent } from './send.ts';

export interface SubscribeOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called once the server has accepted the subscription. */
  readonly opened?: (() => void) | undefined;
}

/** Timeout in ms without data; servers send pings more often. */
export const SILENCE = 40_000;

const isEventStream = ({ headers }: Response) => headers.get('content-type')?.startsWith('text/event-stream') === true;

/**
 * Runs a subscription over one connection, by the distinct connections mode of graphql-sse
 * (https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md). The server or the signal ends it.
 * @throws SilkgraphError if a result has errors or the connection is lost; errors from `opened` or `key` unchanged
 */
export async function* subscribe(
  send: Send,
  sent: Sent,
  { signal, opened = () => {} }: SubscribeOptions,
  silence = SILENCE,
): AsyncGenerator<unknown, void, undefined> {
  try {
    const response = await send(sent, 'text/event-stream', signal);
    const circumstances = circumstancesOf(response);
    if (!isEventStream(response)) {
      await readAnswer(response, signal);
      throw noAnswer(circumstances);
    }
    if (!response.body) throw noAnswer(circumstances);
    try {
      if (response.ok) opened();
    } catch (error) {
      response.body.cancel().catch(() => {});
      throw error;
    }
    for await (const { event, data } of readEvents(piecesOf(response.body, silence))) {
      if (event === 'complete') return;
      if (event !== 'next') continue;
      yield dataOf(data, circumstances);
    }
    // Without `complete`, the server did not end it.
    throw noConnection();
  } catch (error) {
    if (signal?.aborted) return;
    throw error;
  }
}
