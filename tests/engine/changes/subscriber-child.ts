import { createClient as createSocketClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { changesDocument } from '../../../src/client/changes-document.ts';
import { createClient } from '../../../src/client/index.ts';

/** Follows the changes in a process of its own, which a test can kill: says `null` once it runs, then each, line by line. */
const [transport, url = '', after] = process.argv.slice(2);

async function* overSocket(): AsyncGenerator<unknown> {
  const client = createSocketClient({ url: url.replace('http', 'ws'), webSocketImpl: WebSocket, retryAttempts: 0 });
  for await (const { data, errors } of client.iterate({ query: changesDocument, variables: { after } })) {
    if (errors) throw new Error(JSON.stringify(errors));
    yield data?.changes;
  }
}

async function follow(): Promise<void> {
  const events = transport === 'socket' ? overSocket() : createClient({ url }).changes({ after });
  const say = (event: unknown) => process.stdout.write(`${JSON.stringify(event)}\n`);
  say(null);
  for await (const event of events) say(event);
}

void follow();
