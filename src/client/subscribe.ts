import { piecesOf, readEvents } from './event-stream.ts';
import { circumstancesOf, dataOf, noAnswer, readAnswer } from './read-answer.ts';
import { noConnection, type Send, type Sent } from './send.ts';

export interface SubscribeOptions {
  readonly signal?: AbortSignal | undefined;
  /** Is told once the server has taken the subscription. */
  readonly opened?: (() => void) | undefined;
}

/** A server pings more often than this, in milliseconds. */
export const SILENCE = 40_000;

const isEventStream = ({ headers }: Response) => headers.get('content-type')?.startsWith('text/event-stream') === true;

/**
 * Runs a subscription over one connection, by the distinct connections mode of graphql-sse
 * (https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md). It ends where the server ends it, or the signal.
 * @throws SilkgraphError where an answer has errors, or the connection breaks off; what `opened` or a `key` throws, as it is
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
    // Without `complete` it was not the server who ended it.
    throw noConnection();
  } catch (error) {
    if (signal?.aborted) return;
    throw error;
  }
}
