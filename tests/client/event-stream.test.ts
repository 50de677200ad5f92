import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { piecesOf, readEvents, type StreamEvent } from '../../src/client/event-stream.ts';
import { runs } from '../setup/runs.ts';

const SILENCE = 1_000;

/** A body that comes in these pieces. */
const bodyOf = (pieces: Iterable<Uint8Array>, ends = true) => {
  const state = { isCancelled: false };
  const iterator = pieces[Symbol.iterator]();
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const step = iterator.next();
      if (!step.done) controller.enqueue(step.value);
      else if (ends) controller.close();
    },
    cancel() {
      state.isCancelled = true;
    },
  });
  return { body, state };
};

async function eventsOf(pieces: Iterable<Uint8Array>): Promise<StreamEvent[]> {
  const events: StreamEvent[] = [];
  for await (const event of readEvents(piecesOf(bodyOf(pieces).body, SILENCE))) events.push(event);
  return events;
}

const bytes = (text: string) => new TextEncoder().encode(text);

/** The same bytes, in pieces of these lengths again and again. */
function* inPieces(whole: Uint8Array, lengths: readonly number[]): Generator<Uint8Array> {
  for (let at = 0, turn = 0; at < whole.length; turn += 1) {
    const length = lengths[turn % lengths.length] ?? 1;
    yield whole.slice(at, at + length);
    at += length;
  }
}

const line = fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll(/[\r\n]/g, ' '));
const event = fc.record({
  event: fc.constantFrom('next', 'complete', 'other'),
  lines: fc.array(line, { minLength: 1, maxLength: 3 }),
  comment: fc.option(line, { nil: undefined }),
});

describe('an event stream', () => {
  it('says the same however its bytes are cut, and whatever its lines end with', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(event, { maxLength: 6 }),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 8 }),
        async (events, end, lengths) => {
          const text = events
            .map(({ event, lines, comment }) =>
              [
                ...(comment === undefined ? [] : [`:${comment}`]),
                `event: ${event}`,
                ...lines.map((data) => `data: ${data}`),
                '',
                '',
              ].join(end),
            )
            .join('');
          expect(await eventsOf(inPieces(bytes(text), lengths))).toEqual(
            events.map(({ event, lines }) => ({ event, data: lines.join('\n') })),
          );
        },
      ),
      runs(500),
    );
  });

  it.each([
    ['a message that it breaks off in', 'data: a\n\ndata: b\n', [{ event: '', data: 'a' }]],
    ['comments', ':\n\n: ping\n\ndata: a\n\n', [{ event: '', data: 'a' }]],
    ['fields that it does not know', 'id: 1\nretry: 5\nmore\ndata: a\n\n', [{ event: '', data: 'a' }]],
    [
      'the first space of a value, and no other',
      'data:  a\n\ndata:b\n\n',
      [' a', 'b'].map((data) => ({ event: '', data })),
    ],
    ['a byte order mark', '\uFEFFdata: a\n\n', [{ event: '', data: 'a' }]],
  ])('leaves out %s', async (_, text, events) => {
    expect(await eventsOf([bytes(text)])).toEqual(events);
  });

  it('counts as broken off where nothing comes for too long, and is given up', async () => {
    const { body, state } = bodyOf([bytes('data: a\n\n')], false);
    const events = readEvents(piecesOf(body, 30));
    expect(await events.next()).toMatchObject({ value: { data: 'a' } });
    await expect(events.next()).rejects.toMatchObject({
      code: 'NO_CONNECTION',
      cause: { message: 'No data received for 30 ms.' },
    });
    expect(state.isCancelled).toBe(true);
  });

  it('is given up when its reader leaves', async () => {
    const { body, state } = bodyOf([bytes('data: a\n\n')], false);
    for await (const _ of readEvents(piecesOf(body, SILENCE))) break;
    expect(state.isCancelled).toBe(true);
  });
});
