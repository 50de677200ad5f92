import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';

/** A subscriber who hears of changed notes. */
export interface NoteFollower {
  /** Waits for a note. @returns `OK`; rejects once the signal is aborted */
  hears(note: string, signal: AbortSignal): Promise<string>;
}

/** Goes on behind the last change that was heard, so that none is lost with a connection. */
const subscription = (after: string | undefined) =>
  JSON.stringify({
    id: '1',
    type: 'subscribe',
    payload: {
      query: `subscription ($after: String) { changes(after: $after, kinds: [SOURCE]) { ... on EntityChange { cursor after } } }`,
      variables: { after },
    },
  });

/** Pause before the next connection, in milliseconds. */
const PAUSE = 200;

/** Subscribes to changes until the signal is aborted, and connects again after each loss. */
export function followChanges(origin: string, ending: AbortSignal): NoteFollower {
  const waiting = new Map<string, () => void>();
  let cursor: string | undefined;

  async function follow(): Promise<void> {
    const socket = new WebSocket(`${origin.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    const leave = () => socket.terminate();
    ending.addEventListener('abort', leave, { once: true });
    socket.on('error', () => {});
    socket.on('open', () => socket.send('{"type":"connection_init"}'));
    socket.on('message', (data) => {
      const text = String(data);
      if (text.includes('"connection_ack"')) socket.send(subscription(cursor));
      // A subscription that the server refused is tried again.
      if (/"type":"(error|complete)"/.test(text)) socket.terminate();
      cursor = /"cursor":"([^"]*)"/.exec(text)?.[1] ?? cursor;
      const [, note = ''] = /"note":"([^"]*)"/.exec(text) ?? [];
      waiting.get(note)?.();
    });
    await new Promise((resolve) => socket.once('close', resolve));
    ending.removeEventListener('abort', leave);
  }

  void (async () => {
    while (!ending.aborted) {
      await follow();
      await sleep(PAUSE);
    }
  })();

  return {
    hears: (note, signal) =>
      new Promise((resolve, reject) => {
        const forget = () => {
          waiting.delete(note);
          reject(signal.reason);
        };
        signal.addEventListener('abort', forget, { once: true });
        waiting.set(note, () => {
          waiting.delete(note);
          signal.removeEventListener('abort', forget);
          resolve('OK');
        });
      }),
  };
}
