import { noConnection } from './send.ts';

/** A message from a stream of server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html). */
export interface StreamEvent {
  readonly event: string;
  readonly data: string;
}

/** The lines of a stream of text chunks. A chunk may end between `\r` and `\n`. */
async function* linesOf(pieces: AsyncIterable<string>): AsyncGenerator<string, void, undefined> {
  let rest = '';
  let endedInReturn = false;
  for await (const piece of pieces) {
    if (piece === '') continue;
    const more = endedInReturn && piece.startsWith('\n') ? piece.slice(1) : piece;
    endedInReturn = piece.endsWith('\r');
    const lines = (rest + more).split(/\r\n|\r|\n/);
    rest = lines.pop() ?? '';
    yield* lines;
  }
}

/** The messages of a stream, without comments and an incomplete last message. */
export async function* readEvents(pieces: AsyncIterable<string>): AsyncGenerator<StreamEvent, void, undefined> {
  let event = '';
  let data: string[] = [];
  for await (const line of linesOf(pieces)) {
    const [, field, value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
    if (line === '') {
      if (event !== '' || data.length > 0) yield { event, data: data.join('\n') };
      event = '';
      data = [];
    } else if (field === 'event') event = value;
    else if (field === 'data') data.push(value);
  }
}

/**
 * The text of a body, in chunks. Servers send pings, so a body that is silent for too long counts as broken.
 * @throws SilkgraphError if the connection is lost
 */
export async function* piecesOf(
  body: ReadableStream<Uint8Array>,
  silence: number,
): AsyncGenerator<string, void, undefined> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const read = () => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tooLong = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`No data received for ${silence} ms.`)), silence);
    });
    return Promise.race([reader.read(), tooLong])
      .catch((error: unknown) => {
        throw noConnection(error);
      })
      .finally(() => clearTimeout(timer));
  };
  try {
    for (let step = await read(); !step.done; step = await read()) yield decoder.decode(step.value, { stream: true });
  } finally {
    // Tells the server to stop. Fails if the connection is already lost, which can be ignored.
    reader.cancel().catch(() => {});
  }
}
