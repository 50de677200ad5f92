import { createParser, type EventSourceMessage } from 'eventsource-parser';

/** The events of a stream (https://html.spec.whatwg.org/multipage/server-sent-events.html), as they arrive. */
export async function* eventsIn(body: AsyncIterable<Uint8Array>): AsyncGenerator<EventSourceMessage, void, undefined> {
  const ready: EventSourceMessage[] = [];
  const parser = createParser({ onEvent: (event) => void ready.push(event) });
  const decoder = new TextDecoder();
  for await (const piece of body) {
    parser.feed(decoder.decode(piece, { stream: true }));
    yield* ready.splice(0);
  }
}
